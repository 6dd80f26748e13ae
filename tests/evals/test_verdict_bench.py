"""The company that verdicts are timed on: as large as promised, with cases of all kinds."""

from collections import Counter

from assist.policies.reading import read_policy_set
from assist.policies.verdicts import judge
from evals.bench.company import cases, company
from evals.bench.verdicts import verdict_speed

SLA = read_policy_set({}, (), "defaults").sla


def test_the_company_has_500_clauses_in_40_policies_and_is_the_same_every_time() -> None:
    rules = company(7, SLA)
    assert len(rules.policies) == 40
    assert len({clause.id for policy in rules.policies for clause in policy.clauses}) == 500
    assert rules == company(7, SLA)
    assert rules != company(8, SLA)
    assert cases(7, 20) == cases(7, 30)[:20]


def test_its_cases_come_to_every_verdict() -> None:
    rules = company(7, SLA)
    found = Counter(judge(one.action, rules, **one.given).value for one in cases(7, 150))
    assert set(found) == {"allowed", "needs_approval", "forbidden", "unknown"}
    assert min(found.values()) >= 5


def test_verdicts_and_the_search_for_clauses_are_timed() -> None:
    verdict, found = verdict_speed(20)
    assert (verdict.operation, found.operation) == ("verdict (aim p50 2 ms)", "clauses in force")
    assert verdict.corpus == "500 clauses, 40 policies"
    assert verdict.n == found.n == 20
    assert 0 < found.p50_ms <= found.p95_ms
    assert 0 < verdict.p50_ms <= verdict.p95_ms
