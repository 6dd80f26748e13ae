"""What becomes of a gap that is kept: its state, who has it, what was decided and proven."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field

from assist.domain.base import Model
from assist.domain.gaps import Gap, GapProof, GapState

GapAct = Literal["accept", "edit", "reject", "reopen", "assign"]
"""What an editor does with a gap."""
GapHappening = Literal[
    "found", "accepted", "edited", "rejected", "reopened", "assigned", "proven", "published",
    "verified",
]  # fmt: skip
MOVES: Mapping[GapAct, Mapping[GapState, GapState]] = {
    "accept": {"open": "accepted", "reopened": "accepted"},
    "edit": {"open": "open", "accepted": "accepted", "reopened": "reopened"},
    "reject": {"open": "rejected", "accepted": "rejected", "reopened": "rejected"},
    "reopen": {"accepted": "reopened", "rejected": "reopened", "verified": "reopened"},
    "assign": {
        "open": "open",
        "accepted": "accepted",
        "rejected": "rejected",
        "verified": "verified",
        "reopened": "reopened",
    },
}
"""From which state an act leads to which. `verified` is never an editor's word: tickets tell."""
TOLD: Mapping[GapAct, GapHappening] = {
    "accept": "accepted",
    "edit": "edited",
    "reject": "rejected",
    "reopen": "reopened",
    "assign": "assigned",
}
MOST_TEXT = 100_000
"""Characters of an article that an editor writes."""
MOST_REASON = 2_000


class GapSettings(Model):
    """When gaps are looked for, and when one counts as closed."""

    nightly: bool = Field(
        True, description="Whether gaps are looked for every night, in the tickets of this service."
    )
    hour: int = Field(
        2, description="Hour of the day, in UTC, at which gaps are looked for.", ge=0, le=23
    )
    weeks: int = Field(8, description="Weeks of tickets in which gaps are looked for.", ge=1, le=52)
    enough: int = Field(
        3,
        description="New tickets of a gap's kind, after its article was published, from which on "
        "they tell whether the gap is closed.",
        ge=1,
        le=1_000,
    )


class GapDecision(Model):
    """What an editor decides. The same `key` again is the same decision.

    `text` is the article in the editor's own words, `reason` why it is rejected or reopened,
    `owner` who has it from now on.
    """

    act: GapAct
    key: str = Field(min_length=1, max_length=200)
    text: str = Field(default="", max_length=MOST_TEXT)
    reason: str = Field(default="", max_length=MOST_REASON)
    owner: str = Field(default="", max_length=200)

    @property
    def digest(self) -> str:
        """A hash of what is decided."""
        return hashlib.sha256(self.model_dump_json(exclude={"key"}).encode()).hexdigest()[:16]


class GapEvent(Model):
    """One thing that happened to a gap. `by` is empty where nobody did it: tickets showed it."""

    key: str
    at: datetime
    what: GapHappening
    by: str = ""
    reason: str = ""
    tickets: tuple[str, ...] = ()
    """Ids of the tickets that show it."""
    digest: str = ""
    """Of the whole decision: the same key with another one is no repetition."""


class TrackedGap(Model):
    """A gap of a workspace. `gap` is as the last run found it, with all tickets that are kept.

    `draft` was made of agents' replies, `text` is the editor's own and wins. `stale`: a customer
    was forgotten of whose tickets something was made. `center` and `radius` are its tickets' middle
    and the least cosine to it of one that is of this kind; no center where it grew into another.
    """

    gap: Gap
    state: GapState = "open"
    owner: str = ""
    found_at: datetime
    seen_at: datetime
    changed_at: datetime
    """When its state became what it is."""
    rejected_tickets: int | None = None
    """How many tickets it had when it was rejected."""
    published_at: datetime | None = None
    """When the generation was made that is thought to close it."""
    stale: bool = False
    draft: str = ""
    text: str = ""
    proof: GapProof | None = None
    embedder: str = ""
    center: tuple[float, ...] = ()
    radius: float = 1.0

    @property
    def volume(self) -> int:
        """Tickets that prove it."""
        return len({ticket.ticket_id for ticket in self.gap.tickets})

    @property
    def proposal(self) -> str:
        """The article as it stands: the editor's, else the draft; "" where there is none."""
        return self.text or self.draft


class GapRun(Model):
    """One look for gaps that has ended. `error` says why it came to nothing."""

    started_at: datetime
    ended_at: datetime
    tickets: int = 0
    covered: int = 0
    found: int = 0
    new: int = 0
    verified: int = 0
    reopened: int = 0
    generation: str = ""
    notes: tuple[str, ...] = ()
    error: str = ""
    points: tuple[tuple[float, float, float, int], ...] = ()
    """The map: x, y, coverage, and the number of the gap in `gaps`, from 1; 0 for none."""
    gaps: tuple[str, ...] = ()
    """Ids of the gaps found, the greatest impact first."""
