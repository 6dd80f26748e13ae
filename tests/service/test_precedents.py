"""Solved cases that proved good become precedents: redacted, apart, and binding nobody."""

from pathlib import Path
from typing import Any

import pytest

from assist.domain.case_event import CaseEvent
from assist.domain.case_view import CaseView
from assist.domain.draft_check import DraftToCheck
from assist.domain.knowledge import LABELS, Document
from assist.domain.look import LookResult
from assist.domain.precedent import SOURCE, Bar, PrecedentReport
from assist.service.asked import asked_between
from assist.service.desk import Desk
from assist.service.erasing import erase
from assist.service.indexing import silent
from assist.service.merging import Prune
from assist.service.policy_check import check_policies
from assist.service.precedents import precedents, precedents_of, reading_of
from tests.builders import NOW, a_ticket
from tests.service.handing_over import (
    a_desk,
    a_refund,
    came_out,
    decided,
    done,
    opened,
    the_refund,
)
from tests.service.parts import ingested

HUMS = a_ticket(
    "My lamp hums at night. I am Ana Lima, ana.lima@example.com, order AL-77231. What can I do?",
    id="t-hum",
    channel="email",
    customer={
        "id": "c-ana",
        "name": "Ana Lima",
        "email": "ana.lima@example.com",
        "phone": "+1 206 555 0142",
    },
    facts={"order.id": "AL-77231"},
)
SENT = "Hello Ana, turn the dimmer of AL-77231 to full for an hour. Write to ana.lima@example.com."


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def solved(desk: Desk, rating: int | None = 5, ticket: Any = HUMS) -> CaseView:
    view = decided(desk, opened(desk, ticket), "edit", text=SENT)
    return came_out(desk, view, "solved", **({"rating": rating} if rating else {}))


def looked(desk: Desk, view: CaseView, result: LookResult) -> None:
    """Somebody has looked since whether it held."""
    body = {"entry_id": "e", "result": result, "evidence": [], "why": ""}
    at = desk.parts.clock.now()
    event = CaseEvent(number=1, key=f"look.{result}", kind="looked", at=at, by="us", body=body)
    desk.parts.cases.append(view.case.id, event)


def made(desk: Desk, **bar: int) -> PrecedentReport:
    return precedents(desk.parts, Bar(**bar))


def published(desk: Desk) -> Any:
    started = desk.parts.clock.now()
    return desk.publish(desk.parts, reading_of(made(desk)), Prune.GONE, silent, started)


def serving(desk: Desk) -> list[Document]:
    current = desk.parts.knowledge.current()
    assert current is not None
    return [d for d in desk.parts.knowledge.documents(current.id) if d.kind == "precedent"]


def test_a_case_that_pleased_makes_one_without_its_customer(desk: Desk) -> None:
    view = solved(desk)
    (one,) = made(desk).precedents
    document = one.document

    assert document is not None
    assert (document.id, one.case_id) == (f"precedent-{view.case.id}", view.case.id)
    assert (document.kind, document.audience) == ("precedent", "internal")
    assert document.metadata["label"] == "precedent, not policy"
    assert document.metadata["case_id"] == view.case.id
    assert "## Problem\n\nMy lamp hums at night." in document.text
    assert "turn the dimmer of" in document.text
    whole = document.model_dump_json()
    for known in ("Ana", "Lima", "example.com", "555 0142", "AL-77231", "c-ana"):
        assert known not in whole


@pytest.mark.parametrize(
    ("rating", "look", "why"),
    [
        (5, None, "rated it 5"),
        (4, None, "rated it 4"),
        (3, None, ""),
        (None, None, ""),
        (None, "held", "it held"),
        (1, "held", "it held"),
        (5, "unknown", "rated it 5"),
        (5, "came_back", ""),
    ],
)
def test_what_pleased_or_held_is_good_and_what_came_back_is_not(
    desk: Desk, rating: int | None, look: LookResult | None, why: str
) -> None:
    view = solved(desk, rating)
    if look:
        looked(desk, view, look)
    report = made(desk)

    assert len(report.precedents) == bool(why)
    assert len(report.left_out) == (not why)
    (one,) = (*report.precedents, *report.left_out)
    assert why in one.why
    assert one.why


def test_the_bar_can_be_raised(desk: Desk) -> None:
    solved(desk, 4)
    assert made(desk, rating=5).precedents == ()
    assert "not rated 5 or better" in made(desk, rating=5).left_out[0].why


def test_what_was_not_solved_makes_none(desk: Desk) -> None:
    view = decided(desk, opened(desk, HUMS), "edit", text=SENT)
    assert made(desk) == PrecedentReport(precedents=(), left_out=())
    came_out(desk, view, "no_answer")
    assert made(desk) == PrecedentReport(precedents=(), left_out=())


def test_published_they_are_a_pool_of_their_own_that_says_what_it_is(desk: Desk) -> None:
    solved(desk)
    assert published(desk).added == 1
    hits = desk.search("lamp hums at night", kind="precedent", filters={})

    assert hits[0].kind == "precedent"
    assert {hit.label for hit in hits} == {"precedent, not policy"} == {LABELS["precedent"]}
    assert all(hit.kind != "precedent" for hit in desk.search("lamp hums", kind="kb", filters={}))
    assert {hit.label for hit in desk.search("reset password", kind="kb", filters={})} == {""}


def test_made_again_they_change_nothing(desk: Desk) -> None:
    solved(desk)
    published(desk)
    report = published(desk)
    assert (report.published, report.added, report.changed) == (False, 0, 0)


def test_a_case_that_opens_again_loses_its_precedent_at_the_next_publish(
    desk: Desk, tmp_path: Path
) -> None:
    solved(desk)
    published(desk)
    assert len(serving(desk)) == 1
    opened(desk, HUMS.model_copy(update={"revision": 2}))
    assert len(serving(desk)) == 1

    article = tmp_path / "new.md"
    article.write_text("# Lamps\n\nLamps are bright.", encoding="utf-8")
    ingested(desk.parts, article)

    assert serving(desk) == []


def test_what_no_longer_stands_is_taken_out_when_they_are_made(desk: Desk) -> None:
    view = solved(desk)
    published(desk)
    looked(desk, view, "came_back")
    assert published(desk).removed == 1
    assert serving(desk) == []


def test_they_are_no_inquiry_beside_their_own_case(desk: Desk) -> None:
    solved(desk)
    published(desk)
    since = desk.parts.clock.now().replace(year=2020)
    asked = asked_between(
        since,
        desk.parts.clock.now(),
        suggestions=desk.parts.suggestions,
        documents=serving(desk),
        categories=(),
    )
    assert {one.ticket_id for one in asked} == {"t-hum"}


def test_whose_they_are_can_be_found_and_they_can_be_erased(desk: Desk) -> None:
    solved(desk)
    solved(desk, ticket=a_ticket("My lamp hums.", id="t-2"))
    published(desk)
    ids = precedents_of(desk.parts, "c-ana")

    assert len(ids) == 1
    assert precedents_of(desk.parts, "c-nobody") == ()
    erase(desk.parts, ids, check=check_policies, progress=silent)
    assert precedents_of(desk.parts, "c-ana") == ()
    assert len(serving(desk)) == 1


def test_a_precedent_grounds_no_sentence_and_changes_no_verdict() -> None:
    """ADR 0013: what one agent once gave one customer is no rule and no fact."""
    before = opened(a_desk(), a_refund(), at=NOW)
    desk = a_desk()
    generous = a_refund("20.00", "t-old")
    view = decided(
        desk,
        opened(desk, generous),
        "edit",
        text="We refund every order at once, whatever it cost, also after 30 days. "
        "You will get your money back within 1 hour.",
    )
    came_out(desk, view, "solved", rating=5)
    published(desk)
    after = opened(desk, a_refund(), at=NOW)

    assert after.suggestion is not None
    assert before.suggestion is not None
    assert any(hit.kind == "precedent" for hit in after.suggestion.hits)
    assert the_refund(after).verdict == the_refund(before).verdict
    assert [c.verdict for c in after.suggestion.candidates] == [
        c.verdict for c in before.suggestion.candidates
    ]
    assert after.suggestion.draft.text == before.suggestion.draft.text
    assert after.suggestion.promises == before.suggestion.promises
    cited = {c.document_id for s in after.suggestion.draft.sentences for c in s.citations}
    cited |= {c.document_id for one in after.suggestion.candidates for c in one.citations}
    assert not any(document_id.startswith("precedent-") for document_id in cited)


def test_a_draft_that_rests_on_a_precedent_alone_is_not_supported(desk: Desk) -> None:
    solved(desk)
    published(desk)
    draft = DraftToCheck(
        id="d", text="Turn the dimmer to full for an hour.", ticket=a_ticket("My lamp hums.")
    )
    (sentence,) = done(desk.check_draft(draft)).sentences
    assert (sentence.support, sentence.citations) == ("unsupported", ())


def test_they_come_from_a_place_of_their_own(desk: Desk) -> None:
    solved(desk)
    assert [d.source.startswith(f"{SOURCE}/case-") for d in reading_of(made(desk)).documents] == [
        True
    ]
