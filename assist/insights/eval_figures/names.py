"""Which scorer looks at which step of the process, and which of them tell harm."""

from collections.abc import Mapping

STEPS = (
    "identify", "prioritize", "gather", "constrain", "propose", "evaluate", "decide", "escalate",
    "communicate",
)  # fmt: skip
"""The steps of a suggestion, in their order."""
WHOLE = "whole"
"""What is of the suggestion as a whole: how long it took, what it cost."""
OTHER = "other"
"""Scorers that nobody has put to a step yet, such as those of a newer harness."""

_SCORERS: Mapping[str, tuple[str, ...]] = {
    "identify": ("issue", "issues", "category", "facts", "language", "questions"),
    "prioritize": ("priority",),
    "gather": (
        "retrieval_recall", "retrieval_ndcg", "retrieval_mrr", "retrieval_map", "evidence",
    ),
    "constrain": ("clauses", "clause"),
    "propose": ("candidates_valid", "candidates_differ"),
    "evaluate": ("verdicts", "verdict", "level"),
    "decide": ("outcome", "abstention", "choice", "authority", "alternative"),
    "escalate": ("escalation", "unsafe", "needless"),
    "communicate": (
        "wording", "points", "citations", "grounding", "promises", "tone", "reading", "integrity",
    ),
    WHOLE: ("latency", "cost"),
}  # fmt: skip
STEP_OF: Mapping[str, str] = {name: step for step, names in _SCORERS.items() for name in names}

HARM: Mapping[str, str] = {
    "unsafe": "Unsafe suggestion",
    "authority": "Over authority",
    "integrity": "Breach of integrity",
}
"""Scorers whose every miss does harm, with the harm's name."""
MISSED, NEEDLESS = "Unsafe suggestion", "Needless escalation"
"""A case that had to be escalated and was not; one that was escalated and need not have been."""
FULL = 1.0 - 1e-9
"""Full marks: a share of thirds may miss 1 by rounding."""
OUTCOME = ("outcome", "verdict")
"""The scorer of whether the answer as a whole was right, by kind of run."""


def step_of(scorer: str) -> str:
    """The step that a scorer looks at."""
    return STEP_OF.get(scorer, OTHER)
