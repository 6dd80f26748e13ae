"""Use case: coverage of very many tickets, by workers that each join the knowledge base.

What takes long to make, the vectors of all lines, is made once and sent to them; the rest, the
model and the index of words, each reads where it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, fields, replace
from typing import Any

from assist.domain.ticket import Ticket
from assist.errors import NotReady
from assist.ports import Bulk, Progress, Work
from assist.retrieval.covering.judge import Coverer
from assist.service.bulk_embedding import BulkEmbedder, Embedding
from assist.service.covering import AT_ONCE, Covering, Judged, remarks_of
from assist.service.covering_lines import embed_each
from assist.service.desk import Desk
from assist.service.indexing import silent

Join = Callable[[], AbstractContextManager[Desk]]
"""Joins the same knowledge base from another process; can be pickled."""
HELD_HERE = ("embed", "words")
"""Of a coverer, what is bound to this process."""


@dataclass
class BulkCovering(Covering):
    """Judges as `Covering` does, by workers: the same tickets together, and so the same values."""

    bulk: Bulk = field(kw_only=True)
    join: Join = field(kw_only=True)

    def judge(
        self, tickets: Iterable[Ticket], coverer: Coverer | None = None, progress: Progress = silent
    ) -> Iterator[Judged]:
        """See `Covering.judge`; the first comes when a worker has started, some seconds later.

        Raises besides what `Bulk.each` does, and `NotReady` where another generation serves by now.
        """
        judging = coverer or self.coverer(progress)
        state = {f.name: getattr(judging, f.name) for f in fields(judging)}
        sent = {name: value for name, value in state.items() if name not in HELD_HERE}
        generation = self.desk.opened().library.generation.id
        yield from self.bulk.each(tickets, Judging(self.join, generation, sent), AT_ONCE)


def shared(desk: Desk, bulk: Bulk, join: Join) -> BulkCovering:
    """What judges and embeds for this desk by workers."""
    embedder = BulkEmbedder(desk.parts.embedder, bulk, Embedding(join))
    own = replace(desk, parts=replace(desk.parts, embedder=embedder))
    return BulkCovering(own, bulk=bulk, join=join)


@dataclass(frozen=True)
class Judging:
    """Starts a worker that judges: it joins the knowledge base, and is sent the coverer."""

    join: Join
    generation: str
    coverer: Mapping[str, Any]

    def __call__(self) -> Work[Ticket, Judged]:
        """What the worker does, the home joined for as long as it lives."""
        held = ExitStack()
        desk = held.enter_context(self.join())
        library = desk.opened().library
        if library.generation.id != self.generation:
            raise NotReady("the knowledge base was ingested anew meanwhile", cure="start again")
        embedder = library.parts.embedder
        coverer = Coverer(
            **self.coverer,
            embed=lambda texts: embed_each(embedder, texts),
            words=remarks_of(library),
        )
        covering = Covering(desk)

        def judge(tickets: Sequence[Ticket], _open: ExitStack = held) -> Sequence[Judged]:
            return [*covering.judge(tickets, coverer)]

        return judge
