"""Who takes over and by when: business hours, on call around the clock, routes, SLA clocks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.escalation import Escalation
from assist.domain.escalation_rules import (
    EscalationRule,
    EscalationRules,
    PairedPhrases,
    Route,
    SignalRoute,
)
from assist.domain.issue import Clocks, Priority
from assist.domain.policy import PolicySet
from assist.domain.sla import Calendar, Signal
from assist.drafting.dates import in_words
from assist.policies.escalation import Situation, assess
from tests.policies.rules import an_sla, rules

LONDON = Calendar(region="UK", time_zone="Europe/London", opens="09:00", closes="17:30")
BERLIN = Calendar(region="EU", time_zone="Europe/Berlin", opens="09:00", closes="17:30")
SIGNALS = (
    Signal(name="despair", phrases=("end my life", "suicidal")),
    Signal(name="frail", phrases=("newborn", "elderly"), not_phrases=("newborn kitten",)),
)
NIGHT_DUTY = Route(team="Safety", role="officer on call")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
CLOSING = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def a_rule(code: str = "safety", **fields: Any) -> EscalationRule:
    given_ = {
        "code": code,
        "team": "Safety",
        "role": "officer on duty",
        "within_hours": 1,
        "phrases": ("caught fire", "suicidal"),
        "customer_notice": "{team} contacts you by {when}.",
    }
    return EscalationRule.model_validate(given_ | fields)


def company(*of: EscalationRule) -> PolicySet:
    sla = an_sla(calendars=(LONDON, BERLIN), default_region="UK", signals=SIGNALS)
    return rules(sla=sla, escalation=EscalationRules(rules=of))


def escalated(
    *of: EscalationRule, text: str = "It caught fire.", now: datetime = FRIDAY, **fields: Any
) -> Escalation:
    situation = Situation(text=text, now=now, region="UK", **fields)
    return assess(company(*of), situation, in_words)


ON_CALL: dict[str, Any] = {"around_the_clock": True, "on_call": NIGHT_DUTY}


@pytest.mark.parametrize(
    ("now", "role", "due"),
    [
        (FRIDAY, "officer on duty", FRIDAY + timedelta(hours=1)),
        (CLOSING - timedelta(seconds=1), "officer on duty",
         CLOSING + timedelta(minutes=59, seconds=59)),
        (CLOSING, "officer on call", CLOSING + timedelta(hours=1)),
        (SATURDAY, "officer on call", SATURDAY + timedelta(hours=1)),
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), "officer on call",
         datetime(2026, 11, 23, 9, 59, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "officer on duty",
         datetime(2026, 11, 23, 10, 0, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_outside_business_hours_whoever_is_on_call_takes_over_and_the_clock_runs_on(
    now: datetime, role: str, due: datetime
) -> None:
    found = escalated(a_rule(**ON_CALL), now=now)
    assert found.path is not None
    assert found.path.role == role
    assert found.path.on_call == (role == "officer on call")
    assert found.deadline == found.hears_by == due


def test_the_path_says_why_it_is_the_one_on_call() -> None:
    found = escalated(a_rule(**ON_CALL), now=SATURDAY)
    assert found.path is not None
    assert found.path.reason == (
        "on call, since 2026-11-21 03:00 (Europe/London) is outside business hours"
    )
    usual = escalated(a_rule(**ON_CALL))
    assert usual.path is not None
    assert usual.path.reason == ""


def test_without_anybody_on_call_it_waits_for_business_hours() -> None:
    found = escalated(a_rule(), now=SATURDAY)
    assert found.path is not None
    assert (found.path.role, found.path.on_call) == ("officer on duty", False)
    assert found.deadline == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_a_team_that_is_always_there_needs_nobody_on_call() -> None:
    found = escalated(a_rule(around_the_clock=True), now=SATURDAY)
    assert found.path is not None
    assert (found.path.role, found.path.on_call) == ("officer on duty", False)
    assert found.deadline == SATURDAY + timedelta(hours=1)


@given(
    minutes=st.integers(0, 14 * 24 * 60),
    later=st.integers(0, 3 * 24 * 60),
    hours=st.decimals(min_value="0.25", max_value="40", places=2),
    around_the_clock=st.booleans(),
)
def test_whoever_writes_later_is_never_due_earlier(
    minutes: int, later: int, hours: Decimal, *, around_the_clock: bool
) -> None:
    rule = a_rule(within_hours=hours, around_the_clock=around_the_clock)
    first = FRIDAY + timedelta(minutes=minutes)
    then = first + timedelta(minutes=later)
    due = [escalated(rule, now=now).deadline for now in (first, then)]
    assert due[0] is not None
    assert due[1] is not None
    assert first < due[0] <= due[1]


@given(minutes=st.integers(0, 14 * 24 * 60), hours=st.integers(1, 40))
def test_around_the_clock_is_never_later_than_business_hours(minutes: int, hours: int) -> None:
    now = FRIDAY + timedelta(minutes=minutes)
    always, office = (
        escalated(a_rule(within_hours=hours, around_the_clock=clock), now=now).deadline
        for clock in (True, False)
    )
    assert always is not None
    assert office is not None
    assert always == now + timedelta(hours=hours)
    assert always <= office


WELFARE = SignalRoute(
    team="Wellbeing", role="welfare lead", customer_notice="You hear from {team} by {when}.",
    decision_requested="Decide who calls.",
)  # fmt: skip


def test_a_signal_sends_the_case_to_the_desk_that_can_help() -> None:
    rule = a_rule(routes={"despair": WELFARE}, decision_requested="Decide on the device.")
    found = escalated(rule, text="I feel suicidal.")
    assert found.path is not None
    assert (found.path.team, found.path.role) == ("Wellbeing", "welfare lead")
    assert found.customer_notice == (
        "You hear from Wellbeing by Friday 20 November 2026, 11:00 (London time)."
    )
    assert "Decision requested: Decide who calls." in found.internal_notice
    assert "Concerns as well" not in found.internal_notice
    device = escalated(rule)
    assert device.path is not None
    assert device.path.team == "Safety"
    assert "Decision requested: Decide on the device." in device.internal_notice


def test_a_route_without_a_decision_of_its_own_asks_for_the_rules() -> None:
    plain = WELFARE.model_copy(update={"decision_requested": ""})
    rule = a_rule(routes={"despair": plain}, decision_requested="Decide on the device.")
    notice = escalated(rule, text="I feel suicidal.").internal_notice
    assert "Decision requested: Decide on the device." in notice


def test_a_danger_beside_the_signal_concerns_the_rules_own_team_as_well() -> None:
    rule = a_rule(routes={"despair": WELFARE})
    found = escalated(rule, text="My plug caught fire and I feel suicidal.")
    assert found.path is not None
    assert found.path.team == "Wellbeing"
    assert "Concerns as well: Safety, officer on duty" in found.internal_notice


def test_the_first_route_in_the_companys_order_is_taken() -> None:
    frail = WELFARE.model_copy(update={"team": "Care at Home"})
    text = "I feel suicidal and have a newborn."
    for routes, team in (
        ({"despair": WELFARE, "frail": frail}, "Wellbeing"),
        ({"frail": frail, "despair": WELFARE}, "Care at Home"),
    ):
        found = escalated(a_rule(routes=routes), text=text)
        assert found.path is not None
        assert found.path.team == team


def test_a_look_alike_of_the_signal_takes_no_route() -> None:
    text = "It caught fire beside the newborn kitten."
    found = escalated(a_rule(routes={"frail": WELFARE}), text=text)
    assert found.path is not None
    assert found.path.team == "Safety"


def test_only_a_route_that_says_so_keeps_everything_else_out_of_the_reply() -> None:
    alone = WELFARE.model_copy(update={"alone": True})
    for route, text, expected in (
        (alone, "I feel suicidal.", True),
        (WELFARE, "I feel suicidal.", False),
        (alone, "It caught fire.", False),
        (alone, "It caught fire, I feel suicidal.", False),
    ):
        assert escalated(a_rule(routes={"despair": route}), text=text).alone is expected


def test_a_signal_noticed_elsewhere_takes_its_route_too() -> None:
    found = escalated(
        a_rule(routes={"despair": WELFARE}),
        text="It caught fire.",
        signals=({"name": "despair", "span": "fire"},),
    )
    assert found.path is not None
    assert found.path.team == "Wellbeing"


def test_at_night_a_route_has_its_own_person_on_call_and_never_the_rules() -> None:
    own = WELFARE.model_copy(update={"on_call": Route(team="Wellbeing", role="lead on call")})
    for route, role, on_call in ((own, "lead on call", True), (WELFARE, "welfare lead", False)):
        rule = a_rule(routes={"despair": route}, **ON_CALL)
        found = escalated(rule, text="I feel suicidal.", now=SATURDAY)
        assert found.path is not None
        assert (found.path.role, found.path.on_call) == (role, on_call)
        assert found.deadline == SATURDAY + timedelta(hours=1)


COLD = PairedPhrases(
    phrases=("no heating", "house is freezing"),
    signals=("frail",),
    not_phrases=("no heating costs",),
)


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("We have no heating.", None),
        ("The house is freezing.", None),
        ("We have a newborn.", None),
        ("We have no heating and a newborn.",
         "We have no heating and a newborn. — and “newborn”"),
        ("My elderly father says that his house is freezing.",
         "My elderly father says that his house is freezing. — and “elderly”"),
        ("With a newborn there are no heating costs yet.", None),
        ("We have no heating and a newborn kitten.", None),
    ],
)  # fmt: skip
def test_some_words_are_a_danger_only_beside_a_signal(text: str, evidence: str | None) -> None:
    found = escalated(a_rule(paired=(COLD,)), text=text)
    assert [t.evidence for t in found.triggers] == ([evidence] if evidence else [])


def test_what_a_rule_says_by_itself_comes_before_what_needs_a_signal() -> None:
    found = escalated(a_rule(paired=(COLD,)), text="No heating, a newborn, and it caught fire.")
    assert found.triggers[0].evidence == "No heating, a newborn, and it caught fire."


def priority_with(**clocks: Any) -> Priority:
    due = {"first_response_due": FRIDAY - timedelta(hours=1), "first_response": "met"}
    hours = {"first_response_hours": 1, "resolution_hours": 8}
    given_ = {"resolution_due": FRIDAY + timedelta(minutes=30)} | due | hours
    return Priority(
        level="P2", impact="medium", urgency="high", reasons=("a reason",),
        clocks=Clocks.model_validate(given_ | clocks),
    )  # fmt: skip


def sla_rule(**fields: Any) -> EscalationRule:
    return a_rule("sla", within_hours=2, phrases=("waiting for weeks",), **fields)


def test_a_breach_ahead_is_escalated_with_the_clock_as_its_deadline() -> None:
    soon = priority_with(resolution_warning=FRIDAY - timedelta(hours=1))
    found = escalated(sla_rule(), text="Hello", priority=soon)
    (trigger,) = found.triggers
    assert trigger.code == "sla"
    assert "is due" in trigger.evidence
    assert found.deadline == FRIDAY + timedelta(minutes=30)


def test_the_customer_is_told_the_rules_hours_and_not_a_clock_with_minutes_left() -> None:
    soon = priority_with(
        resolution_warning=FRIDAY - timedelta(hours=1), resolution_due=FRIDAY + timedelta(minutes=2)
    )
    found = escalated(sla_rule(), text="Hello", priority=soon)
    assert found.deadline == FRIDAY + timedelta(minutes=2)
    assert found.hears_by == FRIDAY + timedelta(hours=2)
    assert "by Friday 20 November 2026, 12:00 (London time)" in found.customer_notice


@pytest.mark.parametrize(
    ("clocks", "due"),
    [
        ({}, FRIDAY + timedelta(minutes=30)),
        ({"resolution": "paused"}, FRIDAY + timedelta(hours=2)),
        ({"resolution": "met"}, FRIDAY + timedelta(hours=2)),
        ({"resolution_met": FRIDAY}, FRIDAY + timedelta(hours=2)),
        ({"resolution_due": FRIDAY}, FRIDAY + timedelta(hours=2)),
        ({"resolution_due": FRIDAY - timedelta(hours=3)}, FRIDAY + timedelta(hours=2)),
        ({"resolution_due": FRIDAY + timedelta(hours=3)}, FRIDAY + timedelta(hours=2)),
        ({"first_response": "running", "first_response_due": FRIDAY + timedelta(minutes=5)},
         FRIDAY + timedelta(minutes=5)),
        ({"first_response": "running", "first_response_met": FRIDAY,
          "first_response_due": FRIDAY + timedelta(minutes=5)}, FRIDAY + timedelta(minutes=30)),
    ],
)  # fmt: skip
def test_only_an_open_clock_sets_the_deadline(clocks: dict[str, Any], due: datetime) -> None:
    found = escalated(sla_rule(), text="I am waiting for weeks.", priority=priority_with(**clocks))
    assert found.deadline == due


def test_clocks_set_no_deadline_for_what_is_no_matter_of_time() -> None:
    found = escalated(a_rule(), priority=priority_with())
    assert found.deadline == FRIDAY + timedelta(hours=1)


def test_the_shortest_of_all_triggered_rules_counts_and_the_first_leads() -> None:
    slow = a_rule("legal", team="Legal", within_hours=8, phrases=("my lawyer",))
    text = "It caught fire, and my lawyer knows."
    found = escalated(slow, a_rule(), text=text)
    assert found.path is not None
    assert found.path.team == "Legal"
    assert found.deadline == found.hears_by == FRIDAY + timedelta(hours=1)


@pytest.mark.parametrize(("region", "due"), [("UK", 10), ("EU", 9), (None, 10), ("US", 10)])
def test_hours_are_those_of_the_customers_region(region: str | None, due: int) -> None:
    situation = Situation(text="It caught fire.", now=SATURDAY, region=region)
    found = assess(company(a_rule()), situation, in_words)
    assert found.deadline == datetime(2026, 11, 23, due, 0, tzinfo=UTC)


def test_a_time_without_a_zone_is_utc() -> None:
    found = escalated(a_rule(**ON_CALL), now=SATURDAY.replace(tzinfo=None))
    assert found.deadline == SATURDAY + timedelta(hours=1)
