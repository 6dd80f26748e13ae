"""An in-memory stand-in for what is to be mended."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assist.adapters.postgres.rows import json_text, plain_text
from assist.adapters.postgres.upstream import check_same, no_such_item
from assist.domain.systemic import UpstreamEvent, UpstreamItem, UpstreamState

if TYPE_CHECKING:
    from assist.ports.upstream import UpstreamChange


class InMemoryUpstream:
    """`UpstreamStore` in dicts."""

    def __init__(self) -> None:
        self._kept: dict[str, UpstreamItem] = {}
        self._events: dict[str, list[UpstreamEvent]] = {}

    def add(self, item: UpstreamItem, event: UpstreamEvent) -> UpstreamItem:
        json_text(item, "item")
        if plain_text(item.id, "item_id") not in self._kept:
            self._kept[item.id], self._events[item.id] = item, []
            self._add_event(item.id, event)
        return self._kept[item.id]

    def change(self, item_id: str, event: UpstreamEvent, change: "UpstreamChange") -> UpstreamItem:
        kept = self.get(item_id)
        for one in self._events[item_id]:
            if one.key == event.key:
                check_same(one.digest, event)
                return kept
        new = change(kept)
        json_text(new, "item")
        self._add_event(item_id, event)
        self._kept[item_id] = new
        return new

    def get(self, item_id: str) -> UpstreamItem:
        if plain_text(item_id, "item_id") not in self._kept:
            raise no_such_item(item_id)
        return self._kept[item_id]

    def history(self, item_id: str) -> tuple[UpstreamEvent, ...]:
        self.get(item_id)
        return tuple(self._events[item_id])

    def listed(self, states: Sequence[UpstreamState], limit: int) -> tuple[UpstreamItem, ...]:
        newest = [one for one in self._kept.values() if one.state in states][::-1]
        return tuple(sorted(newest, key=_changed, reverse=True))[:limit]

    def _add_event(self, item_id: str, event: UpstreamEvent) -> None:
        for name in ("key", "by", "note"):
            plain_text(getattr(event, name), name)
        self._events[item_id].append(event)


def _changed(item: UpstreamItem) -> float:
    return item.changed_at.timestamp()
