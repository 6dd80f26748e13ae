from decimal import Decimal

from hypothesis import event, given
from hypothesis import strategies as st

from assist.domain.base import Money
from assist.domain.solution import Action
from assist.policies.alternatives import best_alternative
from assist.policies.proof import concluded, prove, prove_all
from assist.policies.verdicts import judge, judge_all
from tests.policies.judged_companies import (
    AMOUNTS,
    CENT,
    LEVELS,
    REFUNDS,
    Company,
    asked_of,
    companies,
)
from tests.policies.rules import (
    FACTS,
    a_refund,
    money,
)

STRANGE = st.sampled_from(
    ["-0.01", "-1E999999", "0", "0E999999", "1E-999999", "1E15", "9E999999", "0.005", "50"]
).map(Decimal)
ANYTHING = st.dictionaries(
    st.sampled_from(["amount", "fee", "note"]),
    st.builds(money, STRANGE | AMOUNTS, st.sampled_from(["GBP", "USD", "XXX"]))
    | st.booleans()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
)
ODD_FACTS = st.dictionaries(
    st.sampled_from([fact.path for fact in FACTS]),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
)
ODD_ACTIONS = st.builds(
    Action,
    kind=st.sampled_from(["refund", "refund", "refund", "credit", "teleport", "ask"]),
    parameters=ANYTHING,
)


@given(companies(facts=ODD_FACTS), ODD_ACTIONS, st.sampled_from(LEVELS) | st.text(max_size=5))
def test_every_input_gets_one_verdict_one_proof_and_one_alternative(
    company: Company, action: Action, level: str
) -> None:
    policy_set, case = company.rules(), company.case() | {"level": level}
    found = judge(action, policy_set, **case)
    event(f"{action.kind}: {found.value}")
    assert (found.level is not None) == (found.value == "needs_approval")
    assert found.value != "unknown" or found.reason
    assert not found.facts or found.value == "unknown"
    amounts = [value for value in action.parameters.values() if isinstance(value, Money)]
    if action.kind != "ask" and any(one.amount < 0 for one in amounts):
        assert found.value != "allowed"
    proof = prove(action, policy_set, **case)
    assert proof[0].part == "asked"
    assert proof[-1] == concluded(found, policy_set.authority, level)
    alternative = best_alternative(action, policy_set, **case)
    assert alternative.verdict.value == "allowed"
    assert judge(alternative.action, policy_set, **case) == alternative.verdict
    assert (found.value == "allowed") == (alternative.action == action)


@given(companies(), st.lists(ODD_ACTIONS, max_size=3))
def test_several_actions_get_one_verdict_and_its_proof(
    company: Company, actions: list[Action]
) -> None:
    policy_set, case = company.rules(), company.case()
    found = judge_all(actions, policy_set, **case)
    assert prove_all(actions, policy_set, **case)[-1] == concluded(
        found, policy_set.authority, company.level
    )
    if found.value == "allowed":
        assert all(judge(one, policy_set, **case).value == "allowed" for one in actions)


@given(companies(), AMOUNTS)
def test_a_part_that_is_offered_is_the_most_that_is_allowed(
    company: Company, amount: Decimal
) -> None:
    policy_set, case = company.rules(), company.case()
    offered = best_alternative(a_refund(amount), policy_set, **case).action
    event(offered.kind)
    most = asked_of(offered).amount if offered.kind == "refund" else Decimal(0)
    assert most <= amount
    for more in {most + CENT, (most + amount) / 2, amount}:
        if most < more <= amount:
            assert company.judged(a_refund(more)).value != "allowed"


@given(companies(), REFUNDS)
def test_a_proof_has_a_line_for_every_clause_and_its_conclusion_is_the_verdict(
    company: Company, refund: Action
) -> None:
    lines, found = prove(refund, company.rules(), **company.case()), company.judged(refund)
    shown = [line.clause_id for line in lines if line.clause_id]
    assert sorted(shown) == [clause.id for clause in company.clauses]
    assert [line for line in lines if line.part == "conclusion"] == [lines[-1]]
    assert lines[-1] == concluded(found, company.rules().authority, company.level)
    deciding = {line.clause_id for line in lines if line.clause_id and line.outcome == "decides"}
    assert deciding <= set(found.clauses)
    assert set(found.conflict) <= deciding
