"""A small knowledge base in edition after edition, and whether a desk serves one of them whole."""

import re
from pathlib import Path

from assist.errors import BadInput
from assist.service.desk import Desk
from evals.suites import ROOT

ARTICLES = ROOT / "kb_corpus" / "articles"
_EDITION = re.compile(r"This is edition (\d+) of this article\.")


def write_edition(folder: Path, number: int, articles: int) -> None:
    """The first `articles` of the sample company's, each saying which edition it is of."""
    files = sorted(ARTICLES.glob("*.md"))[:articles]
    if len(files) < articles:
        raise BadInput(f"there are {len(files)} sample articles", cure="ask for at most as many")
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        text = file.read_text(encoding="utf-8").rstrip()
        said = f"{text}\n\n## Edition\n\nThis is edition {number} of this article.\n"
        (folder / file.name).write_text(said, encoding="utf-8")


def edition_served(desk: Desk, articles: int) -> int | None:
    """The edition that is served whole; none where articles are missing or editions mixed.

    Every passage is read, and a search for the line that tells the edition finds that one only.
    """
    library = desk.opened().library
    told: dict[str, set[int]] = {document_id: set() for document_id in library.document_ids()}
    for passage in library.passages():
        told[passage.document_id].update(map(int, _EDITION.findall(passage.text)))
    hits = desk.search("which edition is this article of", top_k=5, filters={})
    found = {int(n) for hit in hits for n in _EDITION.findall(hit.passage.text)}
    editions = set().union(*told.values())
    if len(told) != articles or len(editions) != 1 or not all(told.values()) or not hits:
        return None
    return editions.pop() if found <= editions else None
