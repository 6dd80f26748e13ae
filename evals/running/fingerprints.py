"""What must not differ unseen between two runs, as short hashes: cases, code, graders."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import assist
from assist.domain.base import Model

LETTERS = 16
ASIDE = {"note", "tags", "author", "provenance", "saw", "review", "title", "why", "place"}
"""What a case says about itself: it moves no score."""
SHOWN_ONLY = {"web", "cli", "template", "__pycache__"}
"""Folders of the product that no suggestion comes through."""
READ = {".py", ".md", ".yaml", ".json", ".txt"}


def of_texts(texts: Iterable[str]) -> str:
    """One hash of several texts, in their order."""
    mark = hashlib.sha256()
    for text in texts:
        mark.update(f"{len(text)}:{text}".encode())
    return mark.hexdigest()[:LETTERS]


def of_case(case: Model) -> str:
    """The hash of what a case asks and expects: what it says about itself is left out.

    So is what has its default: a key that cases can have from some version on changes no case.
    """
    return of_texts([case.model_dump_json(exclude=ASIDE, exclude_defaults=True)])


def of_files(folder: Path, skipped: frozenset[str] = frozenset({"__pycache__"})) -> str:
    """The hash of a folder's source files and their places in it."""
    return of_texts(text for file in _sources(folder, skipped) for text in file)


@lru_cache(maxsize=1)
def of_product() -> str:
    """The hash of the product's own files, read once: a run has one state of them."""
    return of_files(Path(assist.__file__).parent, frozenset(SHOWN_ONLY))


def _sources(folder: Path, skipped: frozenset[str]) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        place = file.relative_to(folder)
        if file.suffix in READ and not skipped.intersection(place.parts):
            yield place.as_posix(), file.read_text(encoding="utf-8", errors="replace")
