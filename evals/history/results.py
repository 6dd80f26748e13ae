"""What a replay on history finds out."""

from assist.domain.base import Model
from evals.history.solved import BadLine
from evals.history.steps import Step
from evals.retrieval.results import Estimate


class Replayed(Model):
    """One solved ticket, compared step by step with what would be suggested for it."""

    line: int
    ticket_id: str
    at: str
    solved: bool | None
    csat: float | None
    suggestion_id: str
    steps: tuple[Step, ...]


class StepSummary(Model):
    """One step over a group of tickets.

    `n` rows say something of it. `agreement` is the share that agrees, `value` the mean value:
    of the actions their overlap, of the reply the cosine, of coverage the share of statements.
    """

    step: str
    n: int
    agreement: Estimate | None
    value: Estimate | None


class Group(Model):
    """Tickets of one kind: all, those that were solved, those whose customer was satisfied."""

    name: str
    tickets: int
    steps: tuple[StepSummary, ...]


class History(Model):
    """The whole replay. `bad` are the lines left out; none is lost silently."""

    source: str
    generation: str
    policy_version: str
    seconds: float
    groups: tuple[Group, ...]
    replayed: tuple[Replayed, ...]
    bad: tuple[BadLine, ...]
