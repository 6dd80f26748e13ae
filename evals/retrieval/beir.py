"""A BEIR folder -> its queries, which documents are relevant to each, and of what kind they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assist.domain.knowledge import Document
from assist.errors import BadInput
from assist.retrieval.run_file import column, read_queries
from assist.wiring import kb_source
from evals.retrieval.metrics import Judgments

CORPUS = "corpus.jsonl"
HEADER = ("query-id", "corpus-id", "score")


@dataclass(frozen=True, slots=True)
class BeirSet:
    """A folder of documents and the queries that were judged against them.

    Ids are as a TREC run names them, without white space; `documents` are as they were read.
    """

    name: str
    folder: Path
    queries_file: Path
    documents: tuple[Document, ...]
    kinds: Mapping[str, str]
    queries: Mapping[str, str]
    judgments: Judgments

    @property
    def unknown(self) -> tuple[str, ...]:
        """Documents that were judged relevant and are not in the corpus: nobody can find them."""
        named = {d: None for graded in self.judgments.values() for d, g in graded.items() if g > 0}
        return tuple(document for document in named if document not in self.kinds)


def read_set(folder: Path, queries: Path | None = None, qrels: Path | None = None) -> BeirSet:
    """The folder with its own queries and judgments, or with these files'.

    Raises `BadInput` naming the file, and the line where one is wrong; also where a judged query
    is not among the queries.
    """
    if not (folder / CORPUS).is_file():
        cure = f"give a BEIR folder: {CORPUS}, queries.jsonl, qrels/test.tsv"
        raise BadInput(f"has no {CORPUS}", where=str(folder), cure=cure)
    queries_file, qrels_file = queries or folder / "queries.jsonl", qrels or qrels_of(folder)
    texts = _texts(queries_file)
    judgments = read_judgments(qrels_file)
    if missing := [query for query in judgments if query not in texts]:
        raise BadInput(
            f"judges {len(missing)} queries that {queries_file} lacks, first {missing[0]!r}",
            where=str(qrels_file),
            cure="give the judged queries with --queries, or other judgments with --qrels",
        )
    documents = kb_source().read(folder, None).documents
    names = in_columns((document.id for document in documents), folder / CORPUS)
    return BeirSet(
        name=folder.resolve().name,
        folder=folder,
        queries_file=queries_file,
        documents=documents,
        kinds={names[document.id]: document.kind for document in documents},
        queries={query: texts[query] for query in judgments},
        judgments=judgments,
    )


def qrels_of(folder: Path) -> Path:
    """Where the judgments of a BEIR folder's test split are."""
    return folder / "qrels" / "test.tsv"


def _texts(file: Path) -> dict[str, str]:
    return {column(query): text for query, text in read_queries(file)}


def read_judgments(file: Path) -> dict[str, dict[str, int]]:
    """Query id -> document id -> grade, ids as a TREC run names them.

    Raises `BadInput` naming the line.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError as error:
        raise BadInput(
            "there is no such file", where=str(file), cure="give judgments with --qrels"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read: {error}", where=str(file), cure="give judgments with --qrels"
        ) from error
    found: dict[str, dict[str, int]] = {}
    for number, line in enumerate(lines, start=1):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not line.strip() or (number == 1 and cells == HEADER):
            continue
        query, document, grade = _judgment(cells, f"{file}:{number}")
        if found.setdefault(query, {}).setdefault(document, grade) != grade:
            raise BadInput(
                f"query {query!r} and document {document!r} were judged otherwise above",
                where=f"{file}:{number}",
                cure="keep one of the two lines",
            )
    if not found:
        raise BadInput("no judgments", where=str(file), cure=f"give lines of {', '.join(HEADER)}")
    return found


def _judgment(cells: tuple[str, ...], where: str) -> tuple[str, str, int]:
    if len(cells) != len(HEADER) or not all(cells):
        raise BadInput(
            f"needs {len(HEADER)} columns separated by tabs, has {len(cells)}",
            where=where,
            cure=f"give {', '.join(HEADER)}",
        )
    try:
        return column(cells[0]), column(cells[1]), int(cells[2])
    except ValueError as error:
        raise BadInput(
            f"{cells[2]!r} is no whole number", where=where, cure="give a grade such as 0 or 1"
        ) from error


def in_columns(ids: Iterable[str], where: Path) -> dict[str, str]:
    """Each id as a TREC run names it. Raises `BadInput` where a run could not tell two apart."""
    names: dict[str, str] = {}
    taken: dict[str, str] = {}
    for given in ids:
        name = names[given] = column(given)
        if (other := taken.setdefault(name, given)) != given:
            raise BadInput(
                f"ids {other!r} and {given!r} are one in a TREC run, which has no white space",
                where=str(where),
                cure="change one of them",
            )
    return names
