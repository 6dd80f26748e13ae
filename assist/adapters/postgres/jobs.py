"""`JobStore` on PostgreSQL: a row per job, and a row per document that was read for it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping

from assist.adapters.postgres import jobs_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import batches, check_files, json_text, plain_text, read_back
from assist.domain.base import Model
from assist.domain.jobs import Failure, IngestReport, Job
from assist.domain.knowledge import Document
from assist.errors import NotFound
from assist.ports import Reading

KEPT_ENDED = 200
"""Jobs that ended and can still be asked for."""
LOST_AFTER = timedelta(minutes=15)
"""Without a sign of life, another home's builder is taken for dead. A builder of the same home
needs no such wait: it is dead as soon as somebody else owns the home."""


class PostgresJobs:
    """The ingest jobs of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: Job, reading: Reading | None, home: str | None = None) -> None:
        """Keep a new job with what was read for it. Raises `BadInput` for what cannot be stored."""
        row = _row(job)
        row["source"] = plain_text(job.source, "the source")
        row["home"] = home
        row["reading"] = None if reading is None else _header(reading)
        with self._database.begin() as connection:
            connection.execute(sql.ADD, row)
            if reading is not None:
                _add_documents(connection, job.id, reading.documents)

    def get(self, job_id: str) -> Job:
        """The job of this id. Raises `NotFound`."""
        with self._database.connect() as connection:
            row = connection.execute(sql.GET, {"id": job_id}).mappings().one_or_none()
        if row is None:
            raise _unknown(job_id)
        return _job(row)

    def latest(self, limit: int) -> tuple[Job, ...]:
        """The newest first."""
        with self._database.connect() as connection:
            return tuple(map(_job, connection.execute(sql.LATEST, {"limit": limit}).mappings()))

    def unfinished(self) -> tuple[Job, ...]:
        """Those that wait or are being built, oldest first."""
        with self._database.connect() as connection:
            return tuple(map(_job, connection.execute(sql.ALL_UNFINISHED).mappings()))

    def reading(self, job_id: str) -> Reading:
        """What was read for a job that has not ended. Raises `NotFound`."""
        with self._database.connect() as connection:
            header = connection.execute(sql.READING, {"id": job_id}).scalar()
            if header is None:
                raise _unknown(job_id)
            rows = connection.execute(sql.DOCUMENTS, {"id": job_id}).all()
        documents = (
            read_back(Document, row.body).model_copy(update={"front_matter_lines": row.lines})
            for row in rows
        )
        return read_back(Reading, header).model_copy(update={"documents": tuple(documents)})

    def claim(self, builder: str, at: datetime) -> Job | None:
        """The oldest unfinished job, now being built by this builder; none while another's is."""
        with self._database.connect() as connection:
            if not connection.execute(sql.ANY_UNFINISHED).scalar():
                return None
        who = {"builder": builder, "at": at, "lost": at - LOST_AFTER}
        with self._database.begin() as connection:
            connection.execute(sql.ALONE, {"workspace": self._database.workspace})
            claimed = connection.execute(sql.CLAIM, who).scalar()
            if claimed is None:
                return None
            return _job(connection.execute(sql.GET, {"id": claimed}).mappings().one())

    def save(self, job: Job) -> None:
        """Keep its state and progress. One that ended loses its reading, old ones go."""
        with self._database.begin() as connection:
            connection.execute(sql.SAVE, _row(job))
            if job.ended:
                connection.execute(sql.DROP_READING, {"id": job.id})
                connection.execute(sql.DROP_DOCUMENTS, {"id": job.id})
                connection.execute(sql.DROP_OLD, {"kept": KEPT_ENDED})


def _unknown(job_id: str) -> NotFound:
    return NotFound(f"there is no ingest job {job_id!r}", cure="old jobs are forgotten")


def _row(job: Job) -> dict[str, Any]:
    row = job.model_dump(exclude={"report", "problem"})
    row["report"] = _json(job.report, job)
    row["problem"] = _json(job.problem, job)
    return row


def _json(value: Model | None, job: Job) -> str | None:
    return None if value is None else json_text(value, f"job {job.id}")


def _job(row: RowMapping) -> Job:
    values = dict(row)
    report, problem = values.pop("report"), values.pop("problem")
    return Job(
        **values,
        report=None if report is None else read_back(IngestReport, report),
        problem=None if problem is None else read_back(Failure, problem),
    )


def _header(reading: Reading) -> str:
    """Everything but the documents."""
    check_files(reading.files)
    problems = [
        problem.model_copy(update={"where": _writable(problem.where)})
        for problem in reading.problems
    ]
    sources = map(_writable, reading.skipped_sources)
    changed = {"documents": (), "problems": tuple(problems), "skipped_sources": tuple(sources)}
    return json_text(reading.model_copy(update=changed), reading.root)


def _writable(name: str) -> str:
    """The name of a file; bytes in it that are no text, as their numbers."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _add_documents(connection: Connection, job_id: str, documents: Sequence[Document]) -> None:
    rows = (
        (position, json_text(document, f"document {document.id!r}"), document.front_matter_lines)
        for position, document in enumerate(documents)
    )
    for batch in batches(rows, lambda row: len(row[1])):
        connection.exec_driver_sql(
            sql.ADD_DOCUMENTS,
            {
                "job": job_id,
                "positions": [position for position, _, _ in batch],
                "bodies": [body for _, body, _ in batch],
                "lines": [json.dumps(lines) for _, _, lines in batch],
            },
        )
