from collections.abc import Sequence

from assist.drafting.selection import Thresholds, select
from tests.builders import a_passage

STEPS = """You can reset the hub without losing your settings.

1. Press the button for 5 seconds.
2. Wait until the light turns green.
3. Open the app.

The warranty lasts two years."""


def by_shared_words(question: str, texts: Sequence[str]) -> list[float]:
    """A similarity a person can predict: the share of the question's words."""
    asked = set(question.lower().split())
    return [len(asked & set(text.lower().replace(".", "").split())) / len(asked) for text in texts]


def test_a_procedure_is_taken_whole_and_in_its_order() -> None:
    chosen = select("press the button", [a_passage(STEPS)], by_shared_words)
    assert [s.text for s in chosen if s.form == "step"] == [
        "Press the button for 5 seconds.",
        "Wait until the light turns green.",
        "Open the app.",
    ]


def test_a_sentence_that_answers_is_taken_without_the_rest() -> None:
    chosen = select("the warranty lasts how long", [a_passage(STEPS)], by_shared_words)
    assert [s.text for s in chosen] == ["The warranty lasts two years."]


def test_nothing_is_taken_where_nothing_speaks_to_the_question() -> None:
    assert select("solar panels elsewhere", [a_passage(STEPS)], by_shared_words) == ()


def test_a_sentence_that_leans_on_another_is_not_taken() -> None:
    passage = a_passage("It is free of charge for members.")
    assert select("free of charge", [passage], by_shared_words, Thresholds(floor=0.1)) == ()


def test_every_quote_stands_in_its_passage() -> None:
    passage = a_passage("A refund takes 5\n  business days. The card is *not* charged.")
    chosen = select("refund takes business days", [passage], by_shared_words)
    folded = " ".join(passage.text.split())
    assert chosen
    assert all(s.citation.quote in folded for s in chosen)


CODES = a_passage(
    "- T-31: The sensor of the thermostat has drifted.\n- T-40: The heating does not answer.\n\n"
    "The thermostat shows its code on the display."
)


def as_near(_: str, texts: Sequence[str]) -> list[float]:
    return [0.6 for _ in texts]


def test_a_list_of_codes_is_no_answer_to_whoever_names_none() -> None:
    chosen = select("My thermostat shows an error, what does it mean?", [CODES], as_near)
    assert [s.text for s in chosen] == ["The thermostat shows its code on the display."]


def test_the_entry_of_a_code_answers_whoever_names_it_or_asks_for_all() -> None:
    named = select("My thermostat shows T-40.", [CODES], as_near)
    assert "T-40: The heating does not answer." in [s.text for s in named]
    listed = select("What do the codes mean?", [CODES], as_near)
    assert sum(s.form == "item" for s in listed) == 2
