"""What somebody has to look at now: a promise, a solution that did not hold, a deadline."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model

NoticeKind = Literal["due", "overdue", "look", "escalation_deadline"]
"""`due`: do it now; `overdue`: it was not done; `look`: a solution did not hold, or nobody can
tell; `escalation_deadline`: nobody has answered what was handed over."""


class Notice(Model):
    """One such thing. About one thing there is one of each kind, however often it is told.

    `about` is the id of the entry of the ledger or of the escalation, `owner` who has to act. It
    holds no text of a customer's. Times have a zone; `due` is what the notice is about. Seen once:
    then `seen_at` and `seen_by` are set.
    """

    id: str
    kind: NoticeKind
    about: str
    case_id: str
    owner: str
    due: datetime
    made_at: datetime
    seen_at: datetime | None = None
    seen_by: str = ""


def notice_id(kind: NoticeKind, about: str) -> str:
    """The id that any process gives alike, so that none is made twice."""
    return f"{kind}-{about}"
