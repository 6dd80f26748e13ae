"""Courtesies around the message."""

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting, Skip
from evals.robustness.substitution import listed
from evals.robustness.telling import NOT_ENGLISH, around, one


def _polite(case: EvalCase, setting: Setting) -> Found:
    if not setting.english:
        yield Skip("courtesies", NOT_ENGLISH)
        return
    (before,), (after,) = (
        listed("paraphrase", "polite_before"),
        listed("paraphrase", "polite_after"),
    )
    yield from one("courtesies", case, around(case, before, after))


PERTURBATION = Perturbation("politeness", "wording", "courtesies before and after", _polite)
