"""Use case: a draft -> what it would change, by judging with it as if it were published."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assist.domain.gaps import Gap, GapProof
from assist.domain.knowledge import Document
from assist.insights.gaps.drafts import Draft
from assist.insights.gaps.gate import usual
from assist.insights.gaps.uncovered import Uncovered
from assist.ports import Embedder, Vectors
from assist.retrieval.chunking import chunk
from assist.retrieval.covering.judge import Coverer
from assist.retrieval.covering.lines import lines
from assist.retrieval.covering.scale import Numbers

LOSS = 0.05
"""Coverage that a ticket may lose without being worse: one more article moves all a little."""
DRAFT = "draft:"
"""In front of a draft's id, so that it is never taken for an article."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Bench:
    """The tickets' issues with their vectors, made once for any number of drafts."""

    issues: tuple[Uncovered, ...]
    coverer: Coverer
    embedder: Embedder
    vectors: Vectors = field(repr=False)

    @classmethod
    def of(cls, issues: Sequence[Uncovered], coverer: Coverer, embedder: Embedder) -> "Bench":
        """All issues that were judged, covered or not."""
        vectors = coverer.embed([issue.text for issue in issues])
        return cls(tuple(issues), coverer, embedder, vectors)

    def prove(self, gap: Gap, draft: Draft) -> GapProof:
        """Before and after. The gap's own tickets are among `issues`."""
        name = draft.edits or f"{DRAFT}{draft.id}"
        was, had, before = self._seen(self.coverer, name)
        now, has, after = self._seen(self._shadow(draft, name), name)
        texts = {(ticket.ticket_id, ticket.text) for ticket in gap.tickets}
        tickets = {ticket.ticket_id for ticket in gap.tickets}
        own = np.array([(one.ticket_id, one.text) in texts for one in self.issues], dtype=bool)
        other = np.array([one.ticket_id not in tickets for one in self.issues], dtype=bool)
        covered = self.coverer.scale.covered
        return GapProof(
            gap_id=gap.id,
            tickets=len(tickets),
            before=float(was[own].mean()),
            after=float(now[own].mean()),
            others=len({one.ticket_id for one in self.issues} - tickets),
            worse=self._ids(other & (now < was - LOSS)),
            won=self._ids(other & (was >= covered) & has & ~had),
            restored=float(((now[own] >= covered) & (after[own] >= usual(before.tolist()))).mean()),
        )

    def _shadow(self, draft: Draft, name: str) -> Coverer:
        document = Document(id=name, title=draft.title, text=draft.body)
        model = self.embedder
        return self.coverer.also(lines(chunk(document, model.pieces, model.max_pieces)))

    def _seen(self, coverer: Coverer, name: str) -> tuple[Numbers, Mask, Numbers]:
        """Coverage of each issue, whether this document is what answers it, and closeness."""
        measured = coverer.measure_vectors(self.vectors)
        evidence = coverer.evidence(measured)
        number = coverer.documents.index(name) if name in coverer.documents else -1
        is_it = measured.document == number
        return coverer.scale.values(evidence), is_it, coverer.closeness(measured, evidence)

    def _ids(self, which: Mask) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.issues[n].ticket_id for n in np.flatnonzero(which)))
