"""Cases -> how fast and how well they went, beside the time before."""

from collections.abc import Callable, Mapping, Sequence
from math import sqrt

from assist.domain.kb_health import FEW, Share
from assist.domain.seen_case import Hours, SeenCase
from assist.domain.trends import Rate, RateName, Speed, SpeedName, Took

SATISFIED = 4
"""Ratings of 1 to 5 from which on the customer is called satisfied, as CSAT is usually counted."""
_Z = 1.96
"""Of a 95 % interval."""
_TIMES: Mapping[SpeedName, Callable[[SeenCase], Hours | None]] = {
    "first_response": lambda case: case.first_answer,
    "resolution": lambda case: case.resolution,
}


def speeds(now: Sequence[SeenCase], before: Sequence[SeenCase]) -> tuple[Speed, ...]:
    """How long customers waited for the first answer, and until it was solved."""
    return tuple(_speed(name, now, before) for name in _TIMES)


def rates(now: Sequence[SeenCase], before: Sequence[SeenCase]) -> tuple[Rate, ...]:
    """Shares of the cases of a time and of the one before it."""
    return tuple(_rate(name, share(now), share(before)) for name, share in _SHARES.items())


def mean_rating(cases: Sequence[SeenCase]) -> float | None:
    """1 to 5; none where fewer than `FEW` were given."""
    given = [case.rating for case in cases if case.rating is not None]
    return round(sum(given) / len(given), 2) if len(given) >= FEW else None


def took(hours: Sequence[float]) -> Took:
    """The middle of so many lengths of time. Under `FEW` only the middle is told."""
    found = sorted(hours)
    if not found:
        return Took(n=0)
    if len(found) < FEW:
        return Took(n=len(found), median=_quantile(found, 0.5))
    # The interval of a median by the binomial: no assumption of how times are spread.
    half = _Z * sqrt(len(found)) / 2
    low, high = int(len(found) / 2 - half), int(len(found) / 2 + half)
    return Took(
        n=len(found),
        median=_quantile(found, 0.5),
        low=round(found[max(0, low)], 2),
        high=round(found[min(len(found) - 1, high)], 2),
        slow=_quantile(found, 0.9),
    )


def differ(one: Share, other: Share) -> bool:
    """Whether two rates are different beyond chance: by Newcombe's interval, at 95 %."""
    if one.rate is None or other.rate is None:
        return False
    (low, high), (low_other, high_other) = one.interval, other.interval
    apart = one.rate - other.rate
    below = apart - sqrt((one.rate - low) ** 2 + (high_other - other.rate) ** 2)
    above = apart + sqrt((high - one.rate) ** 2 + (other.rate - low_other) ** 2)
    return below > 0 or above < 0


def _speed(name: SpeedName, now: Sequence[SeenCase], before: Sequence[SeenCase]) -> Speed:
    times = [found for case in now if (found := _TIMES[name](case))]
    return Speed(
        name=name,
        of=len(now),
        wall=took([one.wall for one in times]),
        business=took([one.business for one in times if one.business is not None]),
        before=took([found.wall for case in before if (found := _TIMES[name](case))]),
    )


def _rate(name: RateName, now: Share, before: Share) -> Rate:
    return Rate(name=name, now=now, before=before, differs=differ(now, before))


def _came_back(cases: Sequence[SeenCase]) -> Share:
    known = [case for case in cases if case.ended]
    return Share(count=sum(case.came_back for case in known), of=len(known))


def _satisfied(cases: Sequence[SeenCase]) -> Share:
    given = [case.rating for case in cases if case.rating is not None]
    return Share(count=sum(rating >= SATISFIED for rating in given), of=len(given))


def _escalated(cases: Sequence[SeenCase]) -> Share:
    return Share(count=sum(case.escalated for case in cases), of=len(cases))


def _set_aside(cases: Sequence[SeenCase]) -> Share:
    return Share(
        count=sum(case.set_aside for case in cases), of=sum(case.decided for case in cases)
    )


_SHARES: Mapping[RateName, Callable[[Sequence[SeenCase]], Share]] = {
    "came_back": _came_back,
    "satisfied": _satisfied,
    "escalated": _escalated,
    "set_aside": _set_aside,
}


def _quantile(found: Sequence[float], share: float) -> float:
    """Of sorted numbers, between the two nearest where it falls between them."""
    place = share * (len(found) - 1)
    below = int(place)
    above = min(below + 1, len(found) - 1)
    return round(found[below] + (place - below) * (found[above] - found[below]), 2)
