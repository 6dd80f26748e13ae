"""How a reply opens follows from what the customer writes, the gravest first."""

import pytest

from assist.domain.case import Case
from assist.domain.escalation import Escalation, Trigger
from assist.domain.suggestion import TicketSignal
from assist.drafting.moods import Mood, is_praised, mood_of
from tests.builders import NOW, a_ticket


def a_case(text: str, *signals: str, **fields: object) -> Case:
    heard = tuple(TicketSignal(name=name, span="x") for name in signals)
    return Case.model_validate({"ticket": a_ticket(text), "now": NOW, "signals": heard} | fields)


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("How do I pair a sensor?", "plain"),
        ("This is the third time I write.", "again"),
        ("I am still waiting for my refund.", "waiting"),
        ("I am worried about the children.", "worry"),
        ("This is urgent.", "urgent"),
        ("No rush, it is not urgent.", "plain"),
        ("I waited 30 seconds and pressed it.", "plain"),
        ("It turns off immediately.", "plain"),
    ],
)
def test_the_customers_words_set_the_mood(text: str, mood: Mood) -> None:
    assert mood_of(a_case(text)) == mood


def test_danger_comes_before_anger_and_a_lawsuit_gets_no_apology() -> None:
    def escalated(code: str) -> Case:
        trigger = Trigger.model_validate({"code": code, "evidence": "e"})
        escalation = Escalation(needed=True, triggers=(trigger,))
        return a_case("I am still waiting", "frustration", escalation=escalation)

    assert mood_of(escalated("safety")) == "danger"
    assert mood_of(escalated("legal")) == "grave"
    assert mood_of(a_case("It fails.", "frustration")) == "trouble"


def test_praise_is_thanked_for_unless_the_customer_is_upset() -> None:
    assert is_praised(a_case("Love it.", "praise"))
    assert not is_praised(a_case("Love it, but it fails.", "praise", "frustration"))
