"""How much a bench does: for a glance, by default, and at full size."""

from dataclasses import dataclass

SEED = 20261120
"""Every sample is drawn with it, so two benches of one size ask the same."""


@dataclass(frozen=True, slots=True)
class Size:
    """`retrieval` and `questions` are queries per set, none: all of them.

    fresh: fresh processes for the time to first suggestion.
    tickets, queries: suggestions and searches for the warm latencies.
    sets: evaluation sets to rank documents of.
    """

    name: str
    fresh: int
    tickets: int
    queries: int
    retrieval: int | None
    questions: int | None
    sets: tuple[str, ...]


QUICK = Size("quick", 3, 15, 50, 40, 10, ("faq_paraphrases", "product_manual"))
ALL_SETS = ("faq_paraphrases", "product_manual", "tau_knowledge", "mtrag_cloud")
SAMPLE = Size("sample", 5, 60, 200, 150, 50, ALL_SETS)
CAMPAIGN = Size("campaign", 5, 60, 200, None, None, ALL_SETS)
