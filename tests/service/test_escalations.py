"""A case that is handed over is an artefact: to whom, with what, by when, and what came back."""

from datetime import timedelta
from typing import Any

import pytest

from assist.domain.escalated import Escalated
from assist.errors import AlreadyDone, BadInput, NotFound, Stale
from assist.graph.casework.record import as_markdown
from assist.service import escalations
from assist.service.case_requests import CancelRequest
from assist.service.desk import Desk
from assist.service.escalations import EscalationAnswer, TakeRequest, WithdrawEscalation
from assist.service.recording import recorded
from assist.service.replaying import replay
from tests.builders import NOW, a_ticket
from tests.service.handing_over import a_desk, a_refund, came_out, decided, done, opened

SUED = a_ticket(
    "I want my money back. My lawyer will write to you, I will sue you.",
    channel="email",
    id="t-law",
    customer={"id": "c-1", "region": "US"},
)


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def handed_over(desk: Desk, ticket: Any = SUED, reason: str = "They sue.") -> Escalated:
    view = decided(desk, opened(desk, ticket), "escalate", reason=reason)
    return view.escalations[-1]


def taken(desk: Desk, one: Escalated, by: str = "Lee", **told: Any) -> Escalated:
    return escalations.take(desk.parts, one.id, TakeRequest.model_validate({"by": by, **told}))


def answered(desk: Desk, one: Escalated, answer: str = "Pay it back.", **told: Any) -> Escalated:
    request = EscalationAnswer.model_validate({"by": "Lee", "answer": answer, **told})
    return escalations.answer(desk.parts, desk.opened().policy_set, one.id, request)


def withdrawn(desk: Desk, one: Escalated) -> Escalated:
    request = WithdrawEscalation(by="Mo", reason="It was a joke.")
    return escalations.withdraw(desk.parts, one.id, request)


def test_it_has_what_the_suggestion_found_and_why_the_agent_did_it(desk: Desk) -> None:
    view = opened(desk, SUED)
    assert view.suggestion is not None
    found = view.suggestion.escalation
    one = handed_over(desk)

    assert found.needed
    assert (one.path, one.triggers, one.deadline) == (found.path, found.triggers, found.deadline)
    assert one.customer_notice == found.customer_notice
    assert one.requested == found.decision_requested
    assert one.internal_notice.startswith(found.internal_notice)
    assert one.internal_notice.endswith("Handed over by Mo: They sue.")
    assert (one.handed_by, one.reason, one.state) == ("Mo", "They sue.", "open")
    assert (one.case_id, one.event) == (view.case.id, 2)


def test_what_no_rule_calls_for_goes_to_the_owner_by_the_next_business_day(desk: Desk) -> None:
    ticket = a_refund("20.00")
    view = opened(desk, ticket)
    assert view.suggestion is not None
    assert not view.suggestion.escalation.needed
    one = handed_over(desk, ticket, "I do not trust it.")

    assert one.path.team
    assert one.path.reason
    assert NOW < one.deadline < NOW + timedelta(days=4)
    assert "passing your request" in one.customer_notice
    assert f"To {one.path.team}" in one.internal_notice
    assert one.requested == "take over the case"


def test_what_was_tried_goes_with_it(desk: Desk) -> None:
    view = opened(desk, a_refund("20.00"))
    view = decided(desk, view, "edit", text="Please look again.")
    view = came_out(desk, view, "not_solved", tried="They looked again.")
    view = decided(desk, view, "escalate", reason="It fails.")
    assert "They looked again." in view.escalations[0].tried


def test_a_case_that_somebody_has_is_not_handed_over_again(desk: Desk) -> None:
    one = taken(desk, handed_over(desk))
    view = desk.cases.view(one.case_id)

    with pytest.raises(AlreadyDone, match="Lee has taken it") as caught:
        decided(desk, view, "escalate", reason="Again.")
    assert one.id in caught.value.cure
    answered(desk, one)
    view = decided(desk, desk.cases.view(one.case_id), "escalate", reason="They sue again.")
    assert [e.state for e in view.escalations] == ["answered", "open"]


def test_the_same_decision_sent_again_hands_over_once(desk: Desk) -> None:
    view = opened(desk, SUED)
    for _ in range(2):
        decided(desk, view, "escalate", reason="They sue.")
    assert len(desk.cases.view(view.case.id).escalations) == 1


def test_who_takes_it_has_it_until_somebody_takes_it_over_by_name(desk: Desk) -> None:
    one = handed_over(desk)
    by_lee = taken(desk, one)

    assert (by_lee.state, by_lee.taken_by) == ("taken", "Lee")
    assert taken(desk, one) == by_lee
    with pytest.raises(AlreadyDone, match="Lee has taken") as caught:
        taken(desk, one, "Bo")
    assert "instead_of 'Lee'" in caught.value.cure
    assert taken(desk, one, "Bo", instead_of="Lee").taken_by == "Bo"
    with pytest.raises(AlreadyDone, match="Bo has taken"):
        taken(desk, one, "Kim", instead_of="Lee")


def test_what_nobody_has_taken_is_taken_over_from_nobody(desk: Desk) -> None:
    one = handed_over(desk)
    with pytest.raises(AlreadyDone, match="nobody has taken"):
        taken(desk, one, instead_of="Lee")


def test_an_answer_stands_and_the_same_again_is_fine(desk: Desk) -> None:
    one = handed_over(desk)
    said = answered(desk, one)

    assert (said.state, said.answer, said.ended_by) == ("answered", "Pay it back.", "Lee")
    assert answered(desk, one) == said
    for other in (
        lambda: answered(desk, one, "Do not."),
        lambda: taken(desk, one),
        lambda: withdrawn(desk, one),
    ):
        with pytest.raises(AlreadyDone, match="was answered by Lee"):
            other()


def test_what_nobody_needs_is_withdrawn(desk: Desk) -> None:
    one = handed_over(desk)
    gone = withdrawn(desk, one)
    assert (gone.state, gone.note, gone.ended_by) == ("withdrawn", "It was a joke.", "Mo")
    assert withdrawn(desk, one) == gone
    with pytest.raises(NotFound):
        escalations.withdraw(desk.parts, "e-9", WithdrawEscalation(by="Mo"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"order.color": "red"}, "'order.color' is not declared"),
        ({"order.delivered_at": "soon"}, "no date"),
        ({"order": {"delivered_at": "2026-11-01"}}, "names no single fact"),
    ],
)
def test_a_fact_is_one_that_is_declared_and_of_its_type(
    desk: Desk, facts: dict[str, Any], words: str
) -> None:
    one = handed_over(desk)
    with pytest.raises(BadInput) as caught:
        answered(desk, one, facts=facts)
    assert words in str(caught.value)
    assert caught.value.where.startswith("facts.")
    assert desk.parts.escalated.get(one.id) == one


def test_the_next_suggestion_knows_the_answer_and_its_facts(desk: Desk) -> None:
    one = handed_over(desk)
    answered(desk, one, facts={"order.delivered_at": "2026-11-01"})
    told = desk.cases.view(one.case_id)

    assert f"Lee answered: {one.requested}" in told.changed
    with pytest.raises(Stale, match="Lee answered"):
        decided(desk, told, "edit", text="We look into it.")
    after = decided(desk, told, "add_facts")
    assert after.suggestion is not None
    facts = {fact.path: fact for fact in after.suggestion.issue.facts}
    assert facts["order.delivered_at"].value == "2026-11-01"
    assert facts["order.delivered_at"].source == "colleague"
    known = {c.id: c for c in after.suggestion.consultations}
    assert known[one.id].answer == "Pay it back."
    assert after.changed == ()


def test_a_replay_knows_no_answer_that_came_later(desk: Desk) -> None:
    view = opened(desk, SUED)
    one = handed_over(desk)
    answered(desk, one, facts={"order.delivered_at": "2026-11-01"})
    found = done(replay(desk, view.case.suggestion_id))
    assert (found.same, found.differences) == (True, ())


def test_a_case_that_ends_takes_what_waits_with_it(desk: Desk) -> None:
    one = handed_over(desk)
    done(desk.cases.cancel(one.case_id, CancelRequest(key="x", by="Mo", reason="twice")))
    gone = desk.parts.escalated.get(one.id)
    assert (gone.state, gone.note, gone.ended_by) == ("withdrawn", "the case was cancelled", "Mo")


def test_a_solved_case_waits_for_nobody(desk: Desk) -> None:
    one = handed_over(desk)
    view = desk.cases.view(one.case_id)
    view = decided(desk, view, "edit", text="We have paid it back.")
    came_out(desk, view, "solved")
    gone = desk.parts.escalated.get(one.id)
    assert (gone.state, gone.note) == ("withdrawn", "the case has ended: solved")


def test_what_is_due_is_what_nobody_has_answered_in_time(desk: Desk) -> None:
    one = handed_over(desk)
    assert desk.parts.escalated.due(one.deadline, 9) == (one,)
    assert desk.parts.escalated.due(one.deadline - timedelta(seconds=1), 9) == ()
    answered(desk, one)
    assert desk.parts.escalated.due(one.deadline, 9) == ()


def test_the_record_tells_of_it_without_the_customers_name(desk: Desk) -> None:
    ticket = SUED.model_copy(
        update={"customer": SUED.customer.model_copy(update={"name": "Ana Lima"})}
    )
    one = handed_over(desk, ticket, "Ana Lima sues.")
    answered(desk, one, "Pay Ana Lima back.", facts={"order.delivered_at": "2026-11-01"})
    record = recorded(desk.parts, one.case_id)
    page = as_markdown(record)

    assert [e.state for e in record.escalations] == ["answered"]
    assert f"- answered, {one.path.team}" in page
    assert "Pay &lt;NAME_1> back." in page
    assert "order.delivered_at: 2026-11-01" in page
    for told in (page, record.model_dump_json()):
        assert "Ana" not in told
        assert "Lima" not in told
