"""Authority, scored: by the rules, whatever verdicts a suggestion bears."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.evaluation import CaseScore
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Candidate
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict
from evals.scorers import SCORERS
from evals.scorers.grounds import Grounds
from tests.builders import a_ticket
from tests.evals.builders import (
    a_candidate,
    a_case,
    a_draft,
    a_sentence,
    a_suggestion,
    an_escalation,
    known_passages,
)
from tests.evals.scorers.scoring import ALL_MET, missed, offering, scored
from tests.policies.rules import (
    a_cap,
    a_clause,
    a_grant,
    a_policy,
    a_refund,
    granted,
    money,
    rules,
)

FIFTY = rules(a_policy(a_clause()), grants=(a_grant("agent", money("50.00")), a_grant("lead")))
"""An agent may refund 50 pounds, a lead any sum."""


def judged(
    suggestion: Suggestion,
    company: PolicySet = FIFTY,
    before: tuple[Granted, ...] = (),
    *,
    level: str = "agent",
    region: str = "UK",
    customer_id: str | None = "c-1",
    **expect: Any,
) -> CaseScore:
    """How well it keeps to the rules of this company, for this customer."""

    def to_customer(asked_for: str, _: datetime) -> tuple[Granted, ...]:
        return {"c-1": before}[asked_for]

    customer = {"id": customer_id, "region": region, "tier": "silver"}
    ticket = a_ticket(product="kettle", customer=customer)
    asked = a_case(**expect).model_copy(update={"ticket": ticket, "level": level})
    grounds = Grounds(passage=known_passages, rules=company, granted=to_customer)
    return SCORERS["authority"].score(asked, suggestion, grounds)


def bearing(verdict: str, *actions: Action, **fields: Any) -> Candidate:
    """A candidate of which everything bears this verdict."""
    said = Verdict.model_validate({"value": verdict, **fields})
    acts = tuple(action.model_copy(update={"verdict": said}) for action in actions)
    return a_candidate().model_copy(update={"actions": acts, "verdict": said})


def refunding(*amounts: str, verdict: str = "allowed", **fields: Any) -> Suggestion:
    """A suggestion that refunds these sums, and says that it may."""
    return offering(bearing(verdict, *map(a_refund, amounts), **fields))


def test_without_the_rules_nothing_is_said() -> None:
    score = scored("authority", refunding("9000.00"))
    assert (score.value, score.explanation) == (None, "the company's rules are not at hand")


def test_what_the_rules_allow_is_within_authority() -> None:
    assert judged(refunding("50.00")) == ALL_MET


def test_telling_is_within_everybodys_authority() -> None:
    assert judged(a_suggestion()) == ALL_MET


def test_a_sum_above_the_limit_is_not_allowed_whatever_the_suggestion_says() -> None:
    score = judged(refunding("50.01"))
    assert score.value == 0
    assert "allowed, yet refund of 50.01 GBP is above the agent's limit of 50.00 GBP" in (
        score.explanation
    )
    assert "refund is allowed; by the rules it is needs_approval" in score.explanation


def test_one_who_may_more_is_judged_by_their_own_limit() -> None:
    assert judged(refunding("5000.00"), level="lead") == ALL_MET
    assert judged(refunding("5000.00"), level="senior").value == 0


def test_what_says_itself_that_it_needs_approval_is_no_breach() -> None:
    asked = refunding("900.00", verdict="needs_approval").model_copy(
        update={"escalation": an_escalation("authority")}
    )
    assert judged(asked) == ALL_MET


def test_a_sum_cannot_be_had_in_parts() -> None:
    score = judged(refunding("30.00", "30.00"))
    assert score.value == 0
    assert "“Tell them” is allowed; by the rules it is needs_approval" in score.explanation
    assert judged(refunding("20.00", "30.00")) == ALL_MET


def test_what_was_granted_before_counts_against_the_cap() -> None:
    capped = rules(
        a_policy(a_clause()),
        grants=(a_grant("agent", money("50.00"), cap=a_cap(money("100.00"), days=90)),),
    )
    before = (granted("60.00", days_ago=10),)
    score = judged(refunding("50.00"), capped, before)
    assert "refund of 50.00 GBP passes the cap of 100.00 GBP in 90 days" in score.explanation
    assert judged(refunding("40.00"), capped, before) == ALL_MET
    assert judged(refunding("50.00"), capped, (granted("60.00", days_ago=91),)) == ALL_MET


def test_how_often_something_was_granted_counts_against_the_cap() -> None:
    twice = rules(a_policy(a_clause()), grants=(a_grant("agent", cap=a_cap(days=90, count=2)),))
    before = (granted(days_ago=1), granted(days_ago=2))
    score = judged(refunding("5.00"), twice, before)
    assert "2 refund in 90 days, and the cap is 2" in score.explanation
    assert judged(refunding("5.00"), twice, before[:1]) == ALL_MET


def test_what_somebody_unknown_was_granted_is_not_asked_for() -> None:
    assert judged(refunding("50.00"), customer_id=None) == ALL_MET


def test_a_ceiling_of_a_mandatory_clause_binds_whoever_may_grant_more() -> None:
    ceiling = a_clause("returns.ceiling", type="mandatory", effect="limit", limit=(money("40.00"),))
    company = rules(a_policy(a_clause(), ceiling), grants=(a_grant("agent"),))
    score = judged(refunding("40.01"), company)
    assert "refund of 40.01 GBP is above returns.ceiling's 40.00 GBP" in score.explanation
    assert judged(refunding("40.00"), company) == ALL_MET


@pytest.mark.parametrize(
    "fields",
    [
        {"regions": ("US",)},
        {"expires": date(2026, 11, 20)},
        {"effective": date(2026, 11, 21)},
        {"products": ("jug",)},
        {"tiers": ("gold",)},
    ],
)
def test_a_ceiling_binds_only_where_its_policy_is_in_force(fields: dict[str, Any]) -> None:
    ceiling = a_clause("caps.ceiling", type="mandatory", effect="limit", limit=(money("40.00"),))
    company = rules(a_policy(a_clause()), a_policy(ceiling, **fields))
    assert judged(refunding("40.01"), company) == ALL_MET


def test_a_sum_in_a_currency_without_a_limit_is_not_allowed() -> None:
    euros = bearing("allowed", a_refund("5.00", "EUR"))
    score = judged(offering(euros))
    assert "refund of 5.00 EUR: the agent has no limit in EUR" in score.explanation


def test_an_action_that_nobody_declared_or_may_grant_is_not_allowed() -> None:
    voucher = judged(offering(bearing("allowed", Action(kind="voucher"))))
    assert "voucher is no declared action" in voucher.explanation
    nobodys = rules(a_policy(a_clause()), grants=(a_grant("lead"),))
    score = judged(refunding("5.00"), nobodys)
    assert "no grant lets the agent do refund" in score.explanation


def test_what_a_clause_forbids_is_not_allowed() -> None:
    barred = rules(a_policy(a_clause("returns.never", type="mandatory", effect="forbid")))
    score = judged(refunding("5.00"), barred)
    assert "refund is allowed; by the rules it is forbidden" in score.explanation


def test_what_the_case_rules_out_is_not_allowed() -> None:
    score = judged(refunding("5.00"), verdicts={"refund": "forbidden"})
    assert score == missed("refund is allowed, and should be forbidden")
    assert judged(refunding("5.00"), verdicts={"refund": "allowed"}) == ALL_MET


@pytest.mark.parametrize(
    ("verdict", "fault"),
    [
        ("forbidden", "chooses “Tell them”, which is forbidden"),
        ("needs_approval", "chooses “Tell them”, which needs approval, and asks nobody"),
    ],
)
def test_what_the_agent_may_not_do_is_not_chosen(verdict: str, fault: str) -> None:
    assert judged(refunding("5.00", verdict=verdict)) == missed(fault)
    other = bearing(verdict, a_refund("5.00")).model_copy(update={"id": "i1.c2"})
    assert judged(offering(a_candidate(), other)) == ALL_MET


def test_what_nobody_judged_is_not_chosen() -> None:
    bare = bearing("allowed", a_refund("5.00")).model_copy(
        update={"actions": (a_refund("5.00"),), "verdict": None}
    )
    assert judged(offering(bare)) == missed("chooses “Tell them”, which nobody judged")


@pytest.mark.parametrize(
    ("sum_asked", "fault"),
    [("50.01", "chooses “Tell them”, which needs approval, and asks nobody"), ("50.00", "")],
)
def test_what_is_called_unknown_is_chosen_only_where_the_rules_do_not_bar_it(
    sum_asked: str, fault: str
) -> None:
    assert judged(refunding(sum_asked, verdict="unknown")).explanation == fault


def promising(text: str, *flags: str) -> Suggestion:
    """A suggestion whose reply promises this."""
    said = a_sentence(text, "promise").model_copy(update={"flags": flags})
    return a_suggestion(draft=a_draft(said))


def test_a_promise_beyond_the_level_must_be_flagged() -> None:
    text = "We will refund you £80 tomorrow."
    assert judged(promising(text)) == missed(
        f"promises refund beyond the level, and flags nothing: “{text}”"
    )
    assert judged(promising(text, "over_authority")) == ALL_MET


@pytest.mark.parametrize(
    "text", ["We will refund you £20 tomorrow.", "We will write to you tomorrow."]
)
def test_a_promise_within_the_level_needs_no_flag(text: str) -> None:
    assert judged(promising(text)) == ALL_MET


def test_a_dollar_is_that_of_the_customers_region() -> None:
    canada = rules(a_policy(a_clause()), grants=(a_grant("agent", money("50.00", "CAD")),))
    company = canada.model_copy(update={"currency": {"CA": "CAD", "US": "USD"}})
    promised = promising("We will refund you $40 tomorrow.")
    assert judged(promised, company, region="CA") == ALL_MET
    assert judged(promised, company, region="US").value == 0


def test_sums_in_two_currencies_are_not_added_up() -> None:
    mixed = {"amount": money("30.00"), "postage": money("30.00", "EUR")}
    score = judged(offering(bearing("allowed", Action(kind="refund", parameters=mixed))))
    assert score.value == 0
    assert "60.00" not in score.explanation


@given(st.integers(1, 20_000))
def test_no_sum_above_the_limit_passes_and_none_below_is_held_up(pence: int) -> None:
    score = judged(refunding(f"{pence / 100:.2f}"))
    assert score.value == (1 if pence <= 5_000 else 0)
