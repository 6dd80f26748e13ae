"""What the receiving side is told about a case: everything that was found out, nothing twice."""

from datetime import UTC, date, datetime
from typing import Any

from assist.domain.case import Case
from assist.domain.categories import Category
from assist.domain.issue import Fact, Issue, Point
from assist.domain.records import CustomerRecord, EarlierTicket
from assist.domain.solution import Action, Candidate, Choice
from assist.domain.verdict import Verdict
from assist.graph.handing_over import promised_before, situation_of
from tests.builders import NOW, a_ticket
from tests.policies.rules import a_refund, an_action_type, rules

ALLOWED = Verdict(value="allowed")
POLICY_SET = rules(
    actions=(
        an_action_type(promise="We will refund {amount}.", signals=("refund",)),
        an_action_type("credit", signals=("credit",)),
    ),
    categories=(Category(id="returns", title="Returns", facts=("order.total", "order.items")),),
)


def a_fact(path: str, value: Any, source: Any = "customer") -> Fact:
    return Fact(path=path, value=value, source=source)


def an_issue(issue_id: str = "i1", **fields: Any) -> Issue:
    given = {"id": issue_id, "statement": f"{issue_id} is wrong.", "text": "Please refund it."}
    return Issue.model_validate(given | fields)


def a_case(*issues: Issue, **fields: Any) -> Case:
    given: dict[str, Any] = {"ticket": a_ticket("Please refund it."), "now": NOW}
    return Case(issues=issues or (an_issue(),), **given | fields)


def a_candidate(number: int, kind: str, **fields: Any) -> Candidate:
    action = a_refund() if kind == "refund" else Action(kind=kind)
    given = {"id": f"i1.c{number}", "issue_id": "i1", "title": kind, "verdict": ALLOWED,
             "actions": (action.model_copy(update={"verdict": ALLOWED}),)}  # fmt: skip
    return Candidate.model_validate(given | fields)


def test_the_date_of_the_ticket_is_the_date_whose_policies_count() -> None:
    opened = datetime(2025, 12, 31, 23, 0, tzinfo=UTC)
    old = a_case(ticket=a_ticket("Hello", created_at=opened))
    assert situation_of(old, POLICY_SET).on == date(2025, 12, 31)
    assert situation_of(old, POLICY_SET).day == date(2025, 12, 31)


def test_all_issues_are_told_and_what_they_share_once() -> None:
    first = an_issue(
        tried=("restarted it", "waited"),
        points=(Point(text="Is it safe?"),),
        facts=(a_fact("order.items", 2), a_fact("order.id", "A-1")),
        missing=("order.total",),
    )
    second = an_issue(
        "i2",
        tried=("waited", "called"),
        points=(Point(text="Is it safe?"), Point(text="Refund it.")),
        facts=(a_fact("order.id", "A-1"),),
        missing=("order.total", "order.items"),
    )
    found = situation_of(a_case(first, second), POLICY_SET)
    assert found.statement == "i1 is wrong. i2 is wrong."
    assert found.issues == 2
    assert found.tried == ("restarted it", "waited", "called")
    assert found.points == ("Is it safe?", "Refund it.")
    assert [fact.path for fact in found.known] == ["order.items", "order.id"]
    assert found.missing == ("order.total",)


def test_what_a_verdict_waits_for_is_missing_too() -> None:
    waits = a_candidate(1, "refund", verdict=Verdict(value="unknown", facts=("order.paid",)))
    found = situation_of(a_case(candidates=(waits,)), POLICY_SET)
    assert found.missing == ("order.paid",)
    assert found.options == (waits,)


def test_what_the_category_calls_for_is_told_first_and_what_is_not_so_last() -> None:
    facts = (
        Fact(path="customer.flag", value=False, source="records"),
        a_fact("customer.region", "UK", "records"),
        a_fact("order.total", "9", "records"),
        a_fact("order.items", 0, "records"),
    )
    found = situation_of(a_case(an_issue(category="returns", facts=facts)), POLICY_SET)
    assert [fact.path for fact in found.known] == [
        "order.total", "order.items", "customer.region", "customer.flag",
    ]  # fmt: skip


def test_verdicts_count_on_what_is_chosen_and_on_what_is_asked_for() -> None:
    unknown, forbidden = Verdict(value="unknown"), Verdict(value="forbidden")
    candidates = (
        a_candidate(1, "refund", verdict=forbidden),
        a_candidate(2, "credit", verdict=unknown),
        a_candidate(3, "inform"),
    )
    choice = Choice(candidate_id="i1.c3", reason="best")
    chosen = a_case(an_issue(choice=choice), candidates=candidates)
    assert situation_of(chosen, POLICY_SET).verdicts == (forbidden, ALLOWED)
    assert situation_of(a_case(candidates=candidates), POLICY_SET).verdicts == (forbidden,)


def test_earlier_tickets_count_where_they_were_about_the_same() -> None:
    tickets = tuple(
        EarlierTicket(id=f"t-{category}", created_at=NOW, subject="Hub", category=category)
        for category in ("returns", "video", None)
    )
    record = CustomerRecord(id="c-1", tickets=tickets)
    same = situation_of(a_case(an_issue(category="returns"), record=record), POLICY_SET)
    assert [ticket.id for ticket in same.earlier] == ["t-returns"]
    unfiled = situation_of(a_case(an_issue(category=None), record=record), POLICY_SET)
    assert unfiled.earlier == ()


def test_what_we_promised_before_is_quoted_the_latest_and_only_what_we_said_in_public() -> None:
    messages = [
        {"author": "customer", "text": "I will send it back."},
        {"author": "agent", "text": "Thank you. We will collect it on Monday. It blinks."},
        {"author": "agent", "text": "We will never collect it.", "public": False},
        {"author": "system", "text": "You will hear from us."},
        *({"author": "agent", "text": f"I'll call you on day {n}."} for n in range(1, 5)),
        {"author": "agent", "text": "You'll hear from us soon."},
    ]
    assert promised_before(a_ticket(messages=messages)) == (
        "I'll call you on day 1.",
        "I'll call you on day 2.",
        "I'll call you on day 3.",
        "I'll call you on day 4.",
        "You'll hear from us soon.",
    )
    assert promised_before(a_ticket(messages=messages[:4])) == ("We will collect it on Monday.",)
    assert promised_before(a_ticket("Will you call?")) == ()


def test_what_the_reply_at_hand_promises_is_told_apart() -> None:
    choice = Choice(candidate_id="i1.c1", reason="best")
    case = a_case(an_issue(choice=choice), candidates=(a_candidate(1, "refund"),))
    found = situation_of(case, POLICY_SET)
    assert found.promised == ("in the reply to this message: We will refund 50.00 GBP.",)
    assert situation_of(a_case(candidates=(a_candidate(1, "refund"),)), POLICY_SET).promised == ()
