"""What a case was suggested once, made again."""

import asyncio
import shutil
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

import assist
from assist.domain.case import Case
from assist.domain.case_event import CaseEvent
from assist.domain.case_view import CaseView
from assist.domain.grants import Granted
from assist.domain.records import CustomerRecord
from assist.domain.suggestion import Made
from assist.errors import BadInput, NotFound
from assist.graph.casework.compared import Difference, VersionChange
from assist.service.case_requests import DecisionRequest, OutcomeRequest
from assist.service.case_rules import new_row
from assist.service.consulting import ConsultationRequest, answer
from assist.service.desk import Desk
from assist.service.replaying import (
    GENERATION,
    NOTHING_KNOWN,
    POLICY,
    RECORD,
    RELEASE,
    Replay,
    replay,
)
from assist.service.suggest import suggestion_id
from tests.builders import NOW, a_ticket
from tests.fakes import FrozenClock
from tests.service.parts import ingested, some_parts

TEMPLATE = Path(assist.__file__).parent / "template"
FACTS = {
    "order.total": {"amount": "20.00", "currency": "USD"},
    "order.delivered_at": "2026-11-10",
}
REFUND = a_ticket(
    "Please refund my order, I do not want it any more.",
    channel="email",
    region="US",
    identity_verified=True,
    facts=FACTS,
)
T = TypeVar("T")


def done(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """The template's knowledge base, to be changed."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "kb"))


@pytest.fixture
def desk(kb: Path) -> Desk:
    """A desk on it, an hour after the tickets of these tests came."""
    parts = some_parts(clock=FrozenClock(NOW + timedelta(hours=1)))
    ingested(parts, kb)
    return Desk(parts=parts, records_for=lambda _: None)


def a_case(desk: Desk, **options: Any) -> CaseView:
    return done(desk.cases.open(options.pop("ticket", REFUND), at=NOW, **options))


def changed(desk: Desk, kb: Path, file: str, old: str, new: str) -> None:
    """Another generation serves, in which one file says something else."""
    text = (kb / file).read_text("utf-8")
    assert old in text
    (kb / file).write_text(text.replace(old, new), "utf-8")
    ingested(desk.parts, kb)
    desk.asked.forget()


def decided(desk: Desk, view: CaseView, kind: str, **told: Any) -> CaseView:
    given = {"key": f"{kind}-{view.case.events}", "by": "Kim", "kind": kind}
    asked = DecisionRequest.model_validate(
        {**given, "suggestion_id": view.case.suggestion_id, **told}
    )
    return done(desk.cases.decide(view.case.id, asked))


def not_solved(desk: Desk, view: CaseView) -> CaseView:
    told = {"key": "o-1", "by": "Kim", "kind": "not_solved", "tried": "They got no money."}
    return done(desk.cases.outcome(view.case.id, OutcomeRequest.model_validate(told)))


def replayed(desk: Desk, which: str) -> Replay:
    return done(replay(desk, which))


def what(found: Replay) -> dict[str, Difference]:
    return {difference.what: difference for difference in found.differences}


def test_the_same_everywhere_is_the_same(desk: Desk) -> None:
    view = a_case(desk, level="lead")
    found = replayed(desk, view.case.id)

    assert (found.same, found.differences, found.versions) == (True, (), ())
    assert (found.case_id, found.suggestion_id) == (view.case.id, view.case.suggestion_id)
    assert (found.level, found.judged_at, found.revision) == ("lead", NOW, 1)


def test_nothing_of_a_replay_is_kept(desk: Desk) -> None:
    view = a_case(desk)
    before = desk.suggestion(view.case.suggestion_id)
    replayed(desk, view.case.id)
    assert desk.suggestion(view.case.suggestion_id) == before
    assert desk.cases.view(view.case.id) == view


def test_another_clause_is_named_as_what_made_the_verdict_differ(desk: Desk, kb: Path) -> None:
    view = a_case(desk)
    changed(desk, kb, "policies/returns.md", "<= 30", "<= 5")

    found = replayed(desk, view.case.id)

    verdicts = what(found)["verdicts"]
    assert not found.same
    assert verdicts.because == POLICY
    assert any("allowed returns.window" in text for text in verdicts.then)
    assert verdicts.then != verdicts.now
    assert {version.name for version in found.versions} == {GENERATION, POLICY}


def test_another_article_is_another_generation_and_the_same_rules(desk: Desk, kb: Path) -> None:
    ticket = a_ticket("How can I set a new password? I no longer know the old one.")
    view = a_case(desk, ticket=ticket)
    quoted = view.suggestion.draft.sentences if view.suggestion else ()
    said = next(one.text for one in quoted if one.kind == "fact")
    changed(desk, kb, "articles/reset-password.md", said, f"{said.rstrip('.')} today.")

    found = replayed(desk, view.case.id)

    assert {one.because for one in found.differences} == {GENERATION}
    assert said in what(found)["draft"].then
    assert {"draft", "citations"} <= set(what(found))
    assert {version.name for version in found.versions} == {GENERATION}


def test_another_generation_that_says_the_same_is_told_and_differs_in_nothing(
    desk: Desk, kb: Path
) -> None:
    view = a_case(desk)
    changed(desk, kb, "articles/track-a-delivery.md", "# ", "# More on how to ")

    found = replayed(desk, view.case.id)

    assert found.same
    assert [version.name for version in found.versions] == [GENERATION]


def test_what_the_record_says_now_is_named_where_it_differs(desk: Desk) -> None:
    class Record:
        name = "Returned"

        def find(self, **_: Any) -> CustomerRecord:
            return CustomerRecord(id="c-1", tier="gold", facts={"order.placed_at": "2026-11-01"})

    view = a_case(desk, ticket=a_ticket("Please refund my order.", customer={"id": "c-1"}))
    later = Desk(parts=desk.parts, records_for=lambda _: Record())

    found = replayed(later, view.case.id)

    assert what(found)["facts"].now == ("i1: order.placed_at = 2026-11-01 (records)",)
    assert {one.because for one in found.differences} == {RECORD}


def test_what_was_granted_and_answered_since_is_left_out(desk: Desk) -> None:
    ticket = a_ticket("Please refund my order.", customer={"id": "c-1"})
    view = a_case(desk, ticket=ticket)
    grant = {"id": "g-1", "customer_id": "c-1", "action": "refund", "level": "agent", "by": "Kim"}
    with desk.parts.grants.booking("c-1") as booking:
        booking.add(Granted.model_validate({**grant, "at": NOW + timedelta(minutes=1)}))
    question = {"id": "q-1", "by": "Kim", "question": "When?", "fact": "order.delivered_at",
                "owner": "Depot", "due": NOW, "ticket_id": "t-1"}  # fmt: skip
    asked = ConsultationRequest.model_validate(question)
    done(desk.cases.consult(view.case.id, asked))
    answer(desk.parts, desk.opened().policy_set, "q-1", value="2026-11-02", note="", by="Lee")

    assert replayed(desk, view.case.id).same


def test_a_suggestion_after_added_facts_is_made_from_them_again(desk: Desk) -> None:
    first = a_case(desk)
    facts = {"order.delivered_at": "2026-09-01"}
    second = decided(desk, first, "add_facts", facts=facts)

    assert second.case.suggestion_id != first.case.suggestion_id
    for which in (first.case.suggestion_id, second.case.suggestion_id, first.case.id):
        assert replayed(desk, which).same
    assert replayed(desk, first.case.id).suggestion_id == second.case.suggestion_id


def test_a_suggestion_after_one_that_did_not_help_is_made_from_what_was_tried(desk: Desk) -> None:
    first = a_case(desk)
    again = not_solved(desk, decided(desk, first, "accept"))

    assert again.suggestion is not None
    assert "They got no money." in again.suggestion.issue.tried
    assert replayed(desk, again.case.id).same
    assert replayed(desk, first.case.suggestion_id).same


def test_a_suggestion_that_is_of_no_case_cannot_be_made_again(desk: Desk) -> None:
    alone = done(desk.suggest(a_ticket("How do I reset my password?", id="t-9"), at=NOW))
    with pytest.raises(BadInput, match="no case keeps what") as caught:
        replayed(desk, alone.id)
    assert "POST /v1/cases" in caught.value.cure


def test_a_suggestion_for_the_ticket_of_a_case_that_the_case_did_not_make_is_none_of_its_own(
    desk: Desk,
) -> None:
    a_case(desk)
    other = done(desk.suggest(REFUND, at=NOW + timedelta(days=1)))
    with pytest.raises(BadInput, match="no case keeps what"):
        replayed(desk, other.id)


@pytest.mark.parametrize("which", ["s-none", "case-none"])
def test_what_is_not_there_is_not_found(desk: Desk, which: str) -> None:
    with pytest.raises(NotFound):
        replayed(desk, which)


def test_a_generation_that_is_not_kept_any_more_is_said(desk: Desk, kb: Path) -> None:
    view = a_case(desk)
    for number in range(8):
        changed(desk, kb, "articles/track-a-delivery.md", "# ", f"# {number} ")
    found = replayed(desk, view.case.id)
    assert any("is not kept any more" in note for note in found.notes)


def test_a_model_that_was_to_help_then_and_is_not_there_now_is_said(desk: Desk) -> None:
    a_case(desk)
    made = (Made(part="communicate", mode="extractive", reason="it was busy"),)
    plain = done(desk.suggest(REFUND, at=NOW))
    helped = suggestion_id(Case(ticket=REFUND, now=NOW), plain.generation, "llm")
    desk.parts.suggestions.save(plain.model_copy(update={"made": made, "id": helped}))

    found = replayed(desk, helped)

    assert found.same
    assert "a language model was to help then, and none is set now" in found.notes


def test_another_release_of_assist_is_told_where_it_was_written_down(desk: Desk) -> None:
    made = done(desk.suggest(REFUND, at=NOW))
    told = {"ticket": REFUND.model_dump(mode="json"), "level": "agent"}
    kept = {"number": 1, "key": "k-1", "kind": "opened", "at": NOW, "by": "Kim", "body": told}
    opened = CaseEvent.model_validate(kept | {"release": "0.0.1"})
    desk.parts.cases.open(new_row("case-1", REFUND, NOW), opened)

    found = replayed(desk, made.id)

    assert found.versions == (VersionChange(name=RELEASE, then="0.0.1", now=assist.__version__),)
    assert (found.same, found.notes) == (True, ())


def test_what_nothing_written_down_explains_is_said_to_be_so(desk: Desk) -> None:
    view = a_case(desk)
    assert view.suggestion is not None
    draft = view.suggestion.draft.model_copy(update={"sentences": ()})
    desk.parts.suggestions.save(view.suggestion.model_copy(update={"draft": draft}))

    found = replayed(desk, view.case.id)

    assert what(found)["draft"].then == ()
    assert {one.because for one in found.differences} <= {NOTHING_KNOWN, RELEASE}
