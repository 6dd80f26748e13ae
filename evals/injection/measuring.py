"""Labelled texts -> how often they are suspected, by source and family, with 95 % intervals."""

import json
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assist.domain.base import Model
from assist.errors import BadInput
from assist.understanding.injection import Embed, suspicions

Z95 = 1.959964


class Item(BaseModel):
    """One labelled text; what else a line says is of no matter here."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str
    attack: bool
    source: str
    family: str = ""


class Rate(Model):
    """How many texts of a source (and family) are suspected; `low` and `high` bound the rate."""

    source: str
    family: str = ""
    attack: bool
    suspected: int
    of: int

    @property
    def rate(self) -> float:
        """The share that is suspected: recall of attacks, false alarms of benign texts."""
        return self.suspected / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the rate."""
        share, n = self.rate, self.of
        center = (share + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
        half = Z95 * sqrt(share * (1 - share) / n + Z95**2 / (4 * n**2)) / (1 + Z95**2 / n)
        return max(0.0, center - half), min(1.0, center + half)


def read_items(file: Path) -> tuple[Item, ...]:
    """The items of a JSON Lines file. Raises `BadInput` naming the file or the line."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise BadInput(
            f"cannot be read: {error}", where=str(file), cure="check ASSIST_EVALSETS"
        ) from error
    return tuple(_item(line, f"{file}:{n}") for n, line in enumerate(lines, 1) if line.strip())


def _item(line: str, where: str) -> Item:
    try:
        return Item.model_validate(json.loads(line))
    except (json.JSONDecodeError, ValidationError) as error:
        raise BadInput(
            "is no labelled text", where=where, cure="give text, attack and source"
        ) from error


def measured(items: Sequence[Item], embed: Embed | None = None) -> tuple[Rate, ...]:
    """The rates by source, and below each by family; with `embed`, by meaning as well."""
    judged = [(item, bool(suspicions(item.text, embed))) for item in items]
    sources = {(item.attack, item.source, "") for item in items}
    families = {(item.attack, item.source, item.family) for item in items if item.family}
    return tuple(_rate(key, judged) for key in sorted(sources | families))


def _rate(key: tuple[bool, str, str], judged: Iterable[tuple[Item, bool]]) -> Rate:
    attack, source, family = key
    told = [
        suspected
        for item, suspected in judged
        if (item.attack, item.source) == (attack, source) and family in ("", item.family)
    ]
    return Rate(source=source, family=family, attack=attack, suspected=sum(told), of=len(told))
