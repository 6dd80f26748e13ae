"""Ranked documents -> everything that a run reports, against a baseline where there is one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assist import __version__
from assist.adapters.clock import SystemClock
from assist.errors import BadInput
from evals.retrieval.beir import BeirSet, read_judgments
from evals.retrieval.compare import compare
from evals.retrieval.intervals import LEAST, measures
from evals.retrieval.metrics import Judgments, Ranking, Scores, of_kind, score, without_relevant
from evals.retrieval.results import Comparison, Measures, RetrievalRun
from evals.retrieval.run import Ranked
from evals.retrieval.trec import read_run
from evals.run import git_sha


@dataclass(frozen=True, slots=True)
class RunFile:
    """A ranking somebody wrote down, by the name of its file."""

    name: str
    ranking: Ranking

    @classmethod
    def read(cls, file: Path, judgments: Judgments) -> "RunFile":
        """Raises `BadInput` where it is no run, or one of other queries than were judged."""
        ranking = read_run(file)
        if not ranking.keys() & judgments.keys():
            raise BadInput(
                f"ranks none of the {len(judgments)} judged queries, "
                f"but others such as {next(iter(ranking))!r}",
                where=str(file),
                cure="give a run over the same queries",
            )
        return cls(str(file), ranking)


def measured(
    one: BeirSet, ranked: Ranked, *, kinds: Sequence[str] = (), baseline: RunFile | None = None
) -> RetrievalRun:
    """What the ranking is worth, and for each of `kinds` what its documents alone are found by.

    Raises `BadInput` where no document is relevant to any query.
    """
    ranking = ranked.ranking
    scores = score(ranking, one.judgments)
    found = measures(scores)
    judged = {kind: of_kind(one.judgments, one.kinds, kind) for kind in kinds}
    return RetrievalRun(
        source=one.name,
        queries=one.queries_file.name,
        started_at=SystemClock().now(),
        seconds=round(ranked.seconds, 3),
        assist_version=__version__,
        git_sha=git_sha(),
        generation=ranked.generation.id,
        embedder=ranked.generation.embedder,
        top_k=ranked.top_k,
        documents=ranked.generation.documents,
        measures=found,
        by_kind={k: measures(score(ranking, only)) for k, only in judged.items() if only},
        comparison=_against(baseline, one, scores) if baseline else None,
        values=scores.by_query(),
        without_relevant=without_relevant(one.judgments),
        without_text=tuple(query for query in scores.queries if not one.queries[query].strip()),
        notes=(
            *_notes(one, ranked),
            *_alone(found),
            *(f"no query needs a {kind} document" for kind, only in judged.items() if not only),
            *(_gaps(baseline, scores) if baseline else ()),
        ),
    )


def _against(baseline: RunFile, one: BeirSet, scores: Scores) -> Comparison:
    other = score(baseline.ranking, one.judgments)
    return compare(scores, other, names=("this run", baseline.name), texts=dict(one.queries))


def _notes(one: BeirSet, ranked: Ranked) -> Iterator[str]:
    if others := ranked.generation.documents - len(one.documents):
        yield f"the home holds {others} other documents, which are ranked among these"
    if unknown := one.unknown:
        yield f"{len(unknown)} relevant documents are not in the corpus, first {unknown[0]!r}"


def _alone(measures: Measures) -> tuple[str, ...]:
    """What to say where a single query was measured."""
    if measures.n >= LEAST:
        return ()
    return ("one query has no 95 % interval: it cannot tell how others would do",)


def _gaps(run: RunFile, scores: Scores) -> Iterator[str]:
    if lacking := [query for query in scores.queries if query not in run.ranking]:
        yield (
            f"{run.name} ranks nothing for {len(lacking)} of {len(scores.queries)} queries, "
            f"which count as 0, first {lacking[0]!r}"
        )


def compare_files(run: Path, baseline: Path, qrels: Path) -> tuple[Comparison, tuple[str, ...]]:
    """The first run against the second over the judged queries, and what must be said about it.

    Raises `BadInput` naming file and line.
    """
    judgments = read_judgments(qrels)
    files = RunFile.read(run, judgments), RunFile.read(baseline, judgments)
    ours, theirs = (score(file.ranking, judgments) for file in files)
    notes = [note for file in files for note in _gaps(file, ours)]
    return compare(ours, theirs, names=(files[0].name, files[1].name)), tuple(notes)
