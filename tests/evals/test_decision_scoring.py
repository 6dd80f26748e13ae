"""Scoring decisions: what each scorer holds right and wrong."""

from dataclasses import replace

import pytest

from assist.domain.base import Money
from assist.domain.evaluation import CaseScore
from assist.domain.solution import Action
from evals.decisions.cases import DecisionCase
from evals.decisions.company import Company, read_company
from evals.decisions.judging import Judged
from evals.decisions.scoring import DECISION_SCORERS
from evals.scorers.scorer import UNSCORED
from tests.evals.decision_builders import CRACKED, DATA, LIMIT, WINDOW, expecting, said


@pytest.fixture(scope="module")
def shop() -> Company:
    """The small company that the cases of these tests are about."""
    return read_company(DATA / "shop")


def scored(scorer: str, case: DecisionCase, answer: Judged, shop: Company) -> CaseScore:
    return DECISION_SCORERS[scorer].score(case, answer, shop)


def test_a_verdict_is_right_or_wrong(shop: Company) -> None:
    case = expecting()
    assert scored("verdict", case, said(), shop).value == 1
    wrong = scored("verdict", case, said(value="needs_approval", level="lead"), shop)
    assert (wrong.value, wrong.explanation) == (0, "needs_approval by lead, expected allowed")


def test_a_level_is_right_only_where_approval_is_needed(shop: Company) -> None:
    case = expecting(verdict="needs_approval", level="lead")
    assert scored("level", case, said(value="needs_approval", level="lead"), shop).value == 1
    other = scored("level", case, said(value="needs_approval", level="agent"), shop)
    assert (other.value, other.explanation) == (
        0,
        "needs_approval by agent, expected approval by lead",
    )
    assert scored("level", case, said(value="allowed", level="lead"), shop).value == 0
    assert scored("level", expecting(), said(), shop) == UNSCORED


def test_the_facts_asked_for_are_scored_by_their_share(shop: Company) -> None:
    case = expecting(verdict="unknown", facts=["jug.cracked", "order.delivered_at"])
    asked = said(value="unknown", facts=("order.delivered_at", "jug.cracked", "customer.region"))
    assert scored("facts", case, asked, shop).value == 1
    half = scored("facts", case, said(value="unknown", facts=("jug.cracked",)), shop)
    assert (half.value, half.explanation) == (0.5, "order.delivered_at is not asked for")
    assert scored("facts", expecting(), said(), shop) == UNSCORED


@pytest.mark.parametrize(
    ("sentence", "clauses", "share"),
    [
        (WINDOW, ("returns.window",), 1),
        ("A jug can be\n  returned within 14 days", ("returns.window",), 1),
        (f"{WINDOW} After 14 days no money goes back.", ("returns.late",), 1),
        (WINDOW, ("returns.late", "returns.cracked"), 0),
        (WINDOW, (), 0),
        ([WINDOW, CRACKED], ("returns.window",), 0.5),
        ([WINDOW, CRACKED], ("returns.cracked", "returns.window"), 1),
    ],
)
def test_a_sentence_is_named_by_the_clause_that_stands_for_it(
    shop: Company, sentence: str | list[str], clauses: tuple[str, ...], share: float
) -> None:
    score = scored("clause", expecting(sentence=sentence), said(clauses=clauses), shop)
    assert score.value == share
    assert (score.explanation == "") == (share == 1)


def test_a_sentence_of_another_policy_is_not_named(shop: Company) -> None:
    case = expecting(sentence=WINDOW, policy="authority")
    assert scored("clause", case, said(clauses=("returns.window",)), shop).value == 0


@pytest.mark.parametrize(
    ("line", "share"),
    [
        ("20.01 GBP > 20.00 GBP, the agent's limit for refund", 1),
        ("19.00 GBP <= 20.00 GBP, the agent's limit for refund", 1),
        ("26.00 USD > 25.00 USD, the agent's limit for refund", 1),
        ("20.00 GBP <= 30.00 GBP, the agent's limit for refund", 0),
        ("20.01 USD > 20.00 USD, the agent's limit for refund", 0),
        ("order.delivered_at is 2026-03-01: 20 days before 2026-03-21", 0),
    ],
)
def test_a_limit_is_named_by_the_sum_it_is_compared_with(
    shop: Company, line: str, share: float
) -> None:
    score = scored("clause", expecting(sentence=LIMIT), said(arithmetic=(line,)), shop)
    assert score.value == share


@pytest.mark.parametrize(
    ("line", "share"),
    [
        ("2 granted in the last 90 days + 1 = 3 > 2, the agent's cap for filter", 1),
        ("0 granted in the last 90 days + 1 = 1 <= 2, the agent's cap for filter", 1),
        ("2 granted in the last 90 days + 1 = 3 > 1, the agent's cap for filter", 0),
    ],
)
def test_a_cap_is_named_by_the_number_it_is_compared_with(
    shop: Company, line: str, share: float
) -> None:
    sentence = "An agent sends two filters within 90 days."
    page = replace(shop, prose={**shop.prose, "authority": sentence})
    score = scored("clause", expecting(sentence=sentence), said(arithmetic=(line,)), page)
    assert score.value == share


def test_a_sentence_that_only_explains_is_not_scored(shop: Company) -> None:
    case = expecting(sentence="The day on which the customer wrote decides.")
    assert scored("clause", case, said(), shop) == UNSCORED


def test_beside_a_sentence_that_only_explains_the_one_with_a_clause_counts(shop: Company) -> None:
    case = expecting(sentence=[WINDOW, "The day on which the customer wrote decides."])
    assert scored("clause", case, said(clauses=("returns.window",)), shop).value == 1
    assert scored("clause", case, said(clauses=("returns.late",)), shop).value == 0


def test_a_sentence_about_a_level_is_named_by_the_level_that_decides(shop: Company) -> None:
    case = expecting(sentence="Only the lead repairs a jug.")
    assert scored("clause", case, said(value="needs_approval", level="lead"), shop).value == 1
    assert scored("clause", case, said(), shop).value == 0


def test_an_alternative_is_right_in_kind_and_where_it_is_stated_in_amount(shop: Company) -> None:
    pounds = Money.model_validate({"amount": "20.0", "currency": "GBP"})
    less = Action(kind="refund", parameters={"amount": pounds})
    kind_only = expecting(verdict="forbidden", alternative={"kind": "refund"})
    stated = {"kind": "refund", "amount": {"amount": "20.00", "currency": "GBP"}}
    whole = expecting(verdict="forbidden", alternative=stated)
    assert scored("alternative", kind_only, said(less), shop).value == 1
    assert scored("alternative", whole, said(less), shop).value == 1
    wrong = scored("alternative", whole, said(Action(kind="refund")), shop)
    assert (wrong.value, wrong.explanation) == (0, "refund, expected refund of 20.00 GBP")
    assert scored("alternative", kind_only, said(Action(kind="filter")), shop).value == 0
    assert scored("alternative", expecting(), said(less), shop) == UNSCORED
