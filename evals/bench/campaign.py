"""One bench from start to end: our own corpus first, then each evaluation set that is there."""

import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from assist import __version__
from assist.wiring import opened
from evals.bench.answering import foreign_questions, own_questions
from evals.bench.commands import run
from evals.bench.quality import rank_documents
from evals.bench.results import (
    Answering,
    Bench,
    FirstSuggestion,
    Ingest,
    Latency,
    Memory,
    Retrieval,
)
from evals.bench.served import served_suggest
from evals.bench.sets import EvalSet, evalsets_folder, load_set, sample
from evals.bench.sizes import Size
from evals.bench.speed import (
    first_suggestion,
    many_suggestions,
    statements,
    tickets,
    warm_search,
    warm_suggest,
)
from evals.bench.verdicts import verdict_speed
from evals.homes import own_settings, temporary_home
from evals.run import git_sha
from evals.suites import find

CORPUS = "kb_corpus"
ANSWERABLE = ("faq_paraphrases", "product_manual")
"""Sets whose questions one document answers; each one's questions are foreign to the other."""

Say = Callable[[str], None]


@dataclass
class Found:
    """What was measured so far."""

    latencies: list[Latency] = field(default_factory=list)
    ingests: list[Ingest] = field(default_factory=list)
    memory: list[Memory] = field(default_factory=list)
    retrieval: list[Retrieval] = field(default_factory=list)
    answering: list[Answering] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def bench(size: Size, say: Say) -> Bench:
    """Measure everything of this size."""
    began, found, machine = time.perf_counter(), Found(), _machine()
    found.latencies += verdict_speed()
    sets = _sets(size, found)
    first = _own_corpus(size, sets, found, say)
    for one in sets.values():
        _evaluation_set(one, sets, size, found, say)
    return Bench(
        size=size.name,
        assist_version=__version__,
        git_sha=git_sha(),
        machine=machine,
        first_suggestion=first,
        latencies=tuple(found.latencies),
        ingests=tuple(found.ingests),
        memory=tuple(found.memory),
        retrieval=tuple(found.retrieval),
        answering=tuple(found.answering),
        skipped=tuple(found.skipped),
        seconds=round(time.perf_counter() - began, 1),
    )


def _machine() -> str:
    """The machine, and how busy it was before: a time taken beside other work is no measurement."""
    busy = f"load {os.getloadavg()[0]:.1f} before"
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.machine()}, {python}, {busy}"


def _sets(size: Size, found: Found) -> dict[str, EvalSet]:
    sets = {}
    for name in size.sets:
        one = load_set(name)
        if one is None:
            found.skipped.append(f"{name}: not in {evalsets_folder()} (set ASSIST_EVALSETS)")
        else:
            sets[name] = one
    return sets


def _own_corpus(size: Size, sets: dict[str, EvalSet], found: Found, say: Say) -> FirstSuggestion:
    """Speed and memory over the packaged corpus, and questions that are foreign to it."""
    corpus = find(CORPUS)
    texts = statements(corpus)
    asked = tickets(texts, size.tickets)
    with temporary_home() as home:
        _ingest(home, CORPUS, corpus, found, say)
        say(f"first suggestion of {size.fresh} fresh processes")
        first = first_suggestion(home, asked[0], size.fresh)
        say(f"{len(asked)} suggestions in one process")
        _remember(found, many_suggestions(home, asked).memory, f"{len(asked)} tickets, {CORPUS}")
        say(f"{len(asked)} suggestions over HTTP")
        found.latencies += served_suggest(home, CORPUS, asked)
        with opened(own_settings(home)) as desk:
            say("warm search and suggest")
            found.latencies.append(warm_search(desk, CORPUS, texts[: size.queries]))
            found.latencies.append(warm_suggest(desk, CORPUS, asked))
            for one in _answerable(sets):
                say(f"foreign questions of {one.name}")
                queries = sample(one.queries, size.questions)
                found.answering.append(foreign_questions(desk, CORPUS, one.name, queries))
    return first


def _evaluation_set(
    one: EvalSet, sets: dict[str, EvalSet], size: Size, found: Found, say: Say
) -> None:
    with temporary_home() as home:
        _ingest(home, one.name, one.folder, found, say)
        with opened(own_settings(home)) as desk:
            queries = sample(one.queries, size.retrieval)
            say(f"{one.name}: {len(queries)} queries")
            texts = list(queries.values())[: size.queries]
            found.latencies.append(warm_search(desk, one.name, texts))
            found.retrieval.extend(rank_documents(desk, one, queries))
            if one.name not in ANSWERABLE:
                return
            say(f"{one.name}: own and foreign questions")
            own = sample(one.queries, size.questions)
            found.answering.append(own_questions(desk, one, own))
            for other in _answerable(sets):
                if other is not one:
                    strange = sample(other.queries, size.questions)
                    row = foreign_questions(desk, one.name, other.name, strange)
                    found.answering.append(row)


def _answerable(sets: dict[str, EvalSet]) -> list[EvalSet]:
    return [one for name, one in sets.items() if name in ANSWERABLE]


def _ingest(home: Path, name: str, folder: Path, found: Found, say: Say) -> None:
    say(f"ingest {name}")
    ran = run(home, "ingest", str(folder), "--json")
    report = json.loads(ran.stdout)
    passages, seconds = int(report["passages"]), float(report["seconds"])
    found.ingests.append(
        Ingest(
            corpus=name,
            passages=passages,
            seconds=round(seconds, 2),
            wall=round(ran.seconds, 2),
            passages_per_second=round(passages / seconds, 1),
        )
    )
    _remember(found, ran.memory, name)


def _remember(found: Found, memory: Memory, what: str) -> None:
    found.memory.append(memory.model_copy(update={"command": f"{memory.command} ({what})"}))
