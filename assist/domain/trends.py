"""How support went over a time: how much came of what, how fast, how well, and what changed."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from assist.domain.base import Model
from assist.domain.kb_health import Share

Step = Literal["day", "week"]
SpeedName = Literal["first_response", "resolution"]
RateName = Literal["came_back", "satisfied", "escalated", "set_aside"]
ALL = "all"
"""Every category together."""
NONE = "none"
"""Cases without a category."""


class Change(Model):
    """A day from which on more or fewer came, with the mean of each week before and after.

    Counted over `days_before` and `days_after`, up to the changes beside it.
    """

    on: date
    before: float = Field(ge=0)
    after: float = Field(ge=0)
    days_before: int = Field(gt=0)
    days_after: int = Field(gt=0)

    @property
    def says(self) -> str:
        """In one sentence."""
        way = "more" if self.after > self.before else "fewer"
        return (
            f"{way} from {self.on} on: {self.before:.1f} a week in the {self.days_before} days "
            f"before, {self.after:.1f} in the {self.days_after} days since"
        )


class Volume(Model):
    """How many cases of a category came, a number for each step of the time.

    `days` counts a number for each day, whatever the step: what changes are looked for in.
    """

    category: str
    total: int
    before: int
    """In the time of the same length before."""
    counts: tuple[int, ...]
    changes: tuple[Change, ...] = ()
    note: str = ""
    """Why no changes were looked for, where they were not."""


class Took(Model):
    """The middle of so many lengths of time, in hours.

    `low` and `high` are its 95 % interval, `slow` what nine in ten stay under; all three are none
    where `n` is too small for them.
    """

    n: int
    median: float | None = None
    low: float | None = None
    high: float | None = None
    slow: float | None = None


class Speed(Model):
    """How long customers waited. `of` cases came; of those whose times are known `wall` tells."""

    name: SpeedName
    of: int
    wall: Took
    business: Took
    before: Took
    """By the clock on the wall, in the time of the same length before."""


class Rate(Model):
    """A share of the cases, and the same share in the time before.

    `differs` only where the 95 % interval of the difference leaves zero out.
    """

    name: RateName
    now: Share
    before: Share
    differs: bool = False


class Trends(Model):
    """All of it. Days are those of UTC; the time ends before `until`, and `steps` are its parts.

    The last step is shorter where the time is no whole number of them. `undated` tickets do not say
    when they were written and count by when they came in here.
    """

    since: datetime
    until: datetime
    step: Step
    steps: tuple[date, ...]
    cases: int
    before: int
    """Cases in the time of the same length before."""
    undated: int
    open: int
    """Cases that have not ended yet: nobody knows how they go."""
    volumes: tuple[Volume, ...] = ()
    speeds: tuple[Speed, ...] = ()
    rates: tuple[Rate, ...] = ()
    rating: float | None = None
    """Mean of the ratings, 1 to 5; none where too few were given."""
    notes: tuple[str, ...] = ()
