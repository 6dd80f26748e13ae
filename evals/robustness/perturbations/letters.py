"""Small letters, capitals, Capitals At Each Word; codes stay as they are."""

import re

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting
from evals.robustness.telling import Rewrite, one, retold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _title(text: str) -> str:
    return _WORD.sub(lambda met: met.group()[:1].upper() + met.group()[1:].lower(), text)


CASES: dict[str, Rewrite] = {"lower": str.lower, "UPPER": str.upper, "Title": _title}


def _lettered(case: EvalCase, _: Setting) -> Found:
    for name, tell in CASES.items():
        yield from one(name, case, retold(case, tell))


PERTURBATION = Perturbation("case", "form", "lower, UPPER and Title case; codes stay", _lettered)
