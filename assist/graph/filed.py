"""What a text finds -> what the company has filed that under."""

from collections.abc import Callable, Mapping
from functools import cache

from assist.domain.knowledge import Hit
from assist.graph.tools import Tools

DEPTH = 5
POWER = 4
"""How many passages are asked, and by which power of its likeness each counts: the nearest by far.

Likeness in meaning, not the score: a long story shares words with articles of many matters."""


def filed_by(tools: Tools) -> Callable[[str], Mapping[str, float]]:
    """Each category's share of what a text finds, weighted by how alike; each text once."""

    @cache
    def filed(text: str) -> Mapping[str, float]:
        weights: dict[str, float] = {}
        for hit in tools.search(text, "kb", DEPTH, {}) if text.strip() else ():
            category = tools.category_of(hit.document_id)
            if category is not None:
                weights[category] = weights.get(category, 0.0) + _likeness(hit) ** POWER
        total = sum(weights.values())
        return {category: weight / total for category, weight in weights.items()} if total else {}

    return filed


def _likeness(hit: Hit) -> float:
    """The cosine of the hit's nearest part, 0 for none."""
    return max(0.0, hit.why.part or 0.0)
