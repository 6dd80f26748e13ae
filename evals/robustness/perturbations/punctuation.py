"""Without punctuation: marks at the ends of sentences and clauses lost, apostrophes too."""

import re

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting
from evals.robustness.telling import Rewrite, one, retold

_MARKS = re.compile(r"[,;:.!?…]+(?=\s|$)")
_APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")


def _unmarked(text: str) -> str:
    return _MARKS.sub("", text)


def _unquoted(text: str) -> str:
    return _APOSTROPHES.sub("", text)


LOST: dict[str, Rewrite] = {
    "no marks": _unmarked,
    "no apostrophes": _unquoted,
    "one line": lambda text: re.sub(r"\s*\n\s*", " ", text),
}


def _lost(case: EvalCase, _: Setting) -> Found:
    for name, tell in LOST.items():
        yield from one(name, case, retold(case, tell))


PERTURBATION = Perturbation(
    "punctuation", "form", "marks, apostrophes or line breaks are lost", _lost
)
