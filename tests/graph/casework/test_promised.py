"""What the ledger keeps of a text that was sent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assist.domain.case import Case
from assist.domain.draft import Draft, Promise, Sentence
from assist.domain.escalation import Escalation
from assist.domain.ledger import Entry
from assist.domain.policy import PolicySet
from assist.domain.sla import Calendar
from assist.drafting.tone import tone
from assist.graph.casework.promised import entries, look, unread
from tests.builders import NOW, a_ticket
from tests.graph.casework.cases import GERMAN, JAPANESE, a_case, opened
from tests.policies.rules import a_grant, an_action_type, money, rules

REFUND = an_action_type(
    title="Refund the purchase",
    signals=("refund",),
    team="Payments",
    steps=("Refund the amount.", "Confirm it by email."),
)
RULES = rules(actions=(REFUND,))
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def kept(text: str, case: Case | None = None, **options: Any) -> tuple[Entry, ...]:
    given: dict[str, Any] = {"event": 2, "at": NOW, **options}
    return entries(text, case or a_case(), given.pop("rules", RULES), **given)


def test_each_promise_is_an_entry_with_its_owner_what_and_due_time() -> None:
    first, second = kept(
        "I will call you tomorrow at 10. Our warehouse will send the parcel by 27 November 2026."
    )

    assert (first.owner, first.what) == ("agent", "call you tomorrow at 10")
    assert first.due == datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    assert second.owner == "warehouse"
    assert second.due is not None
    assert f"{second.due:%Y-%m-%d}" == "2026-11-27"
    assert {e.kind for e in (first, second)} == {"promise"}


def test_an_entry_belongs_to_its_case_and_event_and_is_made_when_the_text_was_sent() -> None:
    (entry,) = kept("I will call you tomorrow.", event=7, at=MONDAY)

    assert (entry.id, entry.case_id, entry.ticket_id) == ("case-1-7-1", "case-1", "t-1")
    assert (entry.made_at, entry.state) == (MONDAY, "open")
    assert entry.due is not None
    assert f"{entry.due:%Y-%m-%d}" == "2026-11-24"


def test_the_same_text_with_the_same_event_makes_the_same_entries() -> None:
    text = "I will call you tomorrow. Did the parcel arrive?"
    assert kept(text) == kept(text)


def test_days_of_business_are_counted_in_the_region_of_the_customer() -> None:
    (entry,) = kept("We will refund you 20.00 GBP within 2 business days.")
    assert entry.due == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_a_named_action_says_by_its_own_steps_how_to_tell_that_it_is_done() -> None:
    (entry,) = kept("We will refund you 20.00 GBP by Friday.")
    assert entry.check == (
        "Refund the purchase, 20.00 GBP by Payments: is it done? "
        "Refund the amount. Confirm it by email."
    )


def test_what_is_kept_by_a_message_is_looked_for_in_the_ticket() -> None:
    (entry,) = kept("I will write to you by Friday.")
    assert "message of ours" in entry.check


def test_for_anything_else_whoever_promised_it_is_asked() -> None:
    (entry,) = kept("Our technician will look into the hub tomorrow.")
    assert entry.check == "Ask technician whether it is done: look into the hub tomorrow"


def test_a_promise_beyond_authority_says_so_in_its_note() -> None:
    strict = rules(actions=(REFUND,), grants=(a_grant("agent", money(10)),))
    (entry,) = kept("We will refund you 20.00 GBP by Friday.", rules=strict)
    assert entry.note.startswith("refund of 20.00 GBP")


def test_a_promise_that_comes_too_late_for_the_customer_says_so_in_its_note() -> None:
    escalation = Escalation(needed=True, hears_by=NOW + timedelta(hours=4))
    (entry,) = kept("I will call you on 27 November 2026.", a_case(escalation=escalation))
    assert "later than the next contact at 2026-11-20 14:00" in entry.note


def test_a_promise_that_names_no_time_has_none_and_says_so() -> None:
    (entry,) = kept("I will send you the label soon.")
    assert entry.due is None
    assert entry.note == "“soon” names no time"


def test_a_promise_under_a_condition_says_which() -> None:
    (entry,) = kept("If the parcel is lost, we will send you a new one.")
    assert entry.note == "only if the parcel is lost"


def test_a_question_is_one_answer_to_wait_for_after_the_promises() -> None:
    promise, answer = kept("I will call you tomorrow. What is the order number? Is it paid?")

    assert promise.kind == "promise"
    assert (answer.kind, answer.owner, answer.id) == ("answer", "customer", "case-1-2-2")
    assert answer.due == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    assert "remind" in answer.check
    assert answer.text == "What is the order number? Is it paid?"


def test_the_questions_of_the_draft_are_what_is_waited_for() -> None:
    asked = Sentence(text="Which color does the light have?", kind="question")
    draft = Draft(text=f"Hello. {asked.text}", sentences=(asked,))
    (answer,) = kept(f"Hello.\n{asked.text}", a_case(draft=draft))
    assert answer.text == asked.text


@pytest.mark.parametrize("name", ["close", "reopen", "meanwhile", "more", "feedback"])
def test_a_courtesy_of_ours_is_neither_a_promise_nor_a_question(name: str) -> None:
    assert kept(f"The light is amber.\n\n{tone()[name]}\n\nKind regards") == ()


def test_the_words_of_the_customer_that_the_draft_quotes_ask_them_nothing() -> None:
    quoted = Sentence(text="“Will you refund me?”", kind="courtesy")
    draft = Draft(text=quoted.text, sentences=(quoted,))
    assert kept(f"This is what I am checking:\n- {quoted.text}", a_case(draft=draft)) == ()


def test_a_sentence_that_was_wrapped_by_an_editor_is_still_known() -> None:
    wrapped = tone()["close"].replace("please reply", "please\n> reply").replace("> ", "")
    assert kept(wrapped) == ()


def test_the_due_time_of_the_draft_stands_where_the_sentence_names_none() -> None:
    text = "We will refund you 20.00 GBP."
    promise = Promise(text=text, who="Payments", what="Refund the purchase", due=MONDAY)
    (entry,) = kept(text, a_case(promises=(promise,)))
    assert entry.due == MONDAY


def test_a_promise_of_the_draft_is_due_to_the_minute_that_the_draft_knows() -> None:
    text = "You will hear from me again by Monday 23 November 2026, 15:00 (London time)."
    drafted = Promise(text=text, who="agent", what="write to the customer", due=MONDAY)
    escalation = Escalation(needed=True, hears_by=MONDAY)
    (entry,) = kept(text, a_case(promises=(drafted,), escalation=escalation))
    assert (entry.due, entry.owner, entry.note) == (MONDAY, "agent", "")


def test_days_are_counted_from_when_it_was_sent_and_not_from_when_it_was_drafted() -> None:
    text = "We will refund you 20.00 GBP within 2 business days."
    drafted = Promise(text=text, who="Payments", what=REFUND.title, due=MONDAY)
    (entry,) = kept(text, a_case(promises=(drafted,)), at=MONDAY)
    assert entry.due == datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


def test_a_notice_of_several_sentences_is_one_promise() -> None:
    notice = "I have passed it to our legal team. They will write to you by 23 November 2026."
    drafted = Promise(text=notice, who="Legal", what="take over the case", due=MONDAY)
    (entry,) = kept(f"Hello.\n\n{notice}", a_case(promises=(drafted,)))
    assert (entry.owner, entry.due) == ("Legal", MONDAY)


def a_draft_that_quotes(text: str) -> Draft:
    return Draft(text=text, sentences=(Sentence(text=text, kind="fact"),))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Write to us if the time has passed, and we will send you the number.", 0),
        ("The letter says what we will do.", 0),
        ("We will refund you within 5 business days.", 1),
    ],
)
def test_an_article_that_is_quoted_promises_what_it_gives_a_time_for(text: str, count: int) -> None:
    assert len(kept(text, a_case(draft=a_draft_that_quotes(text)))) == count


def test_a_promise_of_the_draft_that_was_edited_away_is_none() -> None:
    promise = Promise(text="We will refund you.", who="Payments", what="Refund", due=MONDAY)
    assert kept("Please wait.", a_case(promises=(promise,))) == ()


def test_in_a_language_that_is_not_read_only_the_promises_of_the_draft_are_known() -> None:
    drafted = Promise(
        text="Sie hören von uns spätestens am Montag.",
        who="agent",
        what="write to the customer",
        due=MONDAY,
    )
    case = a_case(language=GERMAN, promises=(drafted,))
    text = f"{drafted.text} Wir erstatten Ihnen 20 Euro bis Freitag. Ist das recht?"

    (entry,) = kept(text, case)

    assert (entry.text, entry.owner, entry.due) == (drafted.text, "agent", MONDAY)
    assert kept("Wir erstatten Ihnen 20 Euro bis Freitag.", a_case(language=GERMAN)) == ()


def test_whether_promises_were_looked_for_is_said() -> None:
    assert unread(a_case(language=GERMAN)).startswith("promises are found in English only")
    assert unread(a_case(language=JAPANESE)) == ""
    assert unread(a_case()) == ""


@pytest.mark.parametrize(
    ("fields", "channel"),
    [
        ({"channel": "chat"}, "chat"),
        ({"channel": "chat", "preferred_channel": "phone"}, "phone"),
        ({}, "email"),
    ],
)
def test_an_entry_is_followed_up_where_the_customer_likes_it(
    fields: dict[str, str], channel: str
) -> None:
    (entry,) = kept("I will call you tomorrow.", a_case(ticket=a_ticket(**fields)))
    assert entry.channel == channel


def test_a_solution_is_looked_at_two_weeks_later_in_business_hours() -> None:
    saturday = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    entry = look(a_case(opened()), RULES, saturday)

    assert (entry.id, entry.kind, entry.owner) == ("case-1-1-look", "look", "agent")
    assert entry.due == datetime(2026, 12, 7, 0, 0, tzinfo=UTC)  # a Monday, open all day
    assert entry.made_at == saturday
    assert entry.due - saturday >= timedelta(days=14)


OFFICE = Calendar(region="UK", time_zone="UTC", opens="09:00", closes="17:00")


def in_office_hours() -> PolicySet:
    sla = RULES.sla.model_copy(update={"calendars": (OFFICE,), "default_region": "UK"})
    return RULES.model_copy(update={"sla": sla})


@pytest.mark.parametrize(
    ("text", "check_at"),
    [
        ("I will call you by Sunday.", datetime(2026, 11, 20, 17, 0, tzinfo=UTC)),
        ("I will call you today at 15:00.", datetime(2026, 11, 20, 15, 0, tzinfo=UTC)),
        ("I will call you by Monday.", datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
        ("I will call you.", datetime(2026, 11, 23, 10, 0, tzinfo=UTC)),
        ("I will call you on 3 March 2026.", NOW),
    ],
)
def test_its_owner_is_reminded_while_somebody_is_there(text: str, check_at: datetime) -> None:
    (entry,) = kept(text, rules=in_office_hours())
    assert entry.check_at == check_at


def test_what_nobody_is_there_for_is_reminded_of_at_its_time() -> None:
    saturday = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    (entry,) = kept("I will call you by Sunday.", rules=in_office_hours(), at=saturday)
    assert entry.check_at == entry.due
    assert "nobody works" in entry.note


def test_a_day_that_had_passed_when_it_was_sent_is_due_at_once_and_noted() -> None:
    (entry,) = kept("I will call you on 3 March 2026.")
    assert (entry.due, entry.note) == (NOW, "“3 March 2026” has passed")
    assert entry.standing(NOW) == "due"


def test_a_suggestion_alone_has_no_ledger() -> None:
    with pytest.raises(AssertionError, match="no ledger"):
        look(a_case(work=None), RULES, NOW)
