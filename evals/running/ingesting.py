"""A corpus -> a desk that serves it, in a home that is the caller's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assist.adapters.indexes import Share
from assist.domain.evaluation import EvalVersions
from assist.errors import BadInput
from assist.retrieval.chunking import CHUNKING
from assist.service.desk import Desk
from assist.settings import Settings
from assist.wiring import joined, opened, owned
from evals.running.fingerprints import of_texts

PLACE = {"source", "content_hash", "front_matter_lines"}
"""What a document says of where it was read."""


@contextmanager
def ingested(settings: Settings, corpus: Path, workers: int = 1) -> Iterator[Desk]:
    """A desk that has read the corpus; several workers may read what it has built beside it.

    Raises `BadInput` where part of the corpus is broken.
    """
    with _opened(settings, workers) as desk:
        ingest_whole(desk, corpus)
        yield desk


@contextmanager
def _opened(settings: Settings, workers: int) -> Iterator[Desk]:
    if workers == 1:
        with opened(settings) as desk:
            yield desk
        return
    with owned(settings), joined(settings, Share.BUILDS) as desk:
        yield desk


def ingest_whole(desk: Desk, corpus: Path) -> str:
    """Ingest the corpus and return its generation. Raises `BadInput` where part of it is broken."""
    report = desk.ingest(corpus, progress=lambda _stage, _done, _total: None)
    for problem in report.problems:
        if problem.severity == "error":
            raise BadInput(problem.problem, where=problem.where, cure=problem.cure)
    return report.generation


def _mark(desk: Desk, generation: str) -> str:
    """The hash of the documents and files of a generation, whichever folder they came from."""
    knowledge = desk.parts.knowledge
    documents = sorted(knowledge.documents(generation), key=lambda document: document.id)
    files = sorted(knowledge.files(generation).items())
    told = (document.model_dump_json(exclude=PLACE) for document in documents)
    return of_texts([CHUNKING, *told, *(text for file in files for text in file)])


def bound(versions: EvalVersions, desk: Desk) -> EvalVersions:
    """The versions with what the corpus has become."""
    opened_now = desk.opened()
    generation = opened_now.library.generation
    found = {
        "corpus": _mark(desk, generation.id),
        "generation": generation.id,
        "policy_version": opened_now.policy_set.version,
        "embedder": generation.embedder,
    }
    return versions.model_copy(update=found)
