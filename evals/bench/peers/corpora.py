"""Passages and queries of any number, to measure speed on: real ones, then made of real sentences.

    python -m evals.bench.peers.corpora --size N --out DIR

writes `passages.jsonl` for peers, `corpus.jsonl` with the same texts as documents for ourselves,
`queries.jsonl`, and `vectors.npy` where `--vectors` asks for it.

The passages of the evaluation sets come first, in an order drawn once, so that a smaller corpus is
part of a larger one. Where they are used up, passages are made: sentences of the real ones in an
order drawn at random, as many as fill the length of a real passage. Their words and lengths are
real, what they say is not: they are for measuring speed, never quality.
"""

import json
import random
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assist.cli.options import fails_cleanly, say
from assist.errors import BadInput
from assist.language.sentences import sentences
from assist.ports import Embedder
from assist.retrieval.run_file import read_queries
from evals.bench.peers.model import embedder
from evals.bench.peers.passages import PASSAGES, Text, cut_corpus, read_passages, write_passages
from evals.bench.sets import evalsets_folder
from evals.bench.sizes import ALL_SETS, SEED

QUERIES = "queries.jsonl"
VECTORS = "vectors.npy"
ASKED = 200
"""Distinct queries of a corpus."""


def sized(real: Sequence[Text], size: int, model: Embedder) -> Iterator[Text]:
    """`size` passages: the real ones in an order drawn once, then made ones."""
    drawn = random.Random(SEED).sample(real, len(real))  # noqa: S311  an order, no secret
    yield from drawn[:size]
    yield from islice(made(drawn, model), max(0, size - len(drawn)))


def made(real: Sequence[Text], model: Embedder) -> Iterator[Text]:
    """Passages without end, each of shuffled sentences up to the length of a real one in pieces."""
    draw = random.Random(SEED)  # noqa: S311  an order, no secret
    lengths = [len(model.pieces(passage.text)) for passage in real]
    supply = _sentences(real, model, draw)
    waiting = next(supply)
    for number in count():
        length = draw.choice(lengths)
        parts: list[str] = []
        while not parts or length >= waiting[1]:
            parts.append(waiting[0])
            length -= waiting[1]
            waiting = next(supply)
        name = f"made-{number:06}"
        yield Text(f"{name}#0", name, " ".join(parts))


def _sentences(
    real: Sequence[Text], model: Embedder, draw: random.Random
) -> Iterator[tuple[str, int]]:
    """Sentences of the passages with their pieces, again and again, each time in another order."""
    texts = dict.fromkeys(s.text for passage in real for s in sentences(passage.text))
    sized = [(text, len(model.pieces(text))) for text in texts]
    found = [(text, pieces) for text, pieces in sized if pieces]
    if not found:
        raise BadInput("no sentences", cure="give passages with words in them")
    while True:
        draw.shuffle(found)
        yield from found


def distinct_queries(files: Sequence[Path], size: int) -> dict[str, str]:
    """Up to `size` queries of different texts by id, the same ones each time.

    Raises `BadInput` where a file is no queries.
    """
    texts = {
        text: f"{file.parent.name}:{name}"
        for file in files
        for name, text in read_queries(file)
        if text.strip()
    }
    chosen = random.Random(SEED).sample(sorted(texts), min(size, len(texts)))  # noqa: S311
    return {texts[text]: text for text in chosen}


def write_corpus(folder: Path, passages: Sequence[Text], queries: dict[str, str]) -> None:
    """The files that peers and we ourselves read; each of our documents is one passage."""
    folder.mkdir(parents=True, exist_ok=True)
    write_passages(passages, folder / PASSAGES)
    documents = ({"_id": p.id, "title": "", "text": p.text} for p in passages)
    _write_rows(folder / "corpus.jsonl", documents)
    _write_rows(folder / QUERIES, ({"_id": name, "text": text} for name, text in queries.items()))


def write_vectors(folder: Path, model: Embedder) -> None:
    """The vectors of a corpus's passages, so that a large one is not embedded by each peer."""
    texts = [passage.text for passage in read_passages(folder / PASSAGES)]
    read = model.embed_corpus(texts, [()] * len(texts), lambda n: say(f"embedded {n}"))
    np.save(folder / VECTORS, read.vectors)


def _write_rows(file: Path, rows: Iterator[dict[str, str]]) -> None:
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@fails_cleanly
def corpora_command(
    size: Annotated[int, typer.Option(min=1, help="Passages.")],
    out: Annotated[Path, typer.Option(help="Folder to write to.")],
    vectors: Annotated[bool, typer.Option("--vectors", help="Embed the passages too.")] = False,
) -> None:
    """A corpus of this many passages, and 200 queries, from the sets in ASSIST_EVALSETS."""
    model = embedder()
    folders = [evalsets_folder() / name for name in ALL_SETS]
    real = [
        text for folder in folders for text in cut_corpus(folder, model.pieces, model.max_pieces)
    ]
    queries = distinct_queries([folder / QUERIES for folder in folders], ASKED)
    write_corpus(out, list(sized(real, size, model)), queries)
    say(
        f"{size} passages, of them {min(size, len(real))} real, and {len(queries)} queries in {out}"
    )
    if vectors:
        write_vectors(out, model)


if __name__ == "__main__":
    typer.run(corpora_command)
