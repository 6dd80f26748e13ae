from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assist.language.sentences import sentences


def texts(text: str) -> list[str]:
    return [span.text for span in sentences(text)]


def test_a_full_stop_before_a_capital_ends_a_sentence() -> None:
    assert texts("It ships today. You get a link.") == ["It ships today.", "You get a link."]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    assert texts("It costs approx. 5 USD, e.g. Monday. Then it ends.") == [
        "It costs approx. 5 USD, e.g. Monday.",
        "Then it ends.",
    ]


def test_a_decimal_and_a_list_number_do_not_end_a_sentence() -> None:
    assert texts("1. Pay 4.99 now.") == ["1. Pay 4.99 now."]


def test_a_blank_line_ends_a_sentence_without_a_full_stop() -> None:
    assert texts("Hello\n\nMy hub is off") == ["Hello", "My hub is off"]


def test_question_and_exclamation_marks_end_sentences() -> None:
    assert texts("Why?! It broke! Help") == ["Why?!", "It broke!", "Help"]


@given(st.text(alphabet=st.sampled_from("ab .!?\n\tÄé1\"'"), max_size=200))
def test_spans_are_verbatim_ordered_and_lose_nothing_but_white_space(text: str) -> None:
    spans = sentences(text)
    assert all(text[s.start : s.end] == s.text for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(s.text.split()) for s in spans) == "".join(text.split())
