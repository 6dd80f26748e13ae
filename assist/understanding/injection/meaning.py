"""Sentences as vectors -> those aimed at a model, and those planted in a text about something else.

Two linear models beside the rules, for attempts without any telling word. `aimed` looks at each
sentence alone: asking for secrets and other people's data, persuasion, roles, orders. `planted`
looks at a sentence and how far it stands from the rest of its text: a quiz question in an invoice.
Both were fitted on `examples/*.yaml`, our own writing, by `python -m evals.injection.fit`.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assist.errors import EmbedderUnavailable
from assist.language.sentences import sentences
from assist.understanding.injection.findings import Finding

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts to unit rows, shape (n, dimension); of the model that `fitted_for` knows."""

MODEL = "all-MiniLM-L6-v2"
"""The weights mean nothing to another model's vectors."""
READ = 60
"""Sentences of a text that are read: about 2 ms each on one core."""
CHARACTERS = 20_000
"""Of a text, from its beginning, in which these sentences are looked for."""
LONGEST = 160
"""Characters of a sentence that are embedded; its beginning tells what it wants."""
COMPANY = 3
"""Sentences a text needs before one can stand apart from the others."""


class Limits(NamedTuple):
    """Scores (log odds) above which a sentence is suspected."""

    aimed: float = 0.75
    planted: float = 0.65


LIMITS = Limits()
"""Set where 1 % of benign texts passes either: a third of the set `injection`, and 501 questions to
four help centers with 320 of their articles (no question, but 7 % of articles cut from a forum)."""


def fitted_for(name: str) -> bool:
    """Whether vectors of the embedder of this name can be judged by the weights."""
    return name == MODEL


def in_meaning(text: str, embed: Embed) -> Iterator[Finding]:
    """The sentences that one of the two models suspects.

    Raises `EmbedderUnavailable` where `embed` gives vectors of another size.
    """
    places = list(pieces(text))
    if not places:
        return
    vectors = embed([text[start : min(end, start + LONGEST)] for start, end in places])
    aimed, planted = _weights()
    if vectors.shape != (len(places), len(aimed) - 1):
        raise EmbedderUnavailable(
            f"vectors of shape {vectors.shape} are not those of {MODEL}",
            where="suspicions",
            cure="give `embed` only where `fitted_for` knows the embedder's name",
        )
    alone = vectors @ aimed[:-1] + aimed[-1]
    among = standing_apart(vectors) @ planted[:-1] + planted[-1]
    for (start, end), of_itself, in_company in zip(places, alone, among, strict=True):
        if of_itself > LIMITS.aimed:
            yield Finding(start, end, "reads like attempts to steer a model")
        elif len(places) >= COMPANY and in_company > LIMITS.planted:
            yield Finding(start, end, "wants something that the text around it is not about")


_LINE = re.compile(r"[^\n]+")
_LEAD = re.compile(r"[ \t>*|0-9.)•-]{0,12}")
_FOUR_WORDS = re.compile(r"(?:\S{1,200}\s{1,9}){3}\S")
_UNSPACED = re.compile(r"[⺀-\uffef]{4}")


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the first `READ` sentences and lines that say something; no headings."""
    found = 0
    for sentence in sentences(text[:CHARACTERS]):
        for line in _LINE.finditer(sentence.text):
            if line.group().lstrip().startswith("#"):
                continue
            lead = _LEAD.match(line.group())
            skipped = lead.end() if lead else 0
            said = line.group()[skipped : skipped + LONGEST]
            if not (_FOUR_WORDS.match(said) or _UNSPACED.search(said)):
                continue
            start = sentence.start + line.start() + skipped
            yield start, sentence.start + line.start() + len(line.group().rstrip())
            found += 1
            if found == READ:
                return


def standing_apart(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vectors with two columns more: cosine to the mean of the others, and to the nearest."""
    others = vectors.sum(axis=0) - vectors
    length = np.maximum(np.linalg.norm(others, axis=1), 1e-9)
    to_mean = (vectors * others).sum(axis=1) / length
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1.0)
    return np.column_stack([vectors, to_mean, cosines.max(axis=1)]).astype(np.float32)


@functools.cache
def _weights() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coefficients, the last the intercept: of `aimed`, and of `planted` with its two columns."""
    with files(__package__).joinpath("weights.npy").open("rb") as file:
        both: NDArray[np.float32] = np.load(file)
    aimed, planted = both
    return np.append(aimed[:-3], aimed[-1]), planted
