"""Keeps suggestions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # what a search need not wait for
    from assist.domain.inquiries import Asked
    from assist.domain.kb_health import UsedPassages
    from assist.domain.suggestion import Suggestion
    from assist.domain.suggestion_head import SuggestionHead


class SuggestionStore(Protocol):
    """Keeps suggestions by id, for one workspace."""

    def save(self, suggestion: "Suggestion", customer_id: str | None = None) -> None:
        """Keep it; saving the same id again replaces it. `customer_id`: whose ticket it is for."""
        ...

    def get(self, suggestion_id: str) -> "Suggestion":
        """Raises `NotFound`."""
        ...

    def heads(self, suggestion_ids: Sequence[str]) -> "Mapping[str, SuggestionHead]":
        """What lists tell of these, by id; one that there is not is left out."""
        ...

    def newest(self, limit: int) -> tuple["Suggestion", ...]:
        """The latest suggestion of each ticket, the newest first, so many at most."""
        ...

    def asked(self, since: datetime, until: datetime) -> tuple["Asked", ...]:
        """What each ticket of that time asks, an issue each, by its latest revision."""
        ...

    def used(self, since: datetime, until: datetime) -> tuple["UsedPassages", ...]:
        """What each suggestion made in that time drew on, the oldest first."""
        ...
