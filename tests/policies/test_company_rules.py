"""The rules of the sample company, judged on its own sample customers."""

import functools
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from assist.adapters.documents.source import DocumentSource
from assist.domain.base import Money
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.policies.actions import possible_actions
from assist.policies.clauses import requirements
from assist.policies.reading import read_policy_set
from assist.policies.verdicts import judge
from tests.policies.rules import TODAY

Facts = Mapping[str, Any]
NOTHING: Facts = {}
ROOT = Path(__file__).parents[2] / "kb_corpus"
FARIDA, CALLUM = ("c-1009", "FW-20488"), ("c-1010", "FW-14790")
SOFIE, WALTER = ("c-1011", "FW-18104"), ("c-1012", "FW-19902")


@functools.cache
def company() -> PolicySet:
    reading = DocumentSource().read(ROOT, None)
    return read_policy_set(reading.files, reading.documents, "company")


def facts_of(customer_id: str, order: str) -> dict[str, Any]:
    """What is on record, as the graph would hand it over."""
    records = yaml.safe_load((ROOT / "records.yaml").read_text(encoding="utf-8"))
    customer = next(c for c in records["customers"] if c["id"] == customer_id)
    facts = {**customer["facts"], **customer["orders"][order]}
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in facts.items()}


def verdict(customer_id: str, order: str, category: str, learned: Facts = NOTHING) -> Verdict:
    """On the refund that the customer asks for, with what is on record and what was learned."""
    known = {**facts_of(customer_id, order), **learned}
    action, *_ = possible_actions(
        company(), category_ids=[category], text="I want a refund", facts=known, on=TODAY
    )
    region = known["customer.region"]
    return judge(action, company(), facts=known, on=TODAY, level="agent", region=region, granted=())


def test_the_sample_company_brings_every_file_and_its_policies_compile() -> None:
    assert company().defaults == ()
    assert company().currency == {"US": "USD", "UK": "GBP", "EU": "EUR"}
    assert len(company().policies) >= 24
    assert sum(len(policy.clauses) for policy in company().policies) >= 110


def test_every_action_has_a_clause_and_a_grant() -> None:
    declared = {action.kind for action in company().actions}
    clauses = [clause for policy in company().policies for clause in policy.clauses]
    assert declared <= {kind for clause in clauses for kind in clause.actions}
    assert declared == {grant.action for grant in company().authority.grants}


@pytest.mark.parametrize(
    ("customer", "order", "value", "clause"),
    [
        ("c-1001", "FW-20418", "allowed", "returns-us.window"),
        ("c-1003", "FW-20460", "allowed", "withdrawal-uk-eu.right"),
        ("c-1004", "FW-20333", "forbidden", "returns-us.late"),
        ("c-1006", "FW-20390", "unknown", "business-customers.box-open"),
        ("c-1003", "FW-19877", "needs_approval", "withdrawal-uk-eu.goodwill"),
        ("c-1008", "FW-20477", "unknown", "withdrawal-uk-eu.faulty"),
    ],
)
def test_a_refund_is_judged_by_the_policy_of_the_region_and_the_day(
    customer: str, order: str, value: str, clause: str
) -> None:
    found = verdict(customer, order, "returns")
    assert (found.value, found.clauses[0]) == (value, clause)


def test_learning_that_the_device_is_faulty_settles_the_open_refund() -> None:
    refund = ("c-1008", "FW-20477", "returns")
    assert verdict(*refund).facts == ("device.faulty",)
    assert verdict(*refund, {"device.faulty": True}).value == "allowed"
    late = verdict(*refund, {"device.faulty": False})
    assert (late.value, late.level) == ("needs_approval", "senior")


def test_a_reported_safety_incident_comes_before_goods_and_money() -> None:
    incident = {"safety.incident_reported": True}
    asked = ("c-1001", "FW-20418", "safety")
    assert set(verdict(*asked, incident).facts) >= {"safety.device_unplugged", "safety.injury"}
    hurt = {**incident, "safety.device_unplugged": True, "safety.injury": True}
    found = verdict(*asked, hurt)
    assert (found.value, found.level) == ("needs_approval", "manager")


def test_the_superseded_policy_still_rules_its_own_days() -> None:
    days = {date(2026, 8, 31): "returns-us-2025.", date(2026, 9, 1): "returns-us."}
    for day, policy in days.items():
        found = requirements(
            company(), facts={}, on=day, region="US", tier="standard", actions={"return_label"}
        )
        windows = [r.clause_id for r in found if r.clause_id.endswith(".window")]
        assert windows == [f"{policy}window"]


@pytest.mark.parametrize(
    ("kind", "sample", "day", "expected"),
    [
        ("partial_refund", SOFIE, "2026-01-31", "forbidden delivery-2025.express"),
        ("partial_refund", SOFIE, "2026-02-01", "allowed delivery.express"),
        ("recall_remedy", CALLUM, "2026-06-15", "allowed recalls-2026-06.plug"),
        ("recall_remedy", CALLUM, "2026-10-01", "allowed recalls.plug"),
        ("same_day_courier", WALTER, "2026-11-20", "allowed vulnerable-customers.courier"),
        ("restocking_refund", FARIDA, "2026-12-02", "allowed business-customers.return"),
        ("restocking_refund", FARIDA, "2026-12-03", "forbidden business-customers.late"),
    ],
)
def test_the_edition_and_the_day_decide_for_the_sample_customers(
    kind: str, sample: tuple[str, str], day: str, expected: str
) -> None:
    facts = facts_of(*sample)
    region = facts["customer.region"]
    amount = Money(amount=Decimal(14), currency=company().currency[region])
    action = Action(kind=kind, parameters={"amount": amount})
    on = date.fromisoformat(day)
    found = judge(action, company(), facts=facts, on=on, level="agent", region=region, granted=())
    assert f"{found.value} {found.clauses[0]}" == expected
