"""The same ticket once more: what flips here flips by itself, and tells nothing of the others."""

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting, Variant


def _again(case: EvalCase, _: Setting) -> Found:
    yield Variant("again", case)


PERTURBATION = Perturbation("repeat", "control", "the same ticket once more", _again)
