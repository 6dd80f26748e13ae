"""`python -m evals.bench.peers`: the usual stacks over a corpus, and what they are worth."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from assist.cli.options import Json, fails_cleanly, say
from assist.errors import BadInput
from evals.bench.peers.environments import STACKS, prepare
from evals.bench.peers.measuring import TIMED
from evals.bench.peers.model import embedder, model_folder
from evals.bench.peers.passages import PASSAGES, cut_corpus, write_passages
from evals.bench.peers.running import Measured, Task, measure
from evals.bench.peers.scoring import score_runs
from evals.bench.peers.show import PeersBench, show
from evals.retrieval.beir import qrels_of
from evals.retrieval.intervals import measures
from evals.retrieval.results import Measures


@fails_cleanly
def peers_command(
    *,
    corpus: Annotated[Path, typer.Option(help="BEIR folder, or one that holds passages.jsonl.")],
    queries: Annotated[list[Path], typer.Option(help="queries.jsonl; may be given again.")],
    out: Annotated[Path, typer.Option(help="Folder for runs and measurements.")],
    peer: Annotated[
        list[str] | None,
        typer.Option(help="Only this one, such as assist or txtai; may be repeated."),
    ] = None,
    environments: Annotated[
        Path, typer.Option(help="Folder that keeps the peers' environments.")
    ] = Path(".assist/peers"),
    vectors: Annotated[
        Path | None, typer.Option(help="Vectors of passages.jsonl, not to be made again.")
    ] = None,
    qrels: Annotated[
        Path | None, typer.Option(help="Default: the corpus's qrels/test.tsv.")
    ] = None,
    timed: Annotated[int, typer.Option(min=1, help="Queries timed per file, at most.")] = TIMED,
    as_json: Json = False,
) -> None:
    """How well and how fast we, LangChain, LlamaIndex, Haystack and txtai find documents."""
    names = _known(peer or list(STACKS))
    files = tuple(_distinct(queries))
    task = Task(_passages(corpus, out), files, model_folder(), vectors, timed)
    measured = {name: _measured(name, task, environments, out / name) for name in names}
    judged = qrels or qrels_of(corpus)
    quality = {f.stem: _quality(out, judged, f.stem, names) for f in files if judged.is_file()}
    found = PeersBench(measured=measured, quality=quality)
    if as_json:
        print(found.model_dump_json())
    else:
        show(found, Console(highlight=False))


def _measured(name: str, task: Task, environments: Path, out: Path) -> Measured:
    python = prepare(STACKS[name], environments.resolve(), say)
    say(f"running {name}; its words are in {out}")
    return measure(STACKS[name], python, task, out)


def _quality(out: Path, qrels: Path, queries: str, names: list[str]) -> dict[str, Measures]:
    """Of these peers alone: others may have left runs in the folder."""
    scores = score_runs(out, qrels, queries)
    return {name: measures(scores[name]) for name in names if name in scores}


def _known(names: list[str]) -> list[str]:
    for name in names:
        if name not in STACKS:
            raise BadInput(f"no peer {name!r}", where="--peer", cure=f"one of {', '.join(STACKS)}")
    return names


def _distinct(queries: list[Path]) -> list[Path]:
    """The files; a run is named after its query file, so two must not share a name."""
    if len({file.stem for file in queries}) < len(queries):
        raise BadInput("two query files of one name", where="--queries", cure="rename one")
    return queries


def _passages(corpus: Path, out: Path) -> Path:
    """The corpus's own passages, or those cut from it, once per output folder."""
    if (corpus / PASSAGES).is_file():
        return corpus / PASSAGES
    out.mkdir(parents=True, exist_ok=True)
    model, file = embedder(), out / PASSAGES
    count = write_passages(cut_corpus(corpus, model.pieces, model.max_pieces), file)
    say(f"{count} passages in {file}")
    return file


if __name__ == "__main__":
    typer.run(peers_command)
