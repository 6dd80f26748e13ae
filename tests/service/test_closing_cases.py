"""A solved case is closed with one message; what the end of a case settles in its ledger."""

import asyncio
from pathlib import Path

import pytest

from assist.errors import AlreadyDone, EmbedderUnavailable, NotFound, Stale, Unavailable
from assist.service.case_requests import CancelRequest, ClosingRequest
from assist.service.desk import Desk
from tests.service.casework import a_case, decision, done, outcome
from tests.service.follow_ups import DAY, a_follow_up_desk, a_ticket, later, promised, solved


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_follow_up_desk(tmp_path)


def closing(**told: str) -> ClosingRequest:
    return ClosingRequest.model_validate({"key": "c-1", "by": "Ann"} | told)


def asked(desk: Desk):
    """A case whose customer was asked something."""
    view = a_case(desk.cases, a_ticket())
    text = "Hello, which color does the light have?"
    return done(desk.cases.decide(view.case.id, decision(view, "ask_customer", text=text)))


def states(view, kind: str) -> list[str]:
    return [entry.state for entry in view.ledger if entry.kind == kind]


def test_a_solved_case_is_closed_with_thanks_and_a_wish_to_hear_more(desk):
    view, _ = solved(desk)
    draft = asyncio.run(desk.cases.closing(view.case.id))
    assert "solved by what I wrote to you on" in draft.text
    assert {sentence.kind for sentence in draft.sentences} == {"courtesy"}

    after = done(desk.cases.close(view.case.id, closing()))
    assert (after.history[-1].kind, after.sent[-1].text) == ("closing", draft.text)
    assert (after.case.status, after.case.suggestion_id) == ("solved", view.case.suggestion_id)
    assert after.ledger == view.ledger  # what it offers is no promise
    assert done(desk.cases.close(view.case.id, closing())) == after
    with pytest.raises(AlreadyDone, match="closed with a message by Ann"):
        done(desk.cases.close(view.case.id, closing(key="c-2")))


def test_what_a_closing_message_of_ones_own_promises_is_in_the_ledger(desk):
    view, _ = solved(desk)
    text = "Thank you. We will send you a spare button by Friday."
    after = done(desk.cases.close(view.case.id, closing(text=text)))
    assert after.ledger[-1].text == "We will send you a spare button by Friday."
    assert after.ledger[-1].check_at is not None


def test_only_a_solved_case_is_closed_with_a_message(desk):
    view, _ = promised(desk)
    with pytest.raises(Stale, match="only a solved one"):
        asyncio.run(desk.cases.closing(view.case.id))
    with pytest.raises(Stale, match="only a solved one"):
        done(desk.cases.close(view.case.id, closing(text="Farewell.")))
    with pytest.raises(NotFound):
        asyncio.run(desk.cases.closing("case-none"))


def test_a_case_that_opened_again_is_closed_again(desk):
    view, _ = solved(desk)
    done(desk.cases.close(view.case.id, closing()))
    again = a_case(desk.cases, a_ticket().model_copy(update={"revision": 2}))
    done(desk.cases.decide(again.case.id, decision(again, key="k-9")))
    done(desk.cases.outcome(again.case.id, outcome("solved", key="o-9")))
    after = done(desk.cases.close(view.case.id, closing(key="c-9")))
    assert [event.kind for event in after.history].count("closing") == 2


@pytest.mark.parametrize(
    ("kind", "state"), [("solved", "dropped"), ("no_answer", "dropped"), ("not_solved", "kept")]
)
def test_nobody_waits_for_an_answer_once_the_outcome_is_known(desk, kind, state):
    view = asked(desk)
    assert states(view, "answer") == ["open"]
    after = done(desk.cases.outcome(view.case.id, outcome(kind)))
    assert states(after, "answer") == [state]
    assert after.ledger[0].settled_by == "Ann"


def test_a_customer_who_writes_has_answered(desk):
    asked(desk)
    after = a_case(desk.cases, a_ticket().model_copy(update={"revision": 2}))
    (answer,) = [entry for entry in after.ledger if entry.kind == "answer"]
    assert (answer.state, answer.note) == ("kept", "the customer wrote: event 3")


def test_a_case_that_is_cancelled_keeps_what_was_promised_and_waits_for_nothing(desk):
    view, _ = promised(desk)
    after = done(desk.cases.cancel(view.case.id, CancelRequest(key="x", by="Ann")))
    assert states(after, "promise") == ["open"]
    view = done(desk.cases.open(a_ticket(2)))
    text = "Hello, which color does the light have?"
    done(desk.cases.decide(view.case.id, decision(view, "ask_customer", text=text)))
    after = done(desk.cases.cancel(view.case.id, CancelRequest(key="x", by="Ann")))
    assert states(after, "answer") == ["dropped"]


class Broken:
    """The graph of suggestions with a fault."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    async def astream(self, *_given, **_options):
        raise self._fault
        yield  # a generator, as the graph's is


def broken(desk: Desk, fault: Exception) -> None:
    desk.cases._catching_up._suggest = Broken(fault)


def mended(desk: Desk) -> None:
    from assist.graph.build import build_suggest_graph

    desk.cases._catching_up._suggest = build_suggest_graph()


def cancelled(desk: Desk, case_id: str):
    return done(desk.cases.cancel(case_id, CancelRequest(key="x", by="Ann", reason="spam")))


def test_a_case_that_nothing_can_work_off_can_be_cancelled_and_says_what_was_left(desk, caplog):
    broken(desk, ZeroDivisionError("a bug"))
    with pytest.raises(ZeroDivisionError):
        a_case(desk.cases, a_ticket())
    (row,) = desk.cases.listed(["suggesting"], 9)
    assert asyncio.run(desk.cases.recover()) == ()  # and the others are worked off
    assert "it broke off" in caplog.text

    view = cancelled(desk, row.id)
    assert (view.case.status, view.case.applied) == ("cancelled", view.case.events)
    assert [event.kind for event in view.history] == ["opened", "set_aside", "cancelled"]
    assert view.history[1].body == {"events": [1], "why": "ZeroDivisionError"}
    assert view.changed == ("event 1 was not worked off and will not be: ZeroDivisionError",)
    assert cancelled(desk, row.id) == view
    assert desk.parts.cases.behind(9) == ()

    mended(desk)
    again = a_case(desk.cases, a_ticket().model_copy(update={"revision": 2}))
    assert (again.case.status, again.suggestion is not None) == ("deciding", True)


def test_what_may_be_worked_off_later_is_not_given_up(desk):
    broken(desk, EmbedderUnavailable("the model is gone"))
    with pytest.raises(Unavailable):
        a_case(desk.cases, a_ticket())
    (row,) = desk.cases.listed(["suggesting"], 9)
    with pytest.raises(EmbedderUnavailable):
        cancelled(desk, row.id)
    mended(desk)
    assert cancelled(desk, row.id).case.status == "cancelled"


def test_a_suggestion_that_broke_off_is_made_when_it_can_be(desk):
    broken(desk, EmbedderUnavailable("the model is gone"))
    with pytest.raises(EmbedderUnavailable):
        a_case(desk.cases, a_ticket())
    mended(desk)
    view = a_case(desk.cases, a_ticket())
    assert (view.case.status, view.case.events, view.case.applied) == ("deciding", 1, 1)


def test_a_draft_whose_promise_has_passed_is_not_accepted(desk):
    view = a_case(desk.cases, a_ticket())
    suggestion = view.suggestion
    due = desk.parts.clock.now() + DAY
    promise = {"text": "You will hear from us by tomorrow.", "who": "agent", "what": "write"}
    changed = suggestion.model_validate(
        suggestion.model_dump() | {"promises": [promise | {"due": due}]}
    )
    desk.parts.suggestions.save(changed)
    later(desk, 2 * DAY)
    with pytest.raises(Stale, match="has passed"):
        done(desk.cases.decide(view.case.id, decision(view, "accept")))
    edited = done(desk.cases.decide(view.case.id, decision(view)))  # that was sent already
    assert edited.case.status == "waiting"
