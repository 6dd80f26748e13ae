"""What a list of cases tells of a suggestion."""

from assist.domain.base import Model
from assist.domain.issue import Clocks


class SuggestionHead(Model):
    """The main issue and its clocks; `escalate`: whether it says that somebody else must decide."""

    id: str
    statement: str
    category: str | None = None
    escalate: bool
    clocks: Clocks
