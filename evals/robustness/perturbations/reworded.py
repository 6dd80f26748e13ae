"""The whole ticket in a model's words, where one is set; what it may not lose decides."""

from assist.errors import ModelFailure
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting, Skip, Variant
from evals.robustness.protected import pieces
from evals.robustness.telling import names_in, whole

NO_MODEL = "no model is set"


class _Lost(Exception):
    """The paraphrase lacks something that must stand in it."""


def _reworded(case: EvalCase, setting: Setting) -> Found:
    reword = setting.reword
    if reword is None:
        yield Skip("model", NO_MODEL)
        return
    names = names_in(case, setting.rules)

    def told(text: str) -> str:
        said = reword(text)
        lost = [p.text for p in pieces(text, names) if not p.free and p.text not in said]
        if lost:
            raise _Lost(f"the paraphrase lost {lost[0]!r}")
        return said

    try:
        yield Variant("model", whole(case, told))
    except (_Lost, ModelFailure) as why:
        yield Skip("model", str(why))


PERTURBATION = Perturbation("reworded", "wording", "the ticket in a model's words", _reworded)
