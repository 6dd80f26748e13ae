"""All scorers by name. A new one is one file with a `SCORER`, and one line here."""

from evals.scorers import (
    category,
    escalation,
    evidence,
    integrity,
    issues,
    outcome,
    priority,
    questions,
    verdicts,
    wording,
)
from evals.scorers.scorer import Scorer

SCORERS: dict[str, Scorer] = {
    "outcome": outcome.SCORER,
    "category": category.SCORER,
    "priority": priority.SCORER,
    "issues": issues.SCORER,
    "evidence": evidence.SCORER,
    "wording": wording.SCORER,
    "verdicts": verdicts.SCORER,
    "escalation": escalation.SCORER,
    "questions": questions.SCORER,
    "integrity": integrity.SCORER,
}
