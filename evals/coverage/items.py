"""Sets below `ASSIST_EVALSETS` -> documents, and questions with what answers each, if anything."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assist.domain.knowledge import Document
from assist.errors import BadInput
from assist.service.covering import SAID_BEFORE
from assist.wiring import kb_source
from evals.bench.sets import evalsets_folder, load_set

FOREIGN = {"faq_paraphrases": "product_manual", "product_manual": "faq_paraphrases"}
"""Whose questions are far from a set: those of a source about something else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was said right before it, and the documents that answer it.

    `label` is the set's own word: a gap has none that answer it.
    """

    text: str
    documents: frozenset[str]
    label: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class CoverageSet:
    """A knowledge base and what is asked of it."""

    name: str
    documents: tuple[Document, ...]
    asked: tuple[Asked, ...]


def read(name: str) -> CoverageSet:
    """The set of this name. Raises `BadInput` where it is not there or not as its README says."""
    try:
        return SETS[name]()
    except (OSError, ValueError, KeyError) as error:
        where, cure = str(evalsets_folder()), "set ASSIST_EVALSETS to the evaluation sets"
        raise BadInput(f"no set for {name}: {error}", where=where, cure=cure) from error


def _clinc() -> CoverageSet:
    folder = evalsets_folder() / "gap_clinc"
    asked = tuple(
        Asked(
            text=row["text"],
            documents=frozenset() if row["gap"] else frozenset({row["intent"]}),
            label="far" if row["gap"] else "covered",
        )
        for row in _rows(folder / "items.jsonl")
    )
    return CoverageSet("clinc", _documents(folder), asked)


def _retrieval(name: str) -> CoverageSet:
    own, foreign = load_set(name), load_set(FOREIGN[name])
    if own is None or foreign is None:
        raise KeyError(name)
    asked = [
        Asked(text=text, documents=frozenset(own.relevant[query]), label="covered")
        for query, text in own.queries.items()
    ]
    asked += [Asked(text, frozenset(), "far") for text in foreign.queries.values()]
    return CoverageSet(name, _documents(own.folder), tuple(asked))


def _mtragun() -> CoverageSet:
    """All reference passages together are the knowledge base: an unanswerable turn has none."""
    documents: dict[str, Document] = {}
    asked: list[Asked] = []
    for row in _rows(evalsets_folder() / "gap_mtragun" / "items.jsonl"):
        for passage in row["contexts"]:
            documents[passage["id"]] = Document(id=passage["id"], text=passage["text"])
        earlier = [m["text"] for m in row["messages"] if m["role"] != "customer"]
        asked.append(
            Asked(
                text=row["text"],
                documents=frozenset(passage["id"] for passage in row["contexts"]),
                label=row["label"].lower(),
                before=earlier[-1][:SAID_BEFORE] if earlier else "",
            )
        )
    return CoverageSet("mtragun", tuple(documents.values()), tuple(asked))


SETS: Mapping[str, Callable[[], CoverageSet]] = {
    "clinc": _clinc,
    "mtragun": _mtragun,
    "faq": lambda: _retrieval("faq_paraphrases"),
    "manual": lambda: _retrieval("product_manual"),
}


def _documents(folder: Path) -> tuple[Document, ...]:
    return tuple(kb_source().read(folder / "corpus.jsonl", None).documents)


def _rows(file: Path) -> Iterator[Mapping[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
