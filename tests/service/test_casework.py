"""Durable cases: from a ticket by what agents decide and customers say to an end."""

from pathlib import Path

import pytest

from assist.errors import AlreadyDone, BadInput, NotFound, Stale
from assist.service.case_requests import CancelRequest, ProgressRequest, SettleRequest
from assist.service.casework import Cases
from assist.service.consulting import ConsultationRequest, answer
from assist.service.desk import Desk
from tests.builders import NOW
from tests.service.casework import TICKET, a_case, a_desk, decision, done, outcome


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path)


@pytest.fixture
def cases(desk: Desk) -> Cases:
    return desk.cases


def test_a_ticket_becomes_a_case_with_a_suggestion_to_decide_on(cases):
    view = a_case(cases)

    assert (view.case.status, view.case.events, view.case.applied) == ("deciding", 1, 1)
    assert view.suggestion is not None
    assert view.suggestion.id == view.case.suggestion_id
    assert view.ticket == TICKET
    assert (view.changed, [event.kind for event in view.history]) == ((), ["opened"])


def test_an_accepted_draft_is_what_was_sent(cases):
    view = a_case(cases)
    after = done(cases.decide(view.case.id, decision(view, "accept")))

    assert after.case.status == "waiting"
    assert [sent.text for sent in after.sent] == [view.suggestion.draft.text]
    assert after.decisions[-1].kind == "accept"


def test_every_promise_in_what_was_sent_is_in_the_ledger(cases):
    view = a_case(cases)
    after = done(cases.decide(view.case.id, decision(view)))

    (entry,) = [entry for entry in after.ledger if entry.kind == "promise"]
    assert (entry.state, entry.owner, entry.ticket_id) == ("open", "company", "t-1")
    assert "call you back" in entry.what
    assert entry.due is not None
    assert entry.due > NOW
    assert cases.ledger("open", None, 9) == after.ledger

    kept = cases.settle(entry.id, SettleRequest(key="s-1", by="Ann", state="kept"))
    assert (kept.state, kept.settled_by) == ("kept", "Ann")
    assert cases.view(view.case.id).ledger[0] == kept


def test_a_new_message_makes_the_suggestion_stale_at_once(cases):
    view = a_case(cases)
    text = "My hub blinks red. What can I do? It is green now, but my lamp is dark."
    newer = TICKET.model_copy(
        update={
            "revision": 2,
            "messages": (TICKET.messages[0].model_copy(update={"text": text}),),
        }
    )
    again = a_case(cases, newer)

    assert again.case.suggestion_id != view.case.suggestion_id
    assert (again.case.revision, again.ticket) == (2, newer)
    with pytest.raises(Stale, match="revision 2"):
        done(cases.decide(view.case.id, decision(view)))
    with pytest.raises(Stale, match="has revision 2"):
        done(cases.open(TICKET.model_copy(update={"subject": "Older"})))


def test_added_facts_lead_to_a_new_suggestion_that_keeps_what_was_ticked(cases):
    view = a_case(cases)
    told = decision(view, "add_facts", facts={}, ticked=("Checked the light",))
    after = done(cases.decide(view.case.id, told))

    assert (after.case.status, after.ticked) == ("deciding", ("Checked the light",))
    with pytest.raises(BadInput, match="not declared"):
        done(cases.decide(view.case.id, decision(after, "add_facts", key="k-2", facts={"x": 1})))


def test_what_is_rejected_or_handed_over_waits_for_another_decision(cases):
    view = a_case(cases)
    rejected = done(cases.decide(view.case.id, decision(view, "reject", reason="wrong product")))
    handed = decision(view, "escalate", key="k-2", reason="the customer is a journalist")
    escalated = done(cases.decide(view.case.id, handed))

    assert (rejected.case.status, escalated.case.status) == ("deciding", "deciding")
    assert escalated.escalated is not None
    assert escalated.escalated.by == "Ann"
    assert [d.kind for d in escalated.decisions] == ["reject", "escalate"]
    assert done(cases.decide(view.case.id, decision(view, key="k-3"))).case.status == "waiting"


def test_a_candidate_that_there_is_not_cannot_be_chosen(cases):
    view = a_case(cases)
    with pytest.raises(BadInput, match="candidate"):
        done(
            cases.decide(
                view.case.id, decision(view, "choose", candidate_id="none", text="Do this.")
            )
        )
    with pytest.raises(BadInput, match="suggestion"):
        done(cases.decide(view.case.id, decision(view, suggestion_id="s-none")))


def test_what_did_not_help_is_not_chosen_again(cases):
    view = a_case(cases)
    taken = view.suggestion.candidates[0]
    told = decision(view, "choose", candidate_id=taken.id, text="Hold the button.")
    done(cases.decide(view.case.id, told))
    again = done(cases.outcome(view.case.id, outcome("not_solved", tried="A new cable.")))

    assert again.case.status == "deciding"
    assert set(again.suggestion.issue.tried) >= {taken.title, "A new cable."}
    titles = {c.id: c.title for c in again.suggestion.candidates}
    choice = again.suggestion.choice
    assert choice is None or titles[choice.candidate_id] != taken.title


def test_a_solved_case_is_looked_at_again_after_two_weeks(cases):
    view = a_case(cases)
    done(cases.decide(view.case.id, decision(view)))
    ended = done(cases.outcome(view.case.id, outcome("solved", rating=5)))

    assert ended.case.status == "solved"
    assert ended.outcome is not None
    assert ended.outcome.rating == 5
    (look,) = [entry for entry in ended.ledger if entry.kind == "look"]
    assert look.due is not None
    assert (look.due - NOW).days >= 14


def test_an_outcome_needs_an_answer_before_it(cases):
    view = a_case(cases)
    with pytest.raises(Stale, match="not been answered"):
        done(cases.outcome(view.case.id, outcome("solved")))


def test_what_the_customer_was_told_meanwhile_is_kept_with_its_promises(cases):
    view = a_case(cases)
    told = ProgressRequest(key="p-1", by="Ann", text="We will write to you by tomorrow.")
    after = done(cases.progress(view.case.id, told))

    assert (after.case.status, after.sent[-1].text) == ("deciding", told.text)
    assert [entry.kind for entry in after.ledger] == ["promise"]


def test_a_case_that_ended_takes_no_act_and_opens_with_a_new_message(cases):
    view = a_case(cases)
    ended = done(cases.cancel(view.case.id, CancelRequest(key="x-1", by="Ann", reason="spam")))
    assert ended.case.status == "cancelled"
    with pytest.raises(AlreadyDone, match="cancelled"):
        done(cases.decide(view.case.id, decision(view)))

    opened = a_case(cases, TICKET.model_copy(update={"revision": 2}))
    assert (opened.case.id, opened.case.status) == (view.case.id, "deciding")


def test_a_colleague_is_asked_and_what_they_answer_is_news(cases, desk):
    view = a_case(cases)
    asked = ConsultationRequest.model_validate(
        {"id": "c-1", "by": "Ann", "question": "Was it dropped?", "owner": "Lab", "due": NOW}
        | {"ticket_id": "t-1"}
    )
    after = done(cases.consult(view.case.id, asked))
    assert [c.id for c in after.consultations] == ["c-1"]
    assert done(cases.consult(view.case.id, asked)) == after

    rules = desk.opened().policy_set
    answer(desk.parts, rules, "c-1", value="No.", note="", by="Lab")
    assert cases.view(view.case.id).changed == ("Lab answered: Was it dropped?",)
    with pytest.raises(Stale, match="Lab answered"):
        done(cases.decide(view.case.id, decision(view, "accept")))
    again = done(cases.decide(view.case.id, decision(view, "add_facts")))
    assert again.changed == ()


def test_an_unknown_case_is_not_found(cases):
    with pytest.raises(NotFound, match="case-none"):
        cases.view("case-none")
    with pytest.raises(NotFound, match="case-none"):
        done(cases.outcome("case-none", outcome("solved")))
