"""What the service has seen: cases with what was sent from them, and suggestions without a case."""

import asyncio
from pathlib import Path

import pytest

from assist.domain.feedback import Feedback
from assist.domain.ticket import Ticket
from assist.service.desk import Desk
from assist.service.gaps.seen import Seen, overridden, seen_since
from tests.builders import NOW
from tests.service.casework import a_case, decision, done
from tests.service.follow_ups import DAY, a_follow_up_desk, a_ticket, later, promised


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_follow_up_desk(tmp_path)


def the_seen(desk: Desk) -> Seen:
    (one,) = seen_since(desk.parts, NOW - DAY)
    return one


def test_the_reply_that_was_sent_from_a_case_is_an_agents_reply(desk: Desk) -> None:
    view, _ = promised(desk)
    one = the_seen(desk)
    assert [message.author for message in one.ticket.messages] == ["customer", "agent"]
    assert one.ticket.messages[-1].text == view.sent[-1].text
    assert one.ticket.created_at == view.case.opened_at == one.at


def test_a_draft_that_was_rewritten_or_rejected_was_overridden(desk: Desk) -> None:
    view = a_case(desk.cases, a_ticket())
    done(desk.cases.decide(view.case.id, decision(view, kind="edit", text="Press it for 5 s.")))
    assert overridden(desk.parts, the_seen(desk))


def test_feedback_against_a_suggestion_tells_the_same(desk: Desk) -> None:
    view = a_case(desk.cases, a_ticket())
    assert not overridden(desk.parts, the_seen(desk))
    said = Feedback(
        suggestion_id=view.case.suggestion_id, key="f", kind="incorrect", at=NOW, by="Mo"
    )
    desk.parts.feedback.add(said)
    assert overridden(desk.parts, the_seen(desk))


def test_a_ticket_that_only_had_a_suggestion_is_seen_by_its_issues(desk: Desk) -> None:
    asyncio.run(desk.suggest(Ticket.model_validate({"id": "t-9", "text": "My lamp is dark."})))
    later(desk, DAY)
    one = the_seen(desk)
    assert (one.ticket.id, one.ticket.messages[0].text) == ("t-9", "My lamp is dark.")


def test_what_came_before_the_window_is_left_out(desk: Desk) -> None:
    promised(desk)
    later(desk, 9 * DAY)
    assert seen_since(desk.parts, desk.parts.clock.now() - DAY) == ()
