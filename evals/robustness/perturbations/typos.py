"""Slips of the fingers: a neighbor's key, two letters the wrong way round, one lost or doubled."""

import re
from collections.abc import Callable

import numpy as np

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting
from evals.robustness.telling import names_in, one, retold

RATES = {"few": 0.06, "many": 0.2}
"""Of the words that a slip may fall into: a careful typist on glass, and somebody in a hurry."""
SHORTEST = 5
"""Letters of such a word: a slip in "not" or "off" may well say something else."""
_WORD = re.compile(r"\b[^\W\d_]+\b")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBORS = {
    letter: "".join(row[max(0, n - 1) : n] + row[n + 1 : n + 2])
    for row in _ROWS
    for n, letter in enumerate(row)
}
Slip = Callable[[str, int, np.random.Generator], str]


def _neighbor(word: str, at: int, rng: np.random.Generator) -> str:
    near = NEIGHBORS.get(word[at].lower(), word[at])
    return word[:at] + near[int(rng.integers(len(near)))] + word[at + 1 :]


def _turned(word: str, at: int, _: np.random.Generator) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _lost(word: str, at: int, _: np.random.Generator) -> str:
    return word[:at] + word[at + 1 :]


def _doubled(word: str, at: int, _: np.random.Generator) -> str:
    return word[:at] + word[at] + word[at:]


SLIPS: tuple[Slip, ...] = (_neighbor, _turned, _lost, _doubled)


def _slipped(case: EvalCase, setting: Setting) -> Found:
    names = names_in(case, setting.rules)
    for name, rate in RATES.items():
        rng = setting.drawing(case.id, "typos", name)

        def tell(text: str, rate: float = rate, rng: np.random.Generator = rng) -> str:
            return _WORD.sub(lambda met: _maybe(met.group(), rate, rng, setting), text)

        yield from one(name, case, retold(case, tell, names))


def _maybe(word: str, rate: float, rng: np.random.Generator, setting: Setting) -> str:
    """The word, or with a slip that makes no other word; the first letter is hit right."""
    if len(word) < SHORTEST or rng.random() >= rate:
        return word
    slip = SLIPS[int(rng.integers(len(SLIPS)))]
    at = int(rng.integers(1, len(word) - 1))
    slipped = slip(word, at, rng)
    return word if setting.known(slipped) else slipped


PERTURBATION = Perturbation(
    "typos", "form", "slips of the fingers, never in codes, numbers and names", _slipped
)
