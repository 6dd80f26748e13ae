"""The labelled sets: replies with their passages, and whether they are supported."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from assist.domain.checking import Source
from assist.errors import BadInput
from evals.bench.sets import evalsets_folder

CASES = Path(__file__).parent.parent / "cases"
LABELLED = ("ground_mtrag", "ground_begin")
EDITS = {
    "minimal": "grounding",
    "paraphrase": "grounding_paraphrase",
    "unseen": "grounding_unseen",
    "hard": "grounding_hard",
    "second": "grounding_second",
}
"""Folders of sentences with their edited twins: near the words of the passage, and far from them.
"""


@dataclass(frozen=True, slots=True)
class Item:
    """One reply. `group` is the kind of edit, or the set it is from."""

    id: str
    group: str
    text: str
    sources: tuple[Source, ...]
    supported: bool


def kept_for_checking(item: Item) -> bool:
    """Whether a pair of `grounding_hard` is one of those that no weight and no rule has seen.

    Its cases go round the six kinds of edits; every second round is kept.
    """
    if not item.id.startswith("gh"):
        return False
    number = int(re.findall(r"\d+", item.id)[1])
    return bool((number - 1) // 6 % 2)


def items(name: str, *, cases: Path = CASES) -> list[Item]:
    """The items of a set by name. Raises `BadInput` where it is unknown, absent or broken."""
    if name in EDITS:
        folder = cases / EDITS[name]
        files = sorted(folder.glob("*.yaml"))
        if not files:
            raise BadInput("no cases", where=str(folder), cure="put the YAML files there")
        return [item for file in files for item in _edits(file)]
    if name not in LABELLED:
        known = ", ".join((*LABELLED, *EDITS))
        raise BadInput(f"no set {name!r}", where="--set", cure=f"choose one of {known}")
    file = evalsets_folder() / name / "items.jsonl"
    try:
        with file.open(encoding="utf-8") as lines:
            return [_labelled(name, json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(
            f"no labelled replies: {error}", where=str(file), cure="set ASSIST_EVALSETS"
        ) from error


def _labelled(name: str, row: dict[str, Any]) -> Item:
    contexts = row["contexts"] if "contexts" in row else [row["context"]]
    sources = tuple(
        Source(passage_id=str(n), document_id=str(n), text=text) for n, text in enumerate(contexts)
    )
    return Item(str(row["id"]), name, row["response"], sources, not row["hallucinated"])


def _edits(file: Path) -> Iterator[Item]:
    """Each case is two items: the true sentence and the edited one."""
    for case in yaml.safe_load(file.read_text(encoding="utf-8")):
        try:
            passage = case["passage"]
            heading = re.sub(r"[^A-Za-z0-9]+", " ", passage["id"].rpartition("/")[2])
            source = Source(
                passage_id=passage["id"],
                document_id=passage["id"].partition("#")[0],
                text=passage["text"],
                heading=heading,
            )
            yield Item(f"{case['id']}/true", case["edit"], case["true"], (source,), supported=True)
            yield Item(
                f"{case['id']}/edited", case["edit"], case["edited"], (source,), supported=False
            )
        except (KeyError, TypeError) as error:
            raise BadInput(
                f"a broken case: {error}", where=str(file), cure="id, passage, true, edited, edit"
            ) from error
