import pytest

from assist.language.phrases import find


def found(phrase: str, text: str, *excluded: str) -> list[str]:
    return [span.text for span in find((phrase,), text, excluded)]


@pytest.mark.parametrize("text", ["it smokes", "It is SMOKING", "smoke came out", "it smoked"])
def test_a_phrase_is_found_in_any_case_and_light_inflection(text: str) -> None:
    assert len(found("smoke", text)) == 1


@pytest.mark.parametrize(
    "text", ["there is no smoke", "it is not on smoke", "I don't see any smoke", "without smoke"]
)
def test_a_negated_phrase_is_not_meant(text: str) -> None:
    assert found("smoke", text) == []


def test_a_negation_in_the_sentence_before_does_not_reach_over() -> None:
    assert found("smoke", "It does not work. Smoke comes out.") == ["Smoke"]


def test_a_phrase_with_its_own_negation_is_meant() -> None:
    assert found("nobody helps", "nobody helps me") == ["nobody helps"]


def test_words_are_whole_words() -> None:
    assert found("hub", "a hubbub at Github") == []


def test_a_look_alike_excludes_the_phrase_inside_it() -> None:
    assert found("smoke", "the smoke detector beeps", "smoke detector") == []


def test_the_span_says_where_it_stands() -> None:
    span = find(("burning smell",), "A burning  smell!")[0]
    assert "A burning  smell!"[span.start : span.end] == span.text == "burning  smell"


def test_a_huge_text_is_read_to_its_end() -> None:
    text = "not a word of it, " * 10_000 + "I want to speak to a manager"
    assert found("speak to a manager", text) == ["speak to a manager"]
