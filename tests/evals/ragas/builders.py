"""Builders: a sample with the few things a test is about."""

from evals.ragas_run.sample import Sample

FOUND = ("The water filter lasts 90 days.", "The shop is closed on Sunday.")
REFERENCE = "The filter lasts 90 days. Rinse it."
QUESTION = "How long does the water filter last?"


def a_sample(
    found: str = "a b", gold: str = "a", texts: tuple[str, ...] = FOUND, **fields: object
) -> Sample:
    """A sample of ids, one letter each, and texts for them."""
    given = {
        "question": QUESTION,
        "reply": "It lasts 90 days. We call you.",
        "found": tuple(found.split()),
        "texts": texts,
        "gold": tuple(gold.split()),
        "gold_texts": (FOUND[0],),
        "reference": REFERENCE,
    }
    return Sample(**(given | fields))  # type: ignore[arg-type]
