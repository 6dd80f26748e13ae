"""A company that was written from `docs/policies.md` alone: it is clean, and decides as it says."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from assist.adapters.documents.source import DocumentSource
from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.policies.alternatives import best_alternative
from assist.policies.audit.whole import audit
from assist.policies.reading import read_policy_set
from assist.policies.verdicts import judge_all
from assist.ports import Reading

AIRLINE = Path(__file__).parents[1] / "data" / "airline"
CASES: list[dict[str, Any]] = yaml.safe_load(
    (AIRLINE / "cases" / "decisions.yaml").read_text(encoding="utf-8")
)["cases"]


@cache
def folder() -> Reading:
    return DocumentSource().read(AIRLINE, None)


@cache
def airline() -> PolicySet:
    return read_policy_set(folder().files, folder().documents, "airline")


def test_the_folder_is_clean() -> None:
    assert folder().problems == ()
    assert audit(folder().files, folder().documents) == ()


def test_it_is_a_whole_company() -> None:
    clauses = [clause for policy in airline().policies for clause in policy.clauses]
    assert len(airline().policies) >= 8
    assert len(clauses) >= 35
    assert {c.type for c in clauses} == {"mandatory", "exception", "discretionary", "standard"}
    assert {c.effect for c in clauses} == {
        "allow", "forbid", "needs_approval", "require", "limit",
    }  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_case_is_decided_as_the_prose_says(case: dict[str, Any]) -> None:
    actions = [Action.model_validate(action) for action in case["actions"]]
    given = _given(case)
    expected = case["expect"]

    verdict = judge_all(actions, airline(), **given)

    assert verdict.value == expected["verdict"], case["why"]
    assert verdict.level == expected.get("level", verdict.level)
    assert expected.get("clause") in (None, *verdict.clauses)
    if alternative := expected.get("alternative"):
        found = best_alternative(actions[0], airline(), **given)
        assert found.verdict.value == "allowed"
        assert found.action.kind == alternative["kind"]


def _given(case: dict[str, Any]) -> dict[str, Any]:
    """The case as the policy engine takes it."""
    on = datetime.fromisoformat(case["date"]).date()
    facts = case.get("facts", {})
    return {
        "facts": facts,
        "on": on,
        "level": case["level"],
        "region": case.get("region"),
        "tier": facts.get("customer.tier"),
        "granted": _ledger(case["granted"]) if "granted" in case else None,
    }


def _ledger(listed: list[dict[str, Any]]) -> tuple[Granted, ...]:
    return tuple(
        Granted(
            id=f"g-{number}",
            customer_id="c-1",
            action=one["action"],
            amount=one.get("amount"),
            level="agent",
            by="somebody",
            at=datetime.fromisoformat(str(one["at"])).replace(tzinfo=UTC),
        )
        for number, one in enumerate(listed)
    )
