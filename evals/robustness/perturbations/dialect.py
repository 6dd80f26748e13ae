"""The same said in other Englishes, by rules about features that linguists describe."""

from functools import partial

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting
from evals.robustness.substitution import exchanged, origins, table
from evals.robustness.telling import in_english

TABLE = "dialect"


def _spoken(case: EvalCase, setting: Setting) -> Found:
    for variety in origins(TABLE):
        words = table(TABLE, variety)
        yield from in_english(variety, case, setting, partial(exchanged, pairs=words))


PERTURBATION = Perturbation(
    "dialect", "fairness", "features of other Englishes and of learners", _spoken
)
