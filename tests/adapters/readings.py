"""What the tests of exports share: files written, read, and what was said of them."""

import json
from pathlib import Path
from typing import Any

from assist.adapters.documents import DocumentSource
from assist.domain.knowledge import Document
from assist.ports import Reading

FORMATS = Path(__file__).parent.parent / "data" / "formats"


def read(path: Path) -> Reading:
    return DocumentSource().read(path, None)


def by_id(reading: Reading) -> dict[str, Document]:
    return {document.id: document for document in reading.documents}


def said(reading: Reading) -> list[str]:
    return [f"{problem.severity}: {problem.problem}" for problem in reading.problems]


def saved(path: Path, value: Any) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path
