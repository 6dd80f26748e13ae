"""All perturbations by name. A new one is one file with a `PERTURBATION`, and one line here."""

from evals.robustness.perturbation import Perturbation
from evals.robustness.perturbations import (
    candidates,
    dialect,
    evidence,
    facts,
    gender,
    greeting,
    irrelevant,
    letters,
    messages,
    name,
    paraphrase,
    politeness,
    punctuation,
    repeat,
    reworded,
    spelling,
    typos,
)

PERTURBATIONS: dict[str, Perturbation] = {
    one.PERTURBATION.name: one.PERTURBATION
    for one in (
        repeat,
        paraphrase,
        reworded,
        politeness,
        spelling,
        typos,
        letters,
        punctuation,
        messages,
        evidence,
        facts,
        candidates,
        irrelevant,
        greeting,
        name,
        gender,
        dialect,
    )
}
