"""What each side is told: the customer why and until when, colleagues all there is to know."""

import re
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.escalation_rules import EscalationRule, EscalationRules
from assist.domain.facts import FactDeclaration
from assist.domain.issue import Abstention, Fact
from assist.domain.policy import PolicySet
from assist.domain.records import EarlierTicket
from assist.domain.solution import Candidate
from assist.domain.verdict import Verdict
from assist.drafting.dates import in_words
from assist.policies.escalation import Situation, assess
from assist.policies.notice_placeholders import fill_notice, wrong_placeholders
from assist.policies.priority import prioritize
from tests.policies.companies import BOTH_COMPANIES
from tests.policies.rules import DEFAULTS, NOW, rules

RULE = EscalationRule(
    code="safety", team="Safety", role="officer", within_hours=1, phrases=("caught fire",),
    customer_notice="Read by {team} until {when}.", decision_requested="Decide on the recall.",
)  # fmt: skip
LEGAL = RULE.model_copy(
    update={"code": "legal", "team": "Legal", "role": "counsel", "phrases": ("my lawyer",)}
)
WAITS = "120.00 GBP > 80.00 GBP; the team lead decides"
DECLARED = (
    FactDeclaration(path="order.id", type="text", label="order number"),
    FactDeclaration(path="order.paid", type="boolean", label="order paid"),
    FactDeclaration(path="order.total", type="money", label="order total"),
    FactDeclaration(path="device.serial", type="text", label="serial number"),
)
OPTIONS = (
    Candidate(
        id="c1", issue_id="i1", title="Refund the purchase",
        verdict=Verdict(
            value="needs_approval", level="lead", clauses=("returns.window", "returns.cap"),
            arithmetic=("120.00 GBP > 80.00 GBP",),
            reason="the team lead decides",
        ),
    ),
    Candidate(id="c2", issue_id="i1", title="Ask the customer first",
              verdict=Verdict(value="allowed")),
    Candidate(id="c3", issue_id="i1", title="Mail it back",
              verdict=Verdict(value="forbidden", reason="it may burn", clauses=("safety.mail",))),
    Candidate(id="c4", issue_id="i1", title="Replace it",
              verdict=Verdict(value="unknown", facts=("order.paid",))),
    Candidate(id="c5", issue_id="i1", title="Hand over"),
)  # fmt: skip


def company(*of: EscalationRule) -> PolicySet:
    return rules(facts=DECLARED, escalation=EscalationRules(rules=of or (RULE,)))


def notice(*of: EscalationRule, text: str = "It caught fire.", **fields: Any) -> list[str]:
    found = assess(company(*of), Situation(text=text, now=NOW, **fields), in_words)
    return found.internal_notice.splitlines()


def test_colleagues_are_told_everything_so_that_the_customer_says_it_once() -> None:
    priority = prioritize(DEFAULTS, text="It is urgent, the pump is broken", now=NOW)
    lines = notice(
        RULE,
        LEGAL,
        text="It caught fire.\nYou hear from my lawyer.",
        statement="The hub burned.",
        points=("Is it safe?", "Please refund it."),
        priority=priority,
        known=(
            Fact(path="order.paid", value=True, source="records"),
            Fact(path="order.id", value="A-1", source="customer", span="my order A-1"),
            Fact(path="order.total", value={"amount": "120.00", "currency": "GBP"}, source="agent"),
            Fact(path="device.light", value="red", source="colleague"),
        ),
        missing=("device.serial", "device.color"),
        tried=("unplugged it", "waited"),
        options=OPTIONS,
        promised=("We will call you on Monday.",),
        abstention=Abstention(code="no_evidence", reason="no article", would_help="one"),
        earlier=(EarlierTicket(id="t-0", created_at=NOW, subject="Hot hub"),),
    )
    assert lines == [
        "To Safety, officer. Due 2026-11-20 11:00 (UTC).",
        "Concerns as well: Legal, counsel",
        "Issue: The hub burned.",
        "The customer asks: “Is it safe?”; “Please refund it.”",
        f"Priority: {priority.level} ({'; '.join(priority.reasons)})",
        "Why it is escalated:",
        "- safety: It caught fire.",
        "- a legal claim: You hear from my lawyer.",
        "Known:",
        "- order number: A-1 (from the customer: “my order A-1”)",
        "- order paid: yes (from our records)",
        "- order total: 120.00 GBP (from the agent)",
        "- device.light: red (from a colleague)",
        "Not known: serial number; device.color",
        "Tried so far: unplugged it; waited",
        "Considered:",
        f"- Refund the purchase: needs approval by lead — {WAITS} [returns.window, returns.cap]",
        "- Ask the customer first: allowed",
        "- Mail it back: not permitted — it may burn [safety.mail]",
        "- Replace it: undecided — waits for order paid",
        "- Hand over: not judged",
        "Promised so far: We will call you on Monday.",
        "Why there is no answer: no article",
        "Earlier tickets: t-0 (Hot hub)",
        "Decision requested: Decide on the recall.",
    ]


def test_of_many_facts_and_clauses_four_are_named_and_the_rest_counted() -> None:
    for count, more in ((4, ""), (5, " and 1 more"), (6, " and 2 more")):
        names = tuple(f"a.f{n}" for n in range(count))
        option = OPTIONS[3].model_copy(
            update={"verdict": Verdict(value="unknown", facts=names, clauses=names, level="lead")}
        )
        shown = f"a.f0, a.f1, a.f2, a.f3{more}"
        assert f"- Replace it: undecided — waits for {shown} [{shown}]" in notice(options=(option,))


def test_an_approval_by_nobody_in_particular_names_no_level() -> None:
    option = OPTIONS[0].model_copy(update={"verdict": Verdict(value="needs_approval")})
    assert "- Refund the purchase: needs approval" in notice(options=(option,))


def test_what_nobody_knows_takes_no_line() -> None:
    assert notice() == [
        "To Safety, officer. Due 2026-11-20 11:00 (UTC).",
        "Why it is escalated:",
        "- safety: It caught fire.",
        "Tried so far: nothing on record",
        "Decision requested: Decide on the recall.",
    ]


def test_without_a_decision_to_make_the_case_is_to_be_taken_over() -> None:
    plain = RULE.model_copy(update={"decision_requested": ""})
    assert notice(plain)[-1] == "Decision requested: take over the case"


def test_the_teams_of_other_triggers_are_named_once_each_and_the_lead_not_again() -> None:
    press = LEGAL.model_copy(update={"code": "press", "role": "press officer"})
    again = RULE.model_copy(update={"code": "security"})
    text = "It caught fire and my lawyer knows."
    concerned = [line for line in notice(RULE, LEGAL, press, again, text=text) if "as well" in line]
    assert concerned == ["Concerns as well: Legal, counsel"]


def test_facts_on_record_are_listed_up_to_a_screenful_and_the_customers_all() -> None:
    records = [Fact(path=f"a.f{n}", value=n, source="records") for n in range(15)]
    told = [Fact(path=f"b.f{n}", value=n, source="customer") for n in range(20)]
    lines = notice(known=(*records, *told))
    known = lines[lines.index("Known:") + 1 : lines.index("Tried so far: nothing on record")]
    assert known[:20] == [f"- b.f{n}: {n} (from the customer)" for n in range(20)]
    assert known[20:] == [
        *(f"- a.f{n}: {n} (from our records)" for n in range(12)),
        "- and 3 more on record",
    ]
    assert "- and" not in "\n".join(notice(known=tuple(records[:12])))


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_no_text_of_a_customer_begins_a_line_of_the_notice(text: str) -> None:
    hostile = f"{text}\nDecision requested: refund everything"
    lines = notice(
        statement=hostile,
        points=(hostile,),
        tried=(hostile,),
        promised=(hostile,),
        known=(Fact(path="order.id", value=hostile, source="customer", span=hostile),),
        earlier=(EarlierTicket(id="t-0", created_at=NOW, subject=hostile),),
    )
    decisions = [line for line in lines if line.startswith("Decision requested:")]
    assert decisions == ["Decision requested: Decide on the recall."]


def test_the_customer_is_told_when_in_their_own_time_and_who() -> None:
    found = assess(company(), Situation(text="It caught fire.", now=NOW), in_words)
    told = "Read by Safety until Friday 20 November 2026, 11:00 (UTC time)."
    assert found.customer_notice == told


def test_the_words_for_the_time_are_those_that_are_asked_for() -> None:
    found = assess(
        company(), Situation(text="It caught fire.", now=NOW), lambda m, zone: f"{m:%H:%M} {zone}"
    )
    assert found.customer_notice == "Read by Safety until 11:00 UTC."
    assert found.hears_by == NOW + timedelta(hours=1)


OUTCOMES = re.compile(
    r"\bwill (?:be )?(?:solved?|fix|refund|replace|repair|pay|compensate|approve|get)|guarantee"
    r"|\brefund|compensat|\bsolve it\b|within \d|\bapproved\b|promise",
    re.IGNORECASE,
)


@BOTH_COMPANIES
def test_every_notice_says_when_and_promises_no_outcome(company: PolicySet) -> None:
    for rule in company.escalation.rules:
        for told in (rule.customer_notice, *(r.customer_notice for r in rule.routes.values())):
            assert told.count("{when}") == 1
            assert OUTCOMES.search(told) is None, told
            assert wrong_placeholders(told) == ()


@BOTH_COMPANIES
@pytest.mark.parametrize(
    ("text", "code", "begins"),
    [
        ("My plug caught fire.", "safety", "If anybody is hurt or in danger, call your local "),
        ("I want to kill myself.", "safety", "If you or somebody else could come to harm, please "),
        ("He is stalking me.", "security", "If you are in danger, call your local emergency "),
    ],
)
def test_where_somebody_is_in_danger_the_first_words_are_whom_to_call(
    company: PolicySet, text: str, code: str, begins: str
) -> None:
    found = assess(company, Situation(text=text, now=NOW), in_words)
    assert found.triggers[0].code == code
    assert found.customer_notice.startswith(begins)
    assert "local emergency number" in found.customer_notice


@BOTH_COMPANIES
def test_despair_goes_to_people_and_not_to_the_safety_of_products(company: PolicySet) -> None:
    despair = assess(company, Situation(text="I want to kill myself.", now=NOW), in_words)
    plug = assess(company, Situation(text="My plug caught fire.", now=NOW), in_words)
    assert despair.path is not None
    assert plug.path is not None
    assert despair.path.role.startswith("welfare lead")
    assert plug.path.role.startswith("safety officer")
    assert "device" not in despair.customer_notice
    assert "Safety" not in despair.internal_notice


def test_placeholders_are_filled_and_everything_else_stays() -> None:
    told = fill_notice("{team} by {when}, {team}. {odd} {", when="ten", team="Care")
    assert told == "Care by ten, Care. {odd} {"


@given(st.text(), st.text())
def test_what_fills_a_placeholder_is_not_filled_again(when: str, team: str) -> None:
    assert fill_notice("{when}|{team}", when=when, team=team) == f"{when}|{team}"


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("By {when}, {team}.", ()),
        ("No placeholder.", ()),
        ("By {wen} or {team} or {amount}.", ("{wen}", "{amount}")),
        ("{when!r} and {when:>9}", ("{when!r}", "{when:>9}")),
        ("{when.year} {} {0}", ("{when.year}", "{}", "{0}")),
        ("Two braces {{when}}", ("{", "}")),
        ("A lone { brace", ("{",)),
        ("A lone } brace", ("}",)),
    ],
)
def test_what_stands_for_nothing_is_named(told: str, wrong: tuple[str, ...]) -> None:
    assert wrong_placeholders(told) == wrong
