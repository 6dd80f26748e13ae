"""Synonyms of support mail; contractions drawn together and pulled apart."""

from functools import partial

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting
from evals.robustness.substitution import exchanged, table
from evals.robustness.telling import in_english

PARTS = ("synonyms", "contracted", "expanded")


def _paraphrased(case: EvalCase, setting: Setting) -> Found:
    for part in PARTS:
        words = table("paraphrase", part)
        yield from in_english(part, case, setting, partial(exchanged, pairs=words))


PERTURBATION = Perturbation(
    "paraphrase", "wording", "synonyms; contractions drawn together or pulled apart", _paraphrased
)
