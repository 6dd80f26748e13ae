"""An in-memory stand-in for errands to helpdesks."""

from collections.abc import Sequence
from datetime import datetime

from assist.adapters.postgres.errands import no_such_errand
from assist.adapters.postgres.rows import plain_text
from assist.domain.errands import Errand, ErrandState, HelpdeskStanding
from assist.ports import Timers

CHANGES = ("state", "tried_at", "tries", "problem", "case_id")


class InMemoryErrands:
    """`ErrandStore` in a dict, its timers beside it."""

    def __init__(self, timers: Timers) -> None:
        self._timers = timers
        self._kept: dict[str, Errand] = {}

    def add(self, errand: Errand, at: datetime) -> bool:
        for name in ("helpdesk", "ticket_id", "key"):
            plain_text(getattr(errand, name), name)
        signed = {(e.helpdesk, e.signed) for e in self._kept.values() if e.signed}
        if errand.id in self._kept or (errand.helpdesk, errand.signed) in signed:
            return False
        self._kept[errand.id] = errand
        self._timers.set("errand", errand.id, at)
        return True

    def get(self, errand_id: str) -> Errand:
        if plain_text(errand_id, "errand_id") not in self._kept:
            raise no_such_errand(errand_id)
        return self._kept[errand_id]

    def change(self, errand: Errand) -> None:
        kept = self._kept.get(errand.id)
        if kept is not None and kept.state == "waiting":
            told = {name: getattr(errand, name) for name in CHANGES}
            self._kept[errand.id] = kept.model_copy(update=told)

    def waiting(self, helpdesk: str, ticket_id: str) -> tuple[Errand, ...]:
        wanted = (helpdesk, ticket_id, "waiting", "fetch")
        return tuple(
            e for e in self._kept.values() if (e.helpdesk, e.ticket_id, e.state, e.kind) == wanted
        )

    def untried(self, before: datetime, limit: int) -> tuple[str, ...]:
        found = (e for e in self._kept.values() if e.state == "waiting")
        return tuple(e.id for e in found if (e.tried_at or e.made_at) < before)[:limit]

    def listed(self, states: Sequence[ErrandState], limit: int) -> tuple[Errand, ...]:
        found = [e for e in self._kept.values() if e.state in states]
        return tuple(reversed(found))[:limit]

    def standings(self) -> tuple[HelpdeskStanding, ...]:
        names = sorted({e.helpdesk for e in self._kept.values()})
        return tuple(
            _standing(name, [e for e in self._kept.values() if e.helpdesk == name])
            for name in names
        )

    def prune(self, before: datetime) -> int:
        old = [e.id for e in self._kept.values() if e.state != "waiting" and e.made_at < before]
        for errand_id in old:
            del self._kept[errand_id]
        return len(old)


def _standing(name: str, errands: list[Errand]) -> HelpdeskStanding:
    waiting = [e for e in errands if e.state == "waiting"]
    failed = sorted(
        (e.tried_at, e.problem) for e in waiting if e.tried_at is not None and e.problem
    )
    return HelpdeskStanding(
        helpdesk=name,
        waiting=len(waiting),
        failed=sum(e.state == "failed" for e in errands),
        heard_at=max((e.made_at for e in errands if e.kind == "fetch"), default=None),
        problem=failed[-1][1] if failed else "",
    )
