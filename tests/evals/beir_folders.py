"""A small BEIR folder, written for a test with what it is about."""

import json
from pathlib import Path

DOCUMENTS = {
    "gutter clean": ("kb", "Cleaning gutters", "Rinse the gutter with a hose twice a year."),
    "roof": ("kb", "Roof tiles", "Replace a cracked roof tile before winter."),
    "chimney": ("kb", "Chimney", "A sweep inspects the chimney and its flue every autumn."),
    "warranty": ("policy", "Warranty", "Staff extend the roof warranty by one year at most."),
}
QUERIES = {
    "q roof": "Who replaces a cracked roof tile, and for how long is the warranty?",
    "q gutter": "How often do I rinse my gutter?",
    "q silent": "  ",
    "q nobody": "Do you sell bicycles?",
}
JUDGED = (
    ("q roof", "roof", 1),
    ("q roof", "warranty", 1),
    ("q gutter", "gutter clean", 1),
    ("q silent", "chimney", 1),
    ("q nobody", "chimney", 0),
)


def write_folder(folder: Path) -> Path:
    """The folder with all its files."""
    (folder / "qrels").mkdir(parents=True)
    rows = [
        {"_id": name, "title": title, "text": text, "metadata": {"kind": kind}}
        for name, (kind, title, text) in DOCUMENTS.items()
    ]
    _write(folder / "corpus.jsonl", *map(json.dumps, rows))
    queries = [json.dumps({"_id": name, "text": text}) for name, text in QUERIES.items()]
    _write(folder / "queries.jsonl", *queries, json.dumps({"_id": "unjudged", "text": "Hello?"}))
    write_judgments(folder, *JUDGED)
    return folder


def write_judgments(folder: Path, *rows: tuple[str, str, int]) -> Path:
    """The folder's judgments, with their header."""
    lines = ["\t".join(map(str, row)) for row in rows]
    return _write(folder / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore", *lines)


def _write(file: Path, *lines: str) -> Path:
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file
