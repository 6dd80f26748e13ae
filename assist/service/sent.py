"""Documents and files that came over HTTP -> a reading that names nothing of the server's disk."""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assist.domain.jobs import Job
from assist.domain.knowledge import Document, ReadProblem
from assist.errors import BadKnowledgeBase
from assist.ports import Reading, Source
from assist.service.merging import is_below

SENT = "sent:"
"""How the place of what came over HTTP begins, before the sender's name for it, if there is one."""
DOCUMENTS = "documents.jsonl"
"""The file that documents sent as JSON are kept in, one row each."""
CORPUS = "corpus.jsonl"
RULES = frozenset({".yaml", ".yml"})
"""Files of a company's rules: they mean something only in a folder."""
_ROW = re.compile(rf"\b{re.escape(DOCUMENTS)}:(\d+)")


def read_sent(source: Source, folder: Path, job: Job) -> Reading:
    """What was sent with a job, as if it came from a path `sent:NAME`.

    So a later job with the same name can replace and prune it; all that has no name is one source.
    Raises `BadKnowledgeBase`.
    """
    files = sorted(folder.iterdir())
    try:
        reading = source.read(_what_to_read(folder, files), job.kind)
    except BadKnowledgeBase as error:
        raise BadKnowledgeBase(
            _told(error.problem, folder),
            cure=_told(error.cure, folder),
            where=_told(error.where, folder),
        ) from error
    root = _root(job)
    problems = (*reading.problems, *_unread(files, reading))
    as_sent = {
        "root": root,
        "documents": tuple(_moved(document, folder, root) for document in reading.documents),
        "problems": tuple(_retold(problem, folder) for problem in problems),
        "skipped_sources": tuple(_below(path, folder, root) for path in reading.skipped_sources),
    }
    return reading.model_copy(update=as_sent)


def without_taken(reading: Reading, serving: Sequence[Document]) -> Reading:
    """What was sent without the ids that serve from elsewhere, each of them named as a problem.

    Two senders who do not know of each other may choose the same id; neither overwrites the other.
    What was read from a path is taken whole: whoever runs the command sees what they replace.
    """
    if not reading.root.startswith(SENT):
        return reading
    elsewhere = {d.id: d.source for d in serving if not is_below(d.source, reading.root)}
    problems = [_taken(d.id, elsewhere[d.id]) for d in reading.documents if d.id in elsewhere]
    free = tuple(document for document in reading.documents if document.id not in elsewhere)
    told = {"documents": free, "problems": (*reading.problems, *problems)}
    return reading.model_copy(update=told)


def _taken(document_id: str, source: str) -> ReadProblem:
    cure = "give it another id"
    if not source.startswith(SENT):
        origin = "was read on the server"  # where exactly is not for every sender to know
    elif name := source.removeprefix(SENT).partition("/")[0]:
        origin = f"was sent under the source {name!r}"
        cure = f"{cure}, or send it under that source"
    else:
        origin = "was sent without a source"
        cure = f"{cure}, or send it without one"
    problem = f"a document with the id {document_id!r} {origin}, and is kept"
    return ReadProblem(where=document_id, problem=problem, cure=cure)


def in_senders_words(where: str, job: Job) -> str:
    """A place in what was read, as the sender knows it."""
    return _told(where, Path(_root(job)))


def _root(job: Job) -> str:
    return SENT + job.source


def _what_to_read(folder: Path, files: Sequence[Path]) -> Path:
    """The one file, or the folder of several."""
    if len(files) == 1 and files[0].suffix.lower() not in RULES:
        return files[0]
    if any(file.name == CORPUS for file in files):
        raise BadKnowledgeBase(
            "beside a corpus.jsonl nothing else is read", where=CORPUS, cure="send it alone"
        )
    return folder


def _unread(files: Sequence[Path], reading: Reading) -> Iterator[ReadProblem]:
    """A folder on disk may hold anything beside documents; what is sent is sent to be read."""
    named = [*(document.source for document in reading.documents), *reading.skipped_sources]
    named += [problem.where for problem in reading.problems]
    for file in files:
        # A name may go on with a line or a part: returns.md:3.
        itself = re.compile(re.escape(str(file)) + r"(?![\w.-])")
        if file.name not in reading.files and not any(map(itself.match, named)):
            yield ReadProblem(
                where=str(file),
                problem="is not a kind of file we read",
                cure="send it as one that is, or leave it out",
            )


def _moved(document: Document, folder: Path, root: str) -> Document:
    """The document as of its new place; the same sent again has the same hash."""
    place = {"source": _below(document.source, folder, root), "content_hash": ""}
    moved = document.model_copy(update=place)
    canonical = json.dumps(moved.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return moved.model_copy(update={"content_hash": digest})


def _below(path: str, folder: Path, root: str) -> str:
    return root + path.removeprefix(folder.as_posix())


def _retold(problem: ReadProblem, folder: Path) -> ReadProblem:
    told = {name: _told(getattr(problem, name), folder) for name in ("where", "problem", "cure")}
    return problem.model_copy(update=told)


def _told(text: str, folder: Path) -> str:
    """A message about the sender's own names instead of ours."""
    plain = text.replace(f"{folder}/", "").replace(str(folder), "the files")
    return _ROW.sub(lambda row: f"documents.{int(row.group(1)) - 1}", plain)
