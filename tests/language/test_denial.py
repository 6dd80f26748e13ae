import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.language.phrases import find, mentions
from assist.language.words import stem, words

PHRASES = ("smoke", "caught fire", "speak to a manager", "a lawyer", "charged twice", "heating")


def said(text: str, *not_phrases: str) -> list[str]:
    return [mention.text for mention in find(PHRASES, text, not_phrases)]


@pytest.mark.parametrize(
    ("text", "words_found"),
    [
        ("Let me speak to your manager", ["speak to your manager"]),
        ("speak\nto the manager", ["speak\nto the manager"]),
        ("you charged me twice", ["charged me twice"]),
        ("a lawyer friend, the lawyer", ["lawyer", "lawyer"]),
        ("I can't believe it caught fire", ["caught fire"]),
        ("it won't stop smoking", ["smoking"]),
        ("not only smoke", ["smoke"]),
        ("no answer so far, and smoke everywhere", ["smoke"]),
        ("Why can't I speak to a manager?", ["speak to a manager"]),
        ("it does not start since it caught fire", ["caught fire"]),
        ("烟 smoke 烟", ["smoke"]),
    ],
)
def test_a_phrase_is_said_in_these_words(text: str, words_found: list[str]) -> None:
    assert said(text) == words_found


@pytest.mark.parametrize(
    "text",
    [
        "it never caught fire",
        "there isn't any sign of smoke",
        "I don’t need to speak to a manager",
        "a lawyer is not needed",
        "lawyer friend",
        "turn the caught. Fire up the app",
        "caught, fire",
        "smokey the bear",
    ],
)
def test_a_phrase_denied_broken_up_or_only_alike_is_not_said(text: str) -> None:
    assert said(text) == []


def test_a_topic_is_mentioned_though_it_is_denied() -> None:
    assert [m.phrase for m in mentions(PHRASES, "the heating is not on, no smoke")] == [
        "heating",
        "smoke",
    ]


def test_an_exclusion_is_read_narrowly() -> None:
    assert said("smoke detectors", "smoke detector") == []
    assert said("smoke detected", "smoke detector") == ["smoke"]


@pytest.mark.parametrize(
    "family",
    [
        ("smoke", "smokes", "smoked", "smoking"),
        ("cancel", "cancels", "cancelled", "canceled", "cancelling"),
        ("injury", "injuries"),
        ("stop", "stopped", "stopping"),
        ("box", "boxes"),
        ("call", "calls", "called", "calling"),
    ],
)
def test_inflected_forms_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stem(form) for form in family}) == 1


@given(st.text(max_size=200))
def test_words_and_mentions_stand_where_they_say(text: str) -> None:
    for word in words(text):
        assert text[word.start : word.end].casefold().replace("’", "'") == word.form
    for mention in find(PHRASES, text):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "piece",
    ["smoke no ", "don't ", "a", ".", "speak to a a a ", "\n", "'a", "- ", "smoke detector "],
)
def test_time_is_linear_in_the_text(piece: str) -> None:
    text = (piece * 200_000)[:200_000]
    began = time.perf_counter()
    find(PHRASES, text, ("smoke detector",))
    assert time.perf_counter() - began < 5  # about .2 s here; quadratic would take minutes
