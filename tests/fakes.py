"""In-memory stand-ins for the ports. Each passes the contract suite of its port."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assist.adapters.postgres.jobs import KEPT_ENDED, LOST_AFTER
from assist.adapters.postgres.knowledge import KEPT_OLD_GENERATIONS
from assist.adapters.postgres.rows import check_files, json_text, versions
from assist.domain.inquiries import Asked
from assist.domain.issue import Issue
from assist.domain.jobs import Job
from assist.domain.kb_health import UsedPassages
from assist.domain.knowledge import Document, Generation, Passage, Refusal
from assist.domain.suggestion import Suggestion
from assist.domain.suggestion_head import SuggestionHead
from assist.errors import NotFound, NotReady
from assist.ports import Reading


@dataclass(frozen=True)
class FrozenClock:
    """A clock that stands."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class _Kept:
    generation: Generation
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    files: dict[str, str]
    state: str


class InMemoryKnowledge:
    """`KnowledgeStore` in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}
        self._refusal: Refusal | None = None

    def refuse(self, refusal: Refusal | None) -> None:
        self._refusal = refusal

    def refused(self) -> Refusal | None:
        return self._refusal

    def current(self) -> Generation | None:
        return next((k.generation for k in self._kept.values() if k.state == "live"), None)

    def store_time(self) -> datetime:
        return datetime.now(UTC)

    def generations(self) -> tuple[Generation, ...]:
        published = [k.generation for k in self._kept.values() if k.state != "staged"]
        return tuple(sorted(published, key=lambda generation: -generation.number))

    def documents(self, generation: str) -> tuple[Document, ...]:
        return self._find(generation).documents

    def passages(self, generation: str) -> tuple[Passage, ...]:
        return self._find(generation).passages

    def files(self, generation: str) -> dict[str, str]:
        return dict(self._find(generation).files)

    def stage(
        self,
        generation: Generation,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        files: Mapping[str, str],
    ) -> None:
        check_files(files)
        list(versions(documents, passages))
        if self._state(generation.id) in {"live", "old"}:
            raise NotReady(f"generation {generation.id} is already published")
        self._kept = {key: kept for key, kept in self._kept.items() if kept.state != "staged"}
        self._kept[generation.id] = _Kept(
            generation,
            tuple(sorted(map(_as_stored, documents), key=lambda document: document.id)),
            tuple(sorted(passages, key=lambda p: (p.document_id, p.position, p.id))),
            dict(files),
            "staged",
        )

    def publish(self, generation: str) -> None:
        if self._state(generation) != "staged":
            raise NotReady(f"generation {generation} is not staged")
        self._refusal = None
        for key, kept in self._kept.items():
            if kept.state == "live":
                self._kept[key] = replace(kept, state="old")
        self._kept[generation] = replace(self._kept[generation], state="live")
        for old in self.generations()[KEPT_OLD_GENERATIONS + 1 :]:
            del self._kept[old.id]

    def erase(self, document_ids: Collection[str]) -> int:
        live = next((k for k in self._kept.values() if k.state == "live"), None)
        if live and any(document.id in document_ids for document in live.documents):
            raise NotReady("a document is being served")
        self._kept = {key: kept for key, kept in self._kept.items() if kept.state != "staged"}
        without = {key: _without(kept, document_ids) for key, kept in self._kept.items()}
        changed = sum(without[key] != kept for key, kept in self._kept.items())
        self._kept = without
        return changed

    def scrub(self) -> tuple[str, ...]:
        return ()

    def _find(self, generation: str) -> _Kept:
        if generation not in self._kept:
            raise NotFound(f"there is no generation {generation!r}")
        return self._kept[generation]

    def _state(self, generation: str) -> str | None:
        return self._kept[generation].state if generation in self._kept else None


def _without(kept: _Kept, document_ids: Collection[str]) -> _Kept:
    documents = tuple(d for d in kept.documents if d.id not in document_ids)
    passages = tuple(p for p in kept.passages if p.document_id not in document_ids)
    counts = {"documents": len(documents), "passages": len(passages)}
    generation = kept.generation.model_copy(update=counts)
    return replace(kept, generation=generation, documents=documents, passages=passages)


def _as_stored(document: Document) -> Document:
    return document.model_copy(update={"front_matter_lines": {}})


class InMemorySuggestions:
    """`SuggestionStore` in a dict."""

    def __init__(self) -> None:
        self._kept: dict[str, Suggestion] = {}

    def save(self, suggestion: Suggestion, customer_id: str | None = None) -> None:
        json_text(suggestion, f"suggestion {suggestion.id!r}")
        self._kept[suggestion.id] = suggestion

    def get(self, suggestion_id: str) -> Suggestion:
        if suggestion_id not in self._kept:
            raise NotFound(f"there is no suggestion {suggestion_id!r}")
        return self._kept[suggestion_id]

    def heads(self, suggestion_ids: Sequence[str]) -> Mapping[str, SuggestionHead]:
        made = [self._kept[one] for one in suggestion_ids if one in self._kept]
        return {
            one.id: SuggestionHead(
                id=one.id,
                statement=one.issue.statement,
                category=one.issue.category,
                escalate=one.escalation.needed,
                clocks=one.priority.clocks,
            )
            for one in made
        }

    def newest(self, limit: int) -> tuple[Suggestion, ...]:
        latest: dict[str, Suggestion] = {}
        for one in sorted(self._kept.values(), key=lambda s: s.id, reverse=True):
            before = latest.get(one.ticket_id, one)
            if (one.revision, one.created_at) >= (before.revision, before.created_at):
                latest[one.ticket_id] = one
        by_id = sorted(latest.values(), key=lambda s: s.id)
        return tuple(sorted(by_id, key=lambda s: s.created_at, reverse=True)[:limit])

    def asked(self, since: datetime, until: datetime) -> tuple[Asked, ...]:
        latest: dict[str, Suggestion] = {}
        for one in sorted(self._kept.values(), key=lambda s: (s.revision, s.created_at)):
            if since <= one.created_at < until:
                latest[one.ticket_id] = one
        newest = sorted(latest.values(), key=lambda s: s.ticket_id)
        newest.sort(key=lambda s: s.created_at, reverse=True)
        return tuple(_asked(one, issue) for one in newest for issue in one.issues)

    def used(self, since: datetime, until: datetime) -> tuple[UsedPassages, ...]:
        made = [one for one in self._kept.values() if since <= one.created_at < until]
        return tuple(_used(one) for one in sorted(made, key=lambda s: (s.created_at, s.id)))


def _used(suggestion: Suggestion) -> UsedPassages:
    chosen = suggestion.choice.candidate_id if suggestion.choice else None
    drafted = [c for sentence in suggestion.draft.sentences for c in sentence.citations]
    solving = [c for one in suggestion.candidates if one.id == chosen for c in one.citations]
    return UsedPassages(
        suggestion_id=suggestion.id,
        ticket_id=suggestion.ticket_id,
        at=suggestion.created_at,
        category=suggestion.issue.category,
        found={hit.passage_id: hit.document_id for hit in suggestion.hits},
        cited=tuple(sorted({citation.document_id for citation in (*drafted, *solving)})),
    )


def _asked(suggestion: Suggestion, issue: Issue) -> Asked:
    chosen = issue.choice.candidate_id if issue.choice else None
    return Asked(
        ticket_id=suggestion.ticket_id,
        at=suggestion.created_at,
        statement=issue.statement,
        text=issue.text,
        category=issue.category,
        answered=chosen is not None,
        documents=tuple(
            citation.document_id
            for candidate in suggestion.candidates
            if candidate.id == chosen
            for citation in candidate.citations
        ),
    )


class InMemoryJobs:
    """`JobStore` in a dict."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._readings: dict[str, Reading] = {}
        self._builders: dict[str, tuple[str, datetime]] = {}
        self._homes: dict[str, str] = {}

    def add(self, job: Job, reading: Reading | None, home: str | None = None) -> None:
        if reading is not None:
            check_files(reading.files)
            for document in reading.documents:
                json_text(document, f"document {document.id!r}")
            self._readings[job.id] = reading
        self._jobs[job.id] = job
        if home is not None:
            self._homes[job.id] = home

    def get(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise NotFound(f"there is no ingest job {job_id!r}")
        return self._jobs[job_id]

    def latest(self, limit: int) -> tuple[Job, ...]:
        return tuple(reversed(self._jobs.values()))[:limit]

    def unfinished(self) -> tuple[Job, ...]:
        return tuple(job for job in self._jobs.values() if not job.ended)

    def reading(self, job_id: str) -> Reading:
        if job_id not in self._readings:
            raise NotFound(f"there is no ingest job {job_id!r} with a reading")
        return self._readings[job_id]

    def claim(self, builder: str, at: datetime) -> Job | None:
        unfinished = self.unfinished()
        for job in unfinished:
            if job.state == "building":
                other, seen = self._builders[job.id]
                if other != builder and seen >= at - LOST_AFTER:
                    return None
        ours = (job for job in unfinished if self._homes.get(job.id, builder) == builder)
        if (job := next(ours, None)) is None:
            return None
        begun = {"state": "building", "stage": "", "done": 0, "total": 0, "updated_at": at}
        claimed = job.model_copy(update=begun | {"attempts": job.attempts + 1})
        self._jobs[job.id] = claimed
        self._builders[job.id] = (builder, at)
        return claimed

    def save(self, job: Job) -> None:
        self._jobs[job.id] = job
        if job.id in self._builders:
            self._builders[job.id] = (self._builders[job.id][0], job.updated_at)
        if job.ended:
            self._readings.pop(job.id, None)
            ended = [kept.id for kept in self._jobs.values() if kept.ended]
            for old in ended[: max(0, len(ended) - KEPT_ENDED)]:
                del self._jobs[old]
