"""The spelling of either side of the Atlantic, and of people in haste."""

from functools import partial

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting
from evals.robustness.substitution import exchanged, table
from evals.robustness.telling import in_english

PARTS = ("american", "british", "hasty")


def _spelled(case: EvalCase, setting: Setting) -> Found:
    for part in PARTS:
        words = table("spelling", part)
        yield from in_english(part, case, setting, partial(exchanged, pairs=words))


PERTURBATION = Perturbation("spelling", "wording", "American, British and hasty spelling", _spelled)
