"""A BEIR folder -> its documents ranked for each query, by what serves in a home."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assist.domain.knowledge import Document, Generation
from assist.errors import NoIndex, NotReady
from assist.retrieval.run_file import run_lines
from assist.service.desk import Desk
from assist.settings import read_settings
from assist.wiring import opened
from evals.homes import own_settings, temporary_home
from evals.retrieval.beir import BeirSet
from evals.retrieval.metrics import Ranking, without_relevant
from evals.retrieval.trec import parse_run
from evals.run import ingest_whole

Progress = Callable[[str], None]
"""Called with what is being done now."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The lines of a TREC run, and the generation that ranked them in so many seconds."""

    lines: tuple[str, ...]
    top_k: int
    generation: Generation
    seconds: float

    @property
    def ranking(self) -> Ranking:
        """The ranking as the lines tell it: what is measured is what is written."""
        return parse_run(self.lines, "run")


def rank(one: BeirSet, *, home: Path | None, top_k: int, progress: Progress) -> Ranked:
    """The best `top_k` documents of every query with a relevant one.

    Without a home, the corpus is ingested into one of its own, whatever servers the environment
    names. Raises `BadInput` where the corpus is broken, `NotReady` where the home lacks it.
    """
    left_out = set(without_relevant(one.judgments))
    asked = [(query, text) for query, text in one.queries.items() if query not in left_out]
    with _holding(one, home, progress) as desk:
        generation = _serving(desk)
        progress(f"{one.name}: {len(asked)} queries")
        began = time.perf_counter()
        search = partial(desk.documents, kind=None, top_k=top_k, filters={})
        lines = tuple(run_lines(asked, search))
        return Ranked(lines, top_k, generation, time.perf_counter() - began)


@contextmanager
def _holding(one: BeirSet, home: Path | None, progress: Progress) -> Iterator[Desk]:
    if home is not None:
        with opened(read_settings(home)) as desk:
            _check_held(one, desk, home)
            yield desk
        return
    with temporary_home() as own, opened(own_settings(own)) as desk:
        progress(f"ingest {one.folder}")
        ingest_whole(desk, one.folder)
        yield desk


def _check_held(one: BeirSet, desk: Desk, home: Path) -> None:
    """Never ingest into a home that somebody keeps: what serves there would change."""
    held = {d.id: _content(d) for d in desk.parts.knowledge.documents(_serving(desk).id)}
    lacking = [d.id for d in one.documents if held.get(d.id) != _content(d)]
    if lacking:
        raise NotReady(
            f"lacks {len(lacking)} documents of {one.folder}, or has them otherwise, "
            f"first {lacking[0]!r}",
            where=str(home),
            cure=f"run `assist ingest {one.folder} --home {home}`, or leave --home out",
        )


def _content(document: Document) -> tuple[str, str, str]:
    return document.kind, document.title, document.text


def _serving(desk: Desk) -> Generation:
    generation = desk.parts.knowledge.current()
    if generation is None:
        raise NoIndex("nothing has been ingested", cure="run `assist ingest PATH`")
    return generation
