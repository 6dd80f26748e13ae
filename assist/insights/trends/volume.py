"""Cases -> how many came of each category, by day or by week, and when that changed."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from assist.domain.seen_case import SeenCase
from assist.domain.trends import ALL, NONE, Step, Volume
from assist.insights.trends.changes import changes, too_few

LENGTHS: dict[Step, int] = {"day": 1, "week": 7}
BY_DAY = 42
"""Days up to which each is a step of its own; longer times are shown by the week."""
DAY = timedelta(days=1)


class Window(NamedTuple):
    """A time, and how finely it is cut. `since` is a midnight in UTC.

    No case is known from before `began`: that nothing came until then is no quiet time.
    """

    since: datetime
    until: datetime
    step: Step
    began: datetime

    @property
    def steps(self) -> tuple[date, ...]:
        """The first day of each; the last one may be cut short by the end of the time."""
        length = LENGTHS[self.step] * DAY
        count = -((self.since - self.until) // length)
        return tuple((self.since + n * length).date() for n in range(count))

    @property
    def whole_days(self) -> range:
        """The days in which changes are looked for, counted from `since` on.

        Not one that is not over yet: it would look quiet.
        """
        return range(max((self.began - self.since) // DAY, 0), (self.until - self.since) // DAY)

    @property
    def first_whole_day(self) -> date:
        """The first day in which changes are looked for."""
        return (self.since + self.whole_days.start * DAY).date()

    def by_day(self, cases: Sequence[SeenCase]) -> list[int]:
        """How many of them came on each of the whole days."""
        days = Counter((case.came_at - self.since) // DAY for case in cases)
        return [days[day] for day in self.whole_days]


def window(since: datetime, until: datetime, began: datetime) -> Window:
    """By the day where the time is short, else by the week."""
    return Window(since, until, "day" if until - since <= BY_DAY * DAY else "week", began)


def volumes(
    now: Sequence[SeenCase], before: Sequence[SeenCase], window: Window
) -> tuple[Volume, ...]:
    """All together first, then each category, the largest first."""
    names = Counter(case.category or NONE for case in now)
    was = Counter(case.category or NONE for case in before)
    every = sorted(names | was, key=lambda name: (-names[name], -was[name], name))
    told = [_volume(ALL, now, len(before), window)]
    for name in every:
        some = [case for case in now if (case.category or NONE) == name]
        told.append(_volume(name, some, was[name], window))
    return tuple(told)


def _volume(name: str, cases: Sequence[SeenCase], before: int, window: Window) -> Volume:
    length = LENGTHS[window.step] * DAY
    steps = Counter((case.came_at - window.since) // length for case in cases)
    counted = window.by_day(cases)
    return Volume(
        category=name,
        total=len(cases),
        before=before,
        counts=tuple(steps[n] for n in range(len(window.steps))),
        changes=changes(counted, window.first_whole_day),
        note=too_few(len(counted), sum(counted)),
    )
