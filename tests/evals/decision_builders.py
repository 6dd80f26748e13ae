"""Builders of decision cases about the small shop in `tests/data/evals/shop`."""

from pathlib import Path
from typing import Any

import yaml

from assist.domain.solution import Action, Alternative
from assist.domain.verdict import Verdict
from evals.decisions.cases import DecisionCase
from evals.decisions.files import Filed, load_decisions
from evals.decisions.judging import Judged
from evals.suites import ROOT, Suite

DATA = ROOT / "tests" / "data" / "evals"
SHOP = Suite(
    kind="decisions",
    corpus="tests/data/evals/shop",
    cases=("tests/data/evals/decisions",),
    thresholds={"verdict": 1.0},
)
REFUND = {"kind": "refund", "parameters": {"amount": {"amount": "20.00", "currency": "GBP"}}}
WINDOW = "A jug can be returned within 14 days of delivery."
CRACKED = "A cracked jug is refunded at any time."
LIMIT = "An agent refunds up to £20.00 or $25.00, and the lead the rest."


def a_case(**fields: Any) -> dict[str, Any]:
    """A case as it is written: a jug comes back in time."""
    given = {
        "id": "in-time",
        "title": "In time",
        "date": "2026-03-10",
        "level": "agent",
        "facts": {"order.delivered_at": "2026-03-01", "jug.cracked": False},
        "actions": [REFUND],
        "expect": {"verdict": "allowed"},
        "why": "It is day 9.",
    }
    return given | fields


def read(folder: Path, *cases: dict[str, Any]) -> tuple[Filed, ...]:
    """These cases, written into a file of the folder and read."""
    (folder / "a.yaml").write_text(yaml.safe_dump({"cases": cases}), encoding="utf-8")
    return load_decisions(folder)


def decision(**fields: Any) -> DecisionCase:
    """The case, read."""
    return DecisionCase.model_validate(a_case(**fields))


def expecting(**expect: Any) -> DecisionCase:
    """A case that expects this."""
    return decision(expect={"verdict": "allowed"} | expect)


def said(alternative: Action | None = None, **verdict: Any) -> Judged:
    """An answer with this verdict."""
    given = Verdict.model_validate({"value": "allowed"} | verdict)
    action = alternative or Action(kind="escalate")
    offered = Alternative(action=action, verdict=Verdict(value="allowed"), reason="it may be")
    return Judged(verdict=given, alternative=offered, proofs=())
