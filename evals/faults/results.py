"""What the campaign finds: which faults are caught by whom, and which scorers never see any."""

from datetime import datetime

from assist.domain.base import Model


class Caught(Model):
    """One scorer on one fault: of `n` cases it is eligible for, so many fell from full marks."""

    scorer: str
    n: int
    flipped: int
    difference: float
    p: float
    example: str = ""


class Graded(Model):
    """One fault. `shown` are cases on which the suggestion became another, of those tried.

    `caught` are the scorers that saw it, those meant to first. `broke` are cases of those tried on
    which the product gave no suggestion at all: every scorer counts those, so nobody gets credit.
    """

    name: str
    about: str
    where: str
    meant: tuple[str, ...]
    tried: int
    shown: int
    broke: int = 0
    caught: tuple[Caught, ...]
    cases: tuple[str, ...]

    @property
    def by_meant(self) -> tuple[Caught, ...]:
        """What the scorers found that are meant to."""
        return tuple(one for one in self.caught if one.scorer in self.meant)

    @property
    def by_others(self) -> tuple[Caught, ...]:
        """What others found."""
        return tuple(one for one in self.caught if one.scorer not in self.meant)


class Campaign(Model):
    """All faults. `moved` are scorers that moved although nothing was planted: none should.

    `never` are scorers that none of all faults made fall: they are of no use, or no fault is
    planted that they are made for. Only told where all were planted.
    """

    started_at: datetime
    seconds: float
    grader: str
    cases: int
    faults: tuple[Graded, ...]
    moved: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def missed(self) -> tuple[Graded, ...]:
        """Faults that no scorer meant to see them saw."""
        return tuple(one for one in self.faults if not one.by_meant)
