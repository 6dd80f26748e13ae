"""What helpdesks tell of becomes cases, and what agents decide on is sent there, each once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from assist.adapters.helpdesks import signatures
from assist.domain.errands import GIVEN_UP_AFTER, our_ticket_id
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.domain.helpdesks import SignatureScheme
from assist.errors import (
    AlreadyDone,
    BadInput,
    HelpdeskBusy,
    HelpdeskUnavailable,
    NotFound,
    Stale,
    TicketMoved,
    Unauthenticated,
)
from assist.service.desk import Desk
from assist.service.reminding import Reminding
from tests.builders import NOW
from tests.helpdesks.fake import SECRET, MemoryHelpdesk, signed
from tests.service.casework import decision, done
from tests.service.follow_ups import a_follow_up_desk, later, promised

RED = "My hub blinks red."


@pytest.fixture
def chat() -> MemoryHelpdesk:
    found = MemoryHelpdesk()
    found.write("7", RED)
    return found


@pytest.fixture
def desk(tmp_path, chat) -> Desk:
    return with_helpdesk(a_follow_up_desk(tmp_path), chat)


def with_helpdesk(desk: Desk, helpdesk: MemoryHelpdesk, **told: object) -> Desk:
    settings = HelpdeskSettings(kind="generic", url="http://chat.example.org", **told)
    parts = replace(desk.parts, helpdesks={helpdesk.name: helpdesk})
    return Desk(parts=parts, records_for=desk.records_for, helpdesks={helpdesk.name: settings})


def hear(desk, delivery="d-1", ticket="7", at=None, **body):
    told = json.dumps({"ticket": ticket, "delivery": delivery, **body}).encode()
    headers = signed(told, at or desk.parts.clock.now(), delivery)
    return desk.errands.heard("chat", headers, told)


def case_of(desk, ticket_id="7"):
    row = desk.parts.cases.of_ticket(our_ticket_id("chat", ticket_id))
    return row and desk.cases.view(row.id)


def state_of(desk, errand):
    kept = desk.parts.errands.get(errand.id)
    return kept.state, kept.problem


def test_a_ticket_told_of_becomes_a_case_and_its_draft_is_written_there(desk, chat):
    errand = hear(desk)
    assert chat.asked == 0  # it is taken at once and looked at later
    assert desk.errands.attend(errand.id) is None
    view = case_of(desk)
    assert view.ticket.messages[0].text == RED
    assert chat.written == [("draft", "7", view.suggestion.draft.text)]
    assert desk.parts.errands.get(errand.id).case_id == view.case.id


def test_attended_to_twice_it_is_done_once(desk, chat):
    errand = hear(desk)
    desk.errands.attend(errand.id)
    asked = chat.asked
    desk.errands.attend(errand.id)
    assert (chat.asked, len(chat.written)) == (asked, 1)


@pytest.mark.parametrize(("write", "kinds"), [("nothing", []), ("note", ["note"])])
def test_what_is_written_there_is_as_the_settings_say(tmp_path, chat, write, kinds):
    desk = with_helpdesk(a_follow_up_desk(tmp_path), chat, write=write)
    desk.errands.attend(hear(desk).id)
    assert [how for how, _, _ in chat.written] == kinds
    assert all("Priority: " in text and "Issue: " in text for _, _, text in chat.written)


def test_the_same_delivery_the_same_bytes_and_an_old_one_are_refused(desk):
    hear(desk, "d-1")
    with pytest.raises(AlreadyDone, match="taken before"):
        hear(desk, "d-1")
    body = json.dumps({"ticket": "7"}).encode()
    desk.errands.heard("chat", signed(body, NOW, "d-2"), body)
    with pytest.raises(AlreadyDone):  # under another id, which nobody signed
        desk.errands.heard("chat", signed(body, NOW, "d-3"), body)
    with pytest.raises(Stale):
        hear(desk, "d-4", at=NOW - timedelta(minutes=6))
    assert [one.key for one in desk.parts.errands.listed(["waiting"], 9)] == ["d-2", "d-1"]


def test_what_is_unsigned_or_signed_by_another_is_refused_before_it_is_read(desk):
    body = b"not even JSON"
    for headers in ({}, signed(b"other bytes", NOW)):
        with pytest.raises(Unauthenticated):
            desk.errands.heard("chat", headers, body)
    with pytest.raises(BadInput, match="no JSON"):
        desk.errands.heard("chat", signed(body, NOW), body)
    assert desk.parts.errands.standings() == ()


def test_a_helpdesk_that_signs_nothing_is_known_by_its_address(tmp_path):
    chat = MemoryHelpdesk(signature=SignatureScheme())
    desk = with_helpdesk(a_follow_up_desk(tmp_path), chat)
    body = b'{"ticket": "7", "id": "f-1"}'
    for address in ("", "guessed"):
        with pytest.raises(Unauthenticated):
            desk.errands.heard("chat", {}, body, address)
    assert desk.errands.heard("chat", {}, body, SECRET.get_secret_value()).ticket_id == "7"


def test_a_helpdesk_that_signs_is_not_let_in_by_an_address(desk):
    with pytest.raises(Unauthenticated):
        desk.errands.heard("chat", {}, b"{}", SECRET.get_secret_value())


def test_a_helpdesk_that_is_not_set_is_not_found(desk):
    with pytest.raises(NotFound, match="there is no helpdesk 'mail'"):
        desk.errands.heard("mail", {}, b"{}")


def test_what_is_about_nothing_of_ours_makes_no_errand(desk):
    assert hear(desk, event="nothing") is None


def test_of_several_told_at_once_the_last_one_sees_it(desk, chat):
    first, second = hear(desk, "d-1"), hear(desk, "d-2")
    desk.errands.attend(first.id)
    assert state_of(desk, first)[0] == "dropped"
    assert chat.asked == 0
    desk.errands.attend(second.id)
    assert case_of(desk) is not None


def test_what_an_agent_wrote_there_makes_no_new_suggestion_and_no_loop(desk, chat):
    desk.errands.attend(hear(desk, "d-1").id)
    made = case_of(desk).suggestion.id
    chat.write("7", RED, "We look into it.", revision=2, by="agent")
    again = hear(desk, "d-2")
    desk.errands.attend(again.id)
    assert state_of(desk, again) == ("dropped", "nothing new of the customer")
    assert case_of(desk).suggestion.id == made
    assert len(chat.written) == 1


def test_what_the_customer_writes_next_makes_another_suggestion(desk, chat):
    desk.errands.attend(hear(desk, "d-1").id)
    chat.write("7", RED, "Now my lamp is dark.", revision=2)
    desk.errands.attend(hear(desk, "d-2").id)
    view = case_of(desk)
    assert view.ticket.revision == 2
    assert [one.kind for one in view.history] == ["opened", "message"]
    assert len(chat.written) == 2


def test_while_a_helpdesk_is_down_its_tickets_wait_visibly_and_longer_each_time(desk, chat):
    chat.down = HelpdeskUnavailable("chat does not answer", cure="")
    errand = hear(desk)
    waits = [desk.errands.attend(errand.id) for _ in range(3)]
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    (standing,) = desk.parts.errands.standings()
    assert (standing.waiting, standing.problem) == (1, "chat does not answer")
    chat.down = None
    assert desk.errands.attend(errand.id) is None
    assert case_of(desk) is not None


def test_one_that_asks_to_wait_is_left_alone_that_long(desk, chat):
    chat.down = HelpdeskBusy("chat asks to wait", retry_after=1_800)
    assert desk.errands.attend(hear(desk).id) == timedelta(seconds=1_800)


def test_what_nobody_could_fetch_for_days_is_given_up_and_said(desk, chat):
    chat.down = HelpdeskUnavailable("chat does not answer")
    errand = hear(desk)
    later(desk, GIVEN_UP_AFTER + timedelta(minutes=1))
    assert desk.errands.attend(errand.id) is None
    assert state_of(desk, errand) == ("failed", "chat does not answer")
    assert desk.parts.errands.standings()[0].failed == 1


def test_a_draft_that_could_not_be_written_is_written_later_for_the_same_suggestion(desk, chat):
    errand = hear(desk)
    answer = chat.ticket
    chat.ticket = lambda ticket_id: (answer(ticket_id), setattr(chat, "down", broken))[0]
    broken = HelpdeskUnavailable("chat does not answer")
    assert desk.errands.attend(errand.id) is not None
    made = case_of(desk).suggestion
    chat.down, chat.ticket = None, answer
    desk.errands.attend(errand.id)
    assert chat.written == [("draft", "7", made.draft.text)]


def test_the_case_of_a_ticket_that_was_deleted_is_let_go(desk, chat):
    desk.errands.attend(hear(desk, "d-1").id)
    chat.there.clear()
    gone = hear(desk, "d-2")
    desk.errands.attend(gone.id)
    assert state_of(desk, gone) == ("dropped", "chat has no such ticket (it may have been deleted)")
    assert case_of(desk).case.status == "cancelled"


def test_a_merged_ticket_is_followed_to_where_it_went(desk, chat):
    desk.errands.attend(hear(desk, "d-1").id)
    chat.write("8", "My lamp is dark.")
    chat.down = TicketMoved("chat merged the ticket into 8", to="8")
    desk.errands.attend(hear(desk, "d-2").id)
    chat.down = None
    (follow,) = desk.parts.errands.listed(["waiting"], 9)
    desk.errands.attend(follow.id)
    assert case_of(desk).case.status == "cancelled"
    assert case_of(desk, "8").case.status == "deciding"


def test_a_reply_decided_on_here_is_sent_there_where_it_is_left_to_us(tmp_path, chat):
    desk = with_helpdesk(a_follow_up_desk(tmp_path), chat, write="nothing", replies="sent")
    desk.errands.attend(hear(desk).id)
    view = case_of(desk)
    done(desk.cases.decide(view.case.id, decision(view, "accept")))
    (reply,) = desk.parts.errands.listed(["waiting"], 9)
    desk.errands.attend(reply.id)
    desk.errands.attend(reply.id)
    assert chat.written == [("reply", "7", view.suggestion.draft.text)]


def test_a_reply_is_left_to_the_agent_where_nothing_is_said(desk, chat):
    desk.errands.attend(hear(desk).id)
    view = case_of(desk)
    done(desk.cases.decide(view.case.id, decision(view, "accept")))
    assert desk.parts.errands.listed(["waiting"], 9) == ()


def test_a_decision_that_sends_nothing_sends_nothing_there(tmp_path, chat):
    desk = with_helpdesk(a_follow_up_desk(tmp_path), chat, replies="sent")
    desk.errands.attend(hear(desk).id)
    view = case_of(desk)
    done(desk.cases.decide(view.case.id, decision(view, "reject", reason="not their question")))
    assert desk.parts.errands.listed(["waiting"], 9) == ()


def test_tickets_that_came_another_way_are_sent_nowhere(tmp_path, chat):
    desk = with_helpdesk(a_follow_up_desk(tmp_path), chat, replies="sent")
    promised(desk)
    assert desk.parts.errands.listed(["waiting"], 9) == ()


def test_an_agent_may_open_a_ticket_before_its_helpdesk_told_of_it(desk, chat):
    view = done(desk.errands.tickets.open("chat", "7", by="Ann", level="agent"))
    assert (view.ticket.id, view.history[0].by) == ("chat:7", "Ann")
    assert desk.errands.tickets.listed("chat", 5)[0].id == "7"


def test_an_errand_without_its_timer_is_found_by_the_sweep(desk, chat):
    errand = hear(desk)
    later(desk, timedelta(hours=3))
    Reminding(desk).sweep()
    assert state_of(desk, errand)[0] == "done"


def test_an_errand_of_a_helpdesk_that_is_set_no_more_is_dropped_with_the_reason(desk, chat):
    errand = hear(desk)
    bare = Desk(parts=replace(desk.parts, helpdesks={}), records_for=desk.records_for)
    bare.errands.attend(errand.id)
    state, problem = state_of(bare, errand)
    assert state == "dropped"
    assert "there is no helpdesk 'chat'" in problem


def test_the_scheme_in_these_tests_is_one_that_helpdesks_use():
    assert MemoryHelpdesk().signature is signatures.CHATWOOT
