"""Our own examples -> the weights of `assist.understanding.injection.meaning`.

A mail of ours is joined by one sentence at its beginning, its end or between: a planted one, one
aimed at a model, or an ordinary one, which the model must learn to leave alone.
"""

import random
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assist.understanding.injection.meaning import Embed, standing_apart

STRENGTH = 0.2
"""scikit-learn's C. At equal false alarms recall is the same within the intervals from .1 to .5."""
MAILS_PER_PLANTED, MAILS_PER_ORDINARY = 3, 2
SEED = 0


class Examples(NamedTuple):
    """The sentences of `examples/*.yaml`, and the mails as their sentences."""

    aimed: tuple[str, ...]
    planted: tuple[str, ...]
    ordinary: tuple[str, ...]
    mails: tuple[tuple[str, ...], ...]


def examples() -> Examples:
    """What we wrote, as it is packaged."""
    mails = tuple(tuple(mail.strip().split("\n")) for mail in _rows("mails.yaml"))
    return Examples(_listed("aimed.yaml"), _listed("planted.yaml"), _listed("ordinary.yaml"), mails)


def weights(known: Examples, embed: Embed) -> NDArray[np.float32]:
    """Shape (2, dimension + 3): a row for `aimed`, whose two last columns are 0, and `planted`.

    The last of a row is its intercept. The same examples and vectors give the same weights.
    """
    vector = _vectors(known, embed)
    benign = [*known.ordinary, *(sentence for mail in known.mails for sentence in mail)]
    aimed = _fitted(
        np.stack([vector[text] for text in (*known.aimed, *benign)]),
        [1] * len(known.aimed) + [0] * len(benign),
    )
    rows, labels = zip(*_in_company(known, vector), strict=True)
    planted = _fitted(np.stack(rows), labels)
    return np.stack([np.insert(aimed, -1, [0.0, 0.0]), planted]).astype(np.float32)


def _in_company(
    known: Examples, vector: dict[str, NDArray[np.float32]]
) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Sentences within a mail, as rows of `standing_apart`, each with whether it was planted."""
    chance = random.Random(SEED)  # noqa: S311 - which mail is joined is no secret
    for mail in known.mails:
        for row in standing_apart(np.stack([vector[text] for text in mail])):
            yield row, 0
    joined = (
        (known.planted, 1, MAILS_PER_PLANTED),
        (known.aimed, 1, 1),
        (known.ordinary, 0, MAILS_PER_ORDINARY),
    )
    for texts, label, times in joined:
        for text in texts * times:
            joined_mail = list(chance.choice(known.mails))
            end = len(joined_mail)
            at = chance.choice([0, end, chance.randrange(1, end)])
            joined_mail.insert(at, text)
            yield standing_apart(np.stack([vector[one] for one in joined_mail]))[at], label


def _fitted(rows: NDArray[np.float32], labels: Sequence[int]) -> NDArray[np.float64]:
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2_000)
    model.fit(rows.astype(np.float64), labels)
    return np.append(model.coef_[0], model.intercept_)


def _vectors(known: Examples, embed: Embed) -> dict[str, NDArray[np.float32]]:
    mailed = (text for mail in known.mails for text in mail)
    texts = list(dict.fromkeys([*known.aimed, *known.planted, *known.ordinary, *mailed]))
    return dict(zip(texts, embed(texts), strict=True))


def _rows(name: str) -> list[str]:
    rows: list[str] = yaml.safe_load(_read(name))
    return rows


def _listed(name: str) -> tuple[str, ...]:
    families: dict[str, list[str]] = yaml.safe_load(_read(name))
    return tuple(text for family in families.values() for text in family)


def _read(name: str) -> str:
    folder = files("assist.understanding.injection").joinpath("examples")
    return folder.joinpath(name).read_text(encoding="utf-8")
