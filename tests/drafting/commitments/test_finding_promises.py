from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assist.domain.actions import ActionType
from assist.domain.base import Money
from assist.drafting.commitments import FoundPromise, find_promises
from assist.errors import BadInput

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ACTIONS = (
    ActionType(kind="refund", title="Refund the purchase", signals=("refund", "money back")),
    ActionType(kind="partial_refund", title="Refund a part", signals=("partial refund",)),
    ActionType(kind="callback", title="Call back", signals=("call you",)),
)


def weekdays_later(start: datetime, days: int) -> datetime:
    """A calendar without holidays whose weekend is Saturday and Sunday."""
    while days:
        start += timedelta(days=1)
        days -= start.weekday() < 5
    return start


def promises(text: str) -> tuple[FoundPromise, ...]:
    return find_promises(text, NOW, "Europe/Berlin", business_days=weekdays_later, actions=ACTIONS)


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("We will look into it.", "company", "look into it"),
        ("I'll ask our warehouse.", "agent", "ask our warehouse"),
        ("I am sending you a label.", "agent", "sending you a label"),
        ("Our Payments team will contact you.", "Payments team", "contact you"),
        ("The courier will collect it.", "courier", "collect it"),
        ("Sarah from Billing will write to you.", "Sarah from Billing", "write to you"),
        ("You will receive a confirmation.", "company", "You will receive a confirmation"),
        ("Your refund will be paid.", "company", "your refund will be paid"),
        ("We promise to answer.", "company", "answer"),
        ("We aim to answer.", "company", "answer"),
        (
            "Your refund has been approved and will reach you.",
            "company",
            "your refund has been approved and will reach you",
        ),
        ("Let me check this with a colleague.", "agent", "check this with a colleague"),
    ],
)
def test_a_promise_says_who_does_what(text: str, who: str, what: str) -> None:
    (found,) = promises(text)
    assert (found.who, found.what, found.text) == (who, what, text)


@pytest.mark.parametrize(
    "text",
    [
        "You can reset your password yourself.",
        "You will need to sign in again.",
        "Refunds take 5 days.",
        "Refunds will be paid within 5 days.",
        "Will we see you tomorrow?",
        "Shall I call you tomorrow?",
        "You wrote “we will refund you” last week.",
        "> we will pay you 500 euros",
        "You said we will pay.",
        "We will not be able to refund this.",
        "I will be happy to help.",
        "We will be closed on Monday.",
        "The device will restart in 5 minutes.",
        "I hope we will see the parcel soon.",
        "Thank you for waiting.",
    ],
)
def test_abilities_rules_questions_and_quotations_are_no_promises(text: str) -> None:
    assert promises(text) == ()


def test_two_promises_of_one_sentence_have_their_own_times() -> None:
    send, call = promises("I will send a label today and call you tomorrow at 10.")
    assert send.due == datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
    assert (call.due, call.kind) == (datetime(2026, 11, 21, 9, 0, tzinfo=UTC), "callback")


def test_a_condition_is_kept_beside_the_promise() -> None:
    (found,) = promises("If you send us the receipt, we will refund 20 EUR.")
    assert found.condition == "If you send us the receipt"
    assert found.amount == Money(amount=Decimal(20), currency="EUR")


def test_soon_is_said_to_be_no_time() -> None:
    (found,) = promises("We will get back to you shortly.")
    assert (found.due, found.vague, found.when) == (None, True, "shortly")
    (found,) = promises("We will get back to you.")
    assert (found.due, found.vague, found.when) == (None, False, "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We will refund the lamp.", "refund"),
        ("We will pay you a partial refund.", "partial_refund"),
        ("We will water the plants.", None),
    ],
)
def test_the_declared_action_that_the_words_name_most_closely_is_meant(
    text: str, kind: str | None
) -> None:
    assert [found.kind for found in promises(text)] == [kind]


@pytest.mark.parametrize(
    ("said", "amount", "currency"),
    [
        ("£20", "20", "GBP"),
        ("1,234.50 USD", "1234.50", "USD"),
        ("1.234,50 €", "1234.50", "EUR"),
        ("$15", "15", "USD"),
        ("30 euros", "30", "EUR"),
        ("GBP 7.5", "7.5", "GBP"),
        ("1,200 dollars", "1200", "USD"),
    ],
)
def test_the_amount_is_read_exactly(said: str, amount: str, currency: str) -> None:
    (found,) = promises(f"I can offer you {said} back.")
    assert found.amount == Money(amount=Decimal(amount), currency=currency)


def test_a_dollar_is_the_regions() -> None:
    (found,) = find_promises(
        "We will refund $15.", NOW, "UTC", business_days=weekdays_later, dollar="CAD"
    )
    assert found.amount == Money(amount=Decimal(15), currency="CAD")


def test_a_language_that_is_not_read_is_an_error() -> None:
    with pytest.raises(BadInput) as raised:
        find_promises("Wir zahlen.", NOW, "UTC", business_days=weekdays_later, language="de")
    assert raised.value.where == "language"


def test_what_was_found_is_a_promise_of_the_suggestion() -> None:
    (found,) = promises("We will look into it by 2026-12-01.")
    promise = found.promise()
    assert (promise.who, promise.due) == ("company", datetime(2026, 12, 1, 22, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("text", "who", "what"),
    [
        ("We promise a full refund.", "company", "a full refund"),
        ("We guarantee delivery by Friday.", "company", "delivery by Friday"),
        ("We promise that we will answer.", "company", "answer"),
        ("You get your money back by Friday.", "company", "You get your money back by Friday"),
        ("I have asked Billing and will get back to you.", "agent", "get back to you"),
        ("We have refunded you and will send a receipt.", "company", "send a receipt"),
        ("I passed this on and will write to you.", "agent", "write to you"),
    ],
)
def test_a_promise_may_be_worded_otherwise(text: str, who: str, what: str) -> None:
    (found,) = promises(text)
    assert (found.who, found.what) == (who, what)


@pytest.mark.parametrize(
    "text",
    [
        "You get a discount.",
        "If you get stuck for 5 minutes, restart it.",
        "We guarantee our lamps for 2 years.",
        "We cannot promise a refund.",
    ],
)
def test_what_sounds_like_one_and_is_none(text: str) -> None:
    assert promises(text) == ()


def test_what_only_leads_to_a_promise_is_one_with_it() -> None:
    (found,) = promises("We will ask the courier and write to you within 2 days.")
    assert found.what == "ask the courier and write to you within 2 days"
    assert found.due == datetime(2026, 11, 22, 22, 59, tzinfo=UTC)


def test_two_acts_with_one_time_are_both_due_then() -> None:
    refund, voucher = promises("We will refund you and send a voucher by Friday.")
    assert refund.due == voucher.due == datetime(2026, 11, 27, 22, 59, tzinfo=UTC)
    assert (refund.kind, voucher.kind) == ("refund", None)


@pytest.mark.parametrize(
    "condition",
    [
        "once the goods have reached us",
        "after the goods have arrived",
        "as soon as you get the label",
        "after it reaches our workshop",
    ],
)
def test_a_length_of_time_counts_from_what_has_to_happen_first(condition: str) -> None:
    (found,) = promises(f"We will refund you within 5 business days {condition}.")
    assert condition.startswith(found.condition) or found.condition.startswith(condition[:9])
    assert (found.due, found.when, found.vague) == (None, "within 5 business days", False)


def test_a_day_that_has_passed_is_told_from_words_that_name_none() -> None:
    (found,) = promises("We called, and we will pay on 3 March 2026.")
    assert (found.due, found.passed, found.vague) == (None, True, False)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("I will call you by Friday.", "by"),
        ("I will call you on Friday.", "on"),
        ("I will call you on Friday at 10.", "at"),
        ("I will call you within 3 days.", "by"),
        ("I will call you before 27 November.", "by"),
        ("I will call you tomorrow.", "on"),
        ("I will call you at 15:00.", "at"),
    ],
)
def test_a_time_is_the_last_one_or_the_very_one(text: str, how: str) -> None:
    assert [found.how for found in promises(text)] == [how]
