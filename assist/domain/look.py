"""The formal look at a solved case: did the customer come back, or did the solution hold?"""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model

LookResult = Literal["held", "came_back", "unknown"]
"""`unknown`: the customer has no id, or wrote again and nobody found out about what."""


class Looked(Model):
    """What the look for `entry_id` found at `at`; `evidence` are the ids of cases, `why` words."""

    entry_id: str
    at: datetime
    result: LookResult
    evidence: tuple[str, ...] = ()
    why: str = ""
