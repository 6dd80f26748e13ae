"""Timers: what is looked at when its time comes."""

from typing import Literal

from assist.domain.base import Model

TimedKind = Literal["entry", "escalation", "gaps", "errand"]
"""What an id is of: an entry of the ledger, an escalation, an errand to a helpdesk; for `gaps` it
is a time."""


class TimerState(Model):
    """How the timers of a workspace stand.

    `late` ones should have been handed over by now: more than a minute ago. `attended` tells how
    many processes attend to them, by signs of life in the last half minute.
    """

    waiting: int
    late: int
    attended: int
