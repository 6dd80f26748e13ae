"""What a text finds -> what the company has filed that under."""

from collections.abc import Callable, Mapping
from functools import cache

from assist.graph.tools import Tools

DEPTH = 5
POWER = 4
"""How many passages are asked, and by which power of its score each counts: the nearest by far."""


def filed_by(tools: Tools) -> Callable[[str], Mapping[str, float]]:
    """Each category's share of what a text finds, weighted by how strongly; each text once."""

    @cache
    def filed(text: str) -> Mapping[str, float]:
        weights: dict[str, float] = {}
        for hit in tools.search(text, "kb", DEPTH, {}) if text.strip() else ():
            category = tools.category_of(hit.document_id)
            if category is not None:
                weights[category] = weights.get(category, 0.0) + hit.score**POWER
        total = sum(weights.values())
        return {category: weight / total for category, weight in weights.items()} if total else {}

    return filed
