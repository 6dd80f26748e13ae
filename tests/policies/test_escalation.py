from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from assist.domain.escalation import Escalation
from assist.domain.escalation_rules import EscalationRules, Thresholds
from assist.domain.issue import Abstention
from assist.domain.policy import PolicySet
from assist.domain.records import EarlierTicket
from assist.domain.suggestion import TicketSignal
from assist.domain.verdict import Verdict
from assist.drafting.dates import in_words
from assist.policies.escalation import Situation, assess
from assist.policies.priority import prioritize
from tests.policies.rules import DEFAULTS, NOW, a_clause, a_policy, only_rule, rules

NO_EVIDENCE = Abstention(code="no_evidence", reason="no article covers it", would_help="an article")
WAITING = Verdict(
    value="needs_approval",
    level="lead",
    clauses=("returns.fraud",),
    arithmetic=("120.00 GBP > 80.00 GBP, the agent's limit for refund",),
    reason="decided by the team lead",
)


def escalation(text: str = "Hello", policy_set: PolicySet = DEFAULTS, **fields: Any) -> Escalation:
    return assess(policy_set, Situation(**{"text": text, "now": NOW, **fields}), in_words)


def codes(text: str = "Hello", policy_set: PolicySet = DEFAULTS, **fields: Any) -> list[str]:
    return [trigger.code for trigger in escalation(text, policy_set, **fields).triggers]


def earlier(count: int) -> tuple[EarlierTicket, ...]:
    return tuple(EarlierTicket(id=f"t-{n}", created_at=NOW, subject="Fridge") for n in range(count))


def an_urgent_one() -> Any:
    return prioritize(DEFAULTS, text="It is urgent, the pump is broken", now=NOW)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The toaster caught fire yesterday.", "safety"),
        ("There is smoke coming from the heater, what now", "safety"),
        ("Two guests had an allergic reaction after the dinner.", "safety"),
        ("My account was hacked over night.", "security"),
        ("I see transactions I do not recognize on the card.", "security"),
        ("You will hear from my lawyer.", "legal"),
        ("We are going to sue you over this.", "legal"),
        ("I am a journalist writing about your company.", "press"),
        ("I want to speak to a manager.", "asks_for_person"),
        ("Can I please talk to a real person?", "asks_for_person"),
        ("Please transfer me to a human", "asks_for_person"),
        ("Why can't I speak to your supervisor?", "asks_for_person"),
        ("If I don't get a refund I want you to escalate this.", "asks_for_person"),
        ("It keeps coming back, over and over again.", "repeated_failure"),
        ("You promised to call me back and nobody did, I have been waiting for weeks", "sla"),
    ],
)
def test_what_needs_somebody_else_is_escalated(text: str, code: str) -> None:
    found = escalation(text)
    assert found.needed
    assert code in [trigger.code for trigger in found.triggers]
    assert all(t.evidence in " ".join(text.split()) for t in found.triggers)


@pytest.mark.parametrize(
    "text",
    [
        "How do I reset my password?",
        "The smoke detector beeps once a minute.",
        "Is this a non-smoking room?",
        "Nothing is on fire, I only want to know the price of a stove.",
        "There is no burning smell and there are no sparks.",
        "I don't need to speak to a manager, just tell me the price.",
        "I spoke to a manager yesterday and she was lovely.",
        "I talked to your supervisor about the shelves last week, thank you.",
        "After talking to a manager I ordered two more.",
        "Our manager asked me to order ten chairs.",
        "I need a manager account for the app.",
        "How do I give a manager access to the dashboard?",
        "No legal action is planned, I promise.",
        "Press the button and hold it.",
        "This is my first time here.",
    ],
)
def test_look_alikes_and_denials_are_not_escalated(text: str) -> None:
    assert codes(text) == []


def test_an_angry_customer_with_an_easy_problem_is_answered() -> None:
    furious = "This is ridiculous and unacceptable! I am furious. How do I reset my password?"
    assert codes(furious) == []
    assert codes(furious, earlier=earlier(1)) == ["frustration"]
    assert "frustration" in codes(furious, abstention=NO_EVIDENCE)


def test_a_signal_noticed_elsewhere_counts_as_said() -> None:
    signals = (TicketSignal(name="frustration", span="WHERE IS IT"),)
    found = escalation("WHERE IS IT", signals=signals, earlier=earlier(1))
    assert found.triggers[0].evidence == "WHERE IS IT — and has written before"


def test_having_no_answer_is_escalated_only_where_much_is_at_stake_or_it_was_asked_before() -> None:
    assert codes(abstention=NO_EVIDENCE) == []
    assert codes(abstention=NO_EVIDENCE, earlier=earlier(1)) == ["no_evidence"]
    assert codes(abstention=NO_EVIDENCE, priority=an_urgent_one()) == ["no_evidence"]
    missing = NO_EVIDENCE.model_copy(update={"code": "missing_facts"})
    assert codes(abstention=missing, priority=an_urgent_one()) == []


def test_the_second_repeat_of_a_matter_is_a_pattern() -> None:
    assert codes(earlier=earlier(1)) == []
    found = escalation(earlier=earlier(2))
    assert found.triggers[0].evidence == "2 earlier tickets about this: t-0, t-1"


def test_an_approval_goes_to_the_approver_with_the_arithmetic() -> None:
    (trigger,) = escalation(verdicts=(WAITING,)).triggers
    assert trigger.code == "authority"
    assert trigger.evidence == f"{WAITING.arithmetic[0]}; decided by the team lead"


@pytest.mark.parametrize("value", ["allowed", "unknown", "forbidden"])
def test_only_a_missing_approval_is_a_matter_of_authority(value: str) -> None:
    assert codes(verdicts=(WAITING.model_copy(update={"value": value}),)) == []


def test_nothing_within_authority_is_a_matter_of_authority() -> None:
    beyond = Abstention(code="out_of_authority", reason="beyond all grants", would_help="a lead")
    assert codes(abstention=beyond) == ["authority"]


def test_a_mandatory_clause_that_stops_the_action_is_named_with_its_text() -> None:
    clause = a_clause("returns.fraud", type="mandatory", effect="needs_approval", level="lead")
    policy_set = rules(a_policy(clause), escalation=only_rule("mandatory_clause"))
    (trigger,) = escalation(policy_set=policy_set, verdicts=(WAITING,)).triggers
    assert trigger.evidence == "returns.fraud: The text of returns.fraud."


def test_a_mandatory_clause_may_demand_that_somebody_takes_over() -> None:
    clause = a_clause("returns.call", type="mandatory", actions=("escalate",), when="order.paid")
    policy_set = rules(a_policy(clause), escalation=only_rule("mandatory_clause"))
    assert codes(policy_set=policy_set, facts={"order.paid": True}) == ["mandatory_clause"]
    assert codes(policy_set=policy_set, facts={}) == []


def test_an_overdue_resolution_is_escalated() -> None:
    priority = prioritize(DEFAULTS, text="It is broken", now=NOW)
    assert codes(priority=priority) == []
    assert codes(priority=priority, now=NOW + timedelta(days=30)) == ["sla"]


def test_four_issues_at_once_are_complex_and_three_are_one_reply() -> None:
    assert codes(issues=3) == []
    assert codes(issues=4) == ["complexity"]


def test_the_first_rule_in_the_companys_order_leads_and_the_shortest_time_counts() -> None:
    text = "I want to speak to a manager, the toaster caught fire"
    assert escalation(text).path == escalation("It caught fire").path
    turned = EscalationRules(rules=DEFAULTS.escalation.rules[::-1])
    found = escalation(text, DEFAULTS.model_copy(update={"escalation": turned}))
    assert found.path is not None
    assert found.path.role == "team lead"
    assert found.deadline == NOW + timedelta(hours=1)


def test_the_deadline_is_counted_in_business_hours() -> None:
    saturday = datetime(2026, 11, 21, 12, tzinfo=UTC)
    found = escalation("It caught fire", now=saturday)
    assert found.deadline == datetime(2026, 11, 23, 1, tzinfo=UTC)


def test_a_code_without_a_rule_has_nobody_to_go_to() -> None:
    policy_set = DEFAULTS.model_copy(update={"escalation": only_rule("legal")})
    assert codes("It caught fire", policy_set) == []
    assert escalation("It caught fire", policy_set) == Escalation(needed=False)


def test_evidence_in_a_long_text_is_the_words_around_it() -> None:
    text = "word " * 5000 + "then it caught fire again " + "word " * 5000
    (evidence,) = [t.evidence for t in escalation(text).triggers if t.code == "safety"]
    assert "then it caught fire again" in evidence
    assert len(evidence) < 300
    assert evidence in text


def test_the_date_of_the_case_counts_for_clauses_and_without_one_the_present() -> None:
    clause = a_clause("returns.call", type="mandatory", actions=("escalate",))
    policy = a_policy(clause, expires=date(2026, 11, 20))
    policy_set = rules(policy, escalation=only_rule("mandatory_clause"))
    assert codes(policy_set=policy_set) == []
    assert codes(policy_set=policy_set, on=date(2026, 11, 19)) == ["mandatory_clause"]
    assert codes(policy_set=policy_set, on=date(2026, 11, 20)) == []


def test_a_mandatory_clause_that_forbids_an_escalation_demands_none() -> None:
    clause = a_clause("returns.call", type="mandatory", actions=("escalate",), effect="forbid")
    policy_set = rules(a_policy(clause), escalation=only_rule("mandatory_clause"))
    assert codes(policy_set=policy_set) == []


@pytest.mark.parametrize(
    ("changes", "escalated"),
    [
        ({}, True),
        ({"effect": "forbid"}, True),
        ({"effect": "limit"}, True),
        ({"effect": "allow"}, False),
        ({"effect": "require"}, False),
        ({"type": "standard"}, False),
    ],
)
@pytest.mark.parametrize("value", ["forbidden", "needs_approval"])
def test_only_a_mandatory_clause_that_stops_something_is_a_trigger(
    changes: dict[str, str], value: str, escalated: object
) -> None:
    given = {"type": "mandatory", "effect": "needs_approval", "level": "lead"}
    clause = a_clause("returns.fraud", **given | changes)
    policy_set = rules(a_policy(clause), escalation=only_rule("mandatory_clause"))
    verdict = WAITING.model_copy(update={"value": value})
    assert bool(codes(policy_set=policy_set, verdicts=(verdict,))) is escalated
    within = WAITING.model_copy(update={"value": "allowed"})
    assert codes(policy_set=policy_set, verdicts=(within,)) == []


@pytest.mark.parametrize(
    ("scope", "fields"),
    [
        ({"regions": ("UK",)}, {"region": "UK"}),
        ({"products": ("Hub 2",)}, {"product": "Hub 2"}),
        ({"tiers": ("gold",)}, {"tier": "gold"}),
    ],
)
def test_a_clause_demands_somebody_only_where_its_policy_holds(
    scope: dict[str, tuple[str, ...]], fields: dict[str, str]
) -> None:
    clause = a_clause("returns.call", type="mandatory", actions=("escalate",))
    policy_set = rules(a_policy(clause, **scope), escalation=only_rule("mandatory_clause"))
    (trigger,) = escalation(policy_set=policy_set, **fields).triggers
    assert trigger.evidence == "returns.call: The text of returns.call."
    other = dict.fromkeys(fields, "elsewhere")
    assert codes(policy_set=policy_set, **other) == []


def test_a_clause_on_another_action_or_of_another_type_demands_nobody() -> None:
    for changes in ({"actions": ("refund",)}, {"type": "standard"}):
        clause = a_clause(
            "returns.call", **{"type": "mandatory", "actions": ("escalate",)} | changes
        )
        policy_set = rules(a_policy(clause), escalation=only_rule("mandatory_clause"))
        assert codes(policy_set=policy_set) == []


def with_thresholds(**thresholds: int) -> PolicySet:
    found = DEFAULTS.escalation.model_copy(update={"thresholds": Thresholds(**thresholds)})
    return DEFAULTS.model_copy(update={"escalation": found})


def test_from_which_count_on_something_triggers_is_the_companys_to_say() -> None:
    patient = with_thresholds(repeated=3, contacted_before=2, complex_issues=5)
    assert codes(policy_set=patient, earlier=earlier(2)) == []
    assert codes(policy_set=patient, earlier=earlier(3)) == ["repeated_failure"]
    assert codes("I am furious.", patient, earlier=earlier(1)) == []
    assert codes("I am furious.", patient, earlier=earlier(2)) == ["frustration"]
    assert codes(policy_set=patient, abstention=NO_EVIDENCE, earlier=earlier(1)) == []
    assert codes(policy_set=patient, abstention=NO_EVIDENCE, earlier=earlier(2)) == ["no_evidence"]
    assert codes(policy_set=patient, issues=4) == []
    assert codes(policy_set=patient, issues=5) == ["complexity"]


def test_an_angry_customer_whose_order_number_we_lack_is_asked_for_it() -> None:
    lacking = NO_EVIDENCE.model_copy(update={"code": "missing_facts"})
    assert codes("I am furious, where is it?", abstention=lacking) == []
    for code in ("out_of_authority", "no_evidence", "conflicting_evidence"):
        none = NO_EVIDENCE.model_copy(update={"code": code})
        assert "frustration" in codes("I am furious, where is it?", abstention=none)


@pytest.mark.parametrize(
    "text",
    [
        "Somebody used my card for three orders.",
        "I am the victim of a scam, a man claimed to be from your company.",
        "There is a fraudulent charge on my statement.",
        "I got an invoice for an order I did not place.",
        "A caller is pretending to be you and wants my code.",
    ],
)
def test_fraud_is_a_matter_of_security(text: str) -> None:
    assert "security" in codes(text)
