"""The issues of a gap -> its impact: a product of factors, each with what was counted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from math import prod
from pathlib import Path

import yaml
from pydantic import Field, NonNegativeFloat, ValidationError

from assist.domain.base import Model
from assist.domain.gaps import ImpactFactor
from assist.errors import BadInput
from assist.insights.gaps.uncovered import Uncovered

STEEPEST = 2.0
"""Of the trend: twice as many in the later half, or none at all, is all that three tickets tell."""


class Weights(Model):
    """Exponents of the factors, and what tags and tiers are worth, by their names in lower case."""

    volume: NonNegativeFloat
    handling: NonNegativeFloat
    priority: NonNegativeFloat
    repeat_contact: NonNegativeFloat
    trend: NonNegativeFloat
    tags: Mapping[str, float] = Field(default_factory=dict)
    tiers: Mapping[str, float] = Field(default_factory=dict)


@cache
def packaged() -> Weights:
    """The weights that come with the package."""
    text = files("assist.insights.gaps").joinpath("weights.yaml").read_text(encoding="utf-8")
    return Weights.model_validate(yaml.safe_load(text))


def read_weights(path: Path) -> Weights:
    """Of a file: what it leaves out is as packaged. Raises `BadInput`."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        if not isinstance(data, dict):
            raise BadInput("is no mapping", where=str(path), cure="write `volume: 1.0` lines")
        return Weights.model_validate({**packaged().model_dump(), **data})
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput("cannot be read as YAML", where=str(path)) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInput(first["msg"], where=f"{path}: {place}") from error


def factors(issues: Sequence[Uncovered], weights: Weights) -> tuple[ImpactFactor, ...]:
    """Of one gap, in the order of the file."""
    tickets = {issue.ticket_id: issue for issue in issues}
    some = tuple(tickets.values())
    return (
        _factor("volume", len(some), weights.volume, f"{len(some)} tickets"),
        _handling(some, weights),
        _priority(some, weights),
        _repeats(some, weights),
        _trend(some, weights),
    )


def impact(found: Sequence[ImpactFactor]) -> float:
    """The product of the factors, each raised to its weight."""
    return round(prod(float(one.value**one.weight) for one in found), 4)


def _factor(name: str, value: float, weight: float, says: str) -> ImpactFactor:
    return ImpactFactor(name=name, value=round(value, 4), weight=weight, says=says)


def _handling(tickets: Sequence[Uncovered], weights: Weights) -> ImpactFactor:
    mean = sum(max(1, one.answers) for one in tickets) / len(tickets)
    return _factor("handling", mean, weights.handling, f"{mean:.1f} answers a ticket")


def _priority(tickets: Sequence[Uncovered], weights: Weights) -> ImpactFactor:
    worth = [_worth(one, weights) for one in tickets]
    mean, raised = sum(worth) / len(worth), sum(one > 1 for one in worth)
    says = f"{raised} of {len(worth)} tickets are urgent or of a customer who counts more"
    return _factor("priority", mean, weights.priority, says)


def _worth(one: Uncovered, weights: Weights) -> float:
    told = [weights.tags.get(tag.casefold(), 1.0) for tag in one.tags]
    return max([*told, weights.tiers.get(one.tier.casefold(), 1.0)])


def _repeats(tickets: Sequence[Uncovered], weights: Weights) -> ImpactFactor:
    wrote: dict[str, int] = {}
    for one in tickets:
        if one.customer_id:
            wrote[one.customer_id] = wrote.get(one.customer_id, 0) + 1
    again = sum(one.came_back or wrote.get(one.customer_id, 0) > 1 for one in tickets)
    says = f"in {again} of {len(tickets)} the customer wrote again"
    return _factor("repeat_contact", 1 + again / len(tickets), weights.repeat_contact, says)


def _trend(tickets: Sequence[Uncovered], weights: Weights) -> ImpactFactor:
    days = sorted(_day(one.at) for one in tickets if one.at is not None)
    if len(days) < 2 or days[0] == days[-1]:
        return _factor("trend", 1.0, weights.trend, "no dates to tell by")
    middle = days[0].toordinal() + (days[-1] - days[0]).days / 2
    late = sum(day.toordinal() > middle for day in days)
    early = len(days) - late
    ratio = (late + 1) / (early + 1)  # one more each: two tickets are no trend
    value = min(STEEPEST, max(1 / STEEPEST, ratio))
    return _factor("trend", value, weights.trend, f"{early} tickets, then {late}")


def _day(at: datetime) -> date:
    return at.date()
