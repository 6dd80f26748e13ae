"""Use case: one ticket revision -> one suggestion, kept by id."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from assist.domain.case import Case
from assist.domain.knowledge import Hit, Kind
from assist.domain.policy import PolicySet
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import BadSetting
from assist.graph.build import SuggestGraph, run_suggest
from assist.graph.tools import Tools
from assist.ports import Embedder, Records
from assist.service.library import Library

Vector = NDArray[np.float32]


REMEMBERED = 20_000
"""Texts whose vectors are kept, 1.5 kB each: the statements of some two thousand passages."""


class Similarity:
    """Cosine of a text to each of others, by the embedder; remembers what it embedded last."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, query: str, texts: Sequence[str]) -> Sequence[float]:
        """One cosine per text."""
        wanted = dict.fromkeys((query, *texts))
        with self._lock:
            found = {text: self._known[text] for text in wanted if text in self._known}
        unknown = [text for text in wanted if text not in found]
        found |= zip(unknown, self._embedder.embed(unknown), strict=True)
        self._remember(found)
        return [float(found[text] @ found[query]) for text in texts]

    def _remember(self, found: Mapping[str, Vector]) -> None:
        with self._lock:
            for text, vector in found.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) > REMEMBERED:
                self._known.popitem(last=False)


def tools_for(
    library: Library,
    similarity: Similarity,
    policy_set: PolicySet,
    records: Records | None,
    categories: Mapping[str, str],
) -> Tools:
    """The tools of one generation; `categories` are what its documents are filed under, by id."""

    def search(
        query: str, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        return library.search(query, kind=kind, top_k=top_k, filters=filters)

    return Tools(
        search=search,
        judge_coverage=library.coverage,
        similarity=similarity,
        document=library.document,
        category_of=categories.get,
        policy_set=policy_set,
        records=records,
    )


async def suggest(
    ticket: Ticket, graph: SuggestGraph, tools: Tools, *, generation: str, now: datetime, level: str
) -> Suggestion:
    """The suggestion for this ticket revision, judged at `now` and at this authority level."""
    levels = tools.policy_set.authority.levels
    if level not in levels:
        raise BadSetting(
            f"there is no level {level!r}", where="level", cure=f"use {', '.join(levels)}"
        )
    start = Case(ticket=ticket, now=now, level=level, notes=_notes(tools.policy_set))
    case = await run_suggest(graph, start, tools)
    return _suggestion(case, generation, tools.policy_set.version)


def _notes(policy_set: PolicySet) -> tuple[str, ...]:
    if not policy_set.defaults:
        return ()
    return (f"packaged defaults stand in for {', '.join(policy_set.defaults)}",)


def _suggestion(case: Case, generation: str, policy_version: str) -> Suggestion:
    main = case.main_issue
    if main.priority is None or case.draft is None or case.escalation is None:
        raise AssertionError("a step of the graph did not run")
    hits = {hit.passage_id: hit for found in case.hits.values() for hit in found}
    return Suggestion(
        id=suggestion_id(case, generation),
        ticket_id=case.ticket.id,
        revision=case.ticket.revision,
        generation=generation,
        policy_version=policy_version,
        created_at=case.now,
        mode="extractive",
        issues=case.issues,
        issue=main,
        priority=main.priority,
        choice=main.choice,
        abstention=main.abstention,
        signals=case.signals,
        questions=case.questions,
        requirements=case.requirements,
        hits=tuple(hits.values()),
        candidates=case.candidates,
        draft=case.draft,
        promises=case.promises,
        escalation=case.escalation,
        plan=case.plan,
        follow_ups=case.follow_ups,
        notes=case.notes,
        trace=case.trace,
    )


def suggestion_id(case: Case, generation: str) -> str:
    """The same ticket revision, judged at the same time by the same generation, has the same id."""
    parts = (
        case.ticket.id,
        str(case.ticket.revision),
        generation,
        case.now.isoformat(),
        case.level,
    )
    return "s-" + hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]
