"""What scorers look things up in: passages, the company's rules, who asks, what a text rests on.

Scorers judge by these, and never by what a suggestion says of itself.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assist.domain.approval import Approval
from assist.domain.grants import Granted
from assist.domain.knowledge import Passage
from assist.domain.policy import PolicySet
from assist.ports import Records, Vectors

if TYPE_CHECKING:
    from assist.service.desk import Desk

Passages = Callable[[str], Passage]
"""Passage id -> passage; raises `NotFound`."""
Embed = Callable[[Sequence[str]], Vectors]
"""Texts -> vectors of length 1."""
ApprovalsOf = Callable[[str], tuple[Approval, ...]]
"""A ticket's id -> what was asked to be approved for it."""
GrantedTo = Callable[[str, datetime], tuple[Granted, ...]]
"""A customer's id and a moment -> what they were granted since."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """`passage` alone is enough for most scorers; one that lacks what it needs scores nothing."""

    passage: Passages
    rules: PolicySet | None = None
    records: Records | None = None
    granted: GrantedTo | None = None
    approvals: ApprovalsOf | None = None
    embed: Embed | None = None
    languages: Callable[[str], Mapping[str, float]] | None = None
    """A text -> how likely each language is, the likeliest first."""


def grounds_of(desk: "Desk") -> Grounds:
    """What the desk serves by now. Raises `NoIndex`."""
    opened = desk.opened()
    return Grounds(
        passage=desk.passage,
        rules=opened.policy_set,
        records=opened.records,
        granted=desk.parts.grants.of_customer,
        approvals=desk.parts.approvals.of_ticket,
        embed=desk.parts.embedder.embed,
        languages=desk.parts.detector.likely,
    )
