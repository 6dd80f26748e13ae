"""A draft holds what agents replied, in the knowledge base's own form."""

from datetime import date

import yaml

from assist.domain.gaps import Gap, GapKind, GapTicket
from assist.insights.gaps.drafts import SECTIONS, Draft, draft

ON = date(2026, 3, 1)
REPLY = """Hi <NAME_1>,

I have sent you a new plug today.
The chimes of a Doorbell 1 play for at most ten seconds.
Open Devices and tap Chime to choose another one.
Could you tell me the version of your app?

Kind regards"""


def a_ticket(number: int, reply: str = "") -> GapTicket:
    return GapTicket(
        ticket_id=f"t-{number}", text=f"How do I change chime {number}?", coverage=0.1, reply=reply
    )


def a_draft(*tickets: GapTicket, kind: GapKind = "missing_article", **told: object) -> Draft | None:
    gap = Gap.model_validate(
        {
            "id": "gap-1",
            "kind": kind,
            "label": "How do I change the chime?",
            "keywords": ("chime", "change"),
            "reason": "nothing answers it",
            "tickets": tickets,
            **told,
        }
    )
    return draft(gap, on=ON, regions=("UK",), products=())


def test_a_draft_quotes_what_was_told_and_nothing_said_to_one_customer() -> None:
    made = a_draft(a_ticket(1, REPLY))
    assert made is not None
    assert made.sections[0].told == (
        "The chimes of a Doorbell 1 play for at most ten seconds.",
        "Open Devices and tap Chime to choose another one.",
    )
    assert "<NAME_1>" not in made.markdown


def test_a_sentence_of_many_replies_stands_once() -> None:
    made = a_draft(*(a_ticket(number, REPLY) for number in range(9)))
    assert made is not None
    assert made.body.count("at most ten seconds") == 1


def test_the_front_matter_is_filled_and_names_the_tickets() -> None:
    made = a_draft(a_ticket(1, REPLY), a_ticket(2))
    assert made is not None
    front = yaml.safe_load(made.markdown.split("---")[1])
    assert front == {
        "id": "chime-change",
        "title": "How do I change the chime?",
        "audience": "customer",
        "regions": ["UK"],
        "review_due": date(2026, 8, 28),
        "tags": ["chime", "change"],
        "sources": ["ticket:t-1", "ticket:t-2"],
    }


def test_without_replies_it_is_an_outline_of_the_questions() -> None:
    made = a_draft(*(a_ticket(number) for number in range(SECTIONS + 3)))
    assert made is not None
    assert made.is_outline
    assert len(made.sections) == SECTIONS
    assert "## How do I change chime 1?" in made.body


def test_replies_that_tell_nothing_make_an_outline() -> None:
    made = a_draft(a_ticket(1, "Hello <NAME_1>, I am sorry."))
    assert made is not None
    assert made.is_outline
    assert [section.question for section in made.sections] == ["How do I change chime 1?"]


def test_an_article_that_is_not_found_is_added_to() -> None:
    made = a_draft(a_ticket(1, REPLY), kind="unfindable", documents=("doorbell-chime",))
    assert made is not None
    assert made.edits == "doorbell-chime"
    assert made.front_matter["adds_to"] == "doorbell-chime"


def test_what_no_article_mends_has_no_draft() -> None:
    assert a_draft(a_ticket(1, REPLY), kind="product_defect") is None
    assert a_draft(a_ticket(1, REPLY), kind="policy_silent") is None
