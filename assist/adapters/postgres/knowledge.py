"""`KnowledgeStore` on PostgreSQL: generations that share the versions of their documents."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, TextClause

from assist.adapters.postgres import knowledge_sql as sql
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.rows import (
    Version,
    batches,
    check_files,
    content_hash,
    read_back,
    versions,
)
from assist.adapters.postgres.vacuum import reclaim, scrub
from assist.domain.knowledge import Document, Generation, Passage, Refusal
from assist.errors import NotFound, NotReady

KEPT_OLD_GENERATIONS = 5
"""So many that a suggestion of the last days still finds what it was judged by."""


class PostgresKnowledge:
    """The knowledge of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> Generation | None:
        """The generation that serves, or none."""
        with self._database.connect() as connection:
            row = connection.execute(sql.LIVE).mappings().one_or_none()
        return Generation.model_validate(row) if row else None

    def store_time(self) -> datetime:
        """The time by the database's clock."""
        with self._database.connect() as connection:
            at: datetime = connection.execute(sql.TIME).scalar_one()
        return at

    def generations(self) -> tuple[Generation, ...]:
        """Published generations, newest first."""
        with self._database.connect() as connection:
            rows = connection.execute(sql.PUBLISHED).mappings()
            return tuple(Generation.model_validate(row) for row in rows)

    def documents(self, generation: str) -> tuple[Document, ...]:
        """All documents of a generation, ordered by id. Raises `NotFound`."""
        return tuple(read_back(Document, body) for (body,) in self._of(generation, sql.DOCUMENTS))

    def passages(self, generation: str) -> tuple[Passage, ...]:
        """All passages of a generation, ordered by document id and position. Raises `NotFound`."""
        return tuple(read_back(Passage, body) for (body,) in self._of(generation, sql.PASSAGES))

    def files(self, generation: str) -> dict[str, str]:
        """The YAML files of a generation by name. Raises `NotFound`."""
        return {row.name: row.content for row in self._of(generation, sql.FILES)}

    def stage(
        self,
        generation: Generation,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        files: Mapping[str, str],
    ) -> None:
        """Write a whole new generation that does not serve yet, in one transaction.

        What earlier attempts staged and never published is deleted. Raises `BadInput` for what
        cannot be stored and `NotReady` where the id is taken by a published generation.
        """
        check_files(files)
        stored = versions(documents, passages)
        with self._database.begin() as connection:
            connection.execute(sql.LOCK)
            connection.execute(sql.DELETE_STAGED)
            if connection.execute(sql.STATE, {"id": generation.id}).one_or_none():
                raise NotReady(
                    f"generation {generation.id} is already published", cure="give it a new id"
                )
            connection.execute(sql.INSERT_GENERATION, generation.model_dump())
            for batch in batches(stored, lambda version: len(version.body)):
                _insert(connection, generation.id, batch)
            _insert_files(connection, generation.id, files)

    def publish(self, generation: str) -> None:
        """Make a staged generation the one that serves; old ones beyond the newest are deleted.

        Raises `NotReady` where it is not staged: the one that serves then goes on serving.
        """
        with self._database.begin() as connection:
            connection.execute(sql.LOCK)
            if connection.execute(sql.STATE, {"id": generation}).scalar() != "staged":
                raise NotReady(f"generation {generation} is not staged", cure="ingest again")
            connection.execute(sql.FORGET_REFUSAL)
            connection.execute(sql.RETIRE)
            connection.execute(sql.PUBLISH, {"id": generation})
            gone = connection.execute(sql.DELETE_OLD, {"kept": KEPT_OLD_GENERATIONS}).rowcount
            connection.execute(sql.DELETE_ORPHAN_DOCUMENTS)
            connection.execute(sql.DELETE_ORPHAN_FILES)
        if gone:
            reclaim(self._database)

    def erase(self, document_ids: Collection[str]) -> int:
        """Take documents out of every generation that does not serve; from how many.

        Their text is deleted, and nothing is staged any more. Raises `NotReady` where the
        generation that serves has one of them.
        """
        ids = {"ids": sorted(document_ids)}
        with self._database.begin() as connection:
            connection.execute(sql.LOCK)
            if served := connection.execute(sql.SERVED, ids).scalars().first():
                raise NotReady(f"document {served!r} is being served", cure="prune it first")
            connection.execute(sql.DELETE_STAGED)
            changed = set(connection.execute(sql.DELETE_MEMBERS, ids).scalars())
            connection.execute(sql.RECOUNT, {"generations": sorted(changed)})
            connection.execute(sql.DELETE_ORPHAN_DOCUMENTS)
            return len(changed)

    def scrub(self) -> tuple[str, ...]:
        """Overwrite what deleted text left in the database's files; what was done and what not."""
        return scrub(self._database)

    def refuse(self, refusal: Refusal | None) -> None:
        """Remember that what was handed in last was not taken; none: that it was."""
        with self._database.begin() as connection:
            if refusal is None:
                connection.execute(sql.FORGET_REFUSAL)
            else:
                told = refusal.model_dump(mode="json")
                # PostgreSQL keeps no NUL, and a fault may quote what it found in a file.
                row = {name: value.replace("\x00", "") for name, value in told.items()}
                connection.execute(sql.REFUSE, row)

    def refused(self) -> Refusal | None:
        """Why what was handed in last was not taken, or none."""
        with self._database.connect() as connection:
            row = connection.execute(sql.REFUSED).mappings().one_or_none()
        return Refusal.model_validate(dict(row)) if row else None

    def _of(self, generation: str, query: TextClause) -> Sequence[Row[Any]]:
        with self._database.connect() as connection:
            rows = connection.execute(query, {"id": generation}).all()
            if rows or connection.execute(sql.STATE, {"id": generation}).one_or_none():
                return rows
        raise NotFound(f"there is no generation {generation!r}")


def _insert(connection: Connection, generation: str, batch: Sequence[Version]) -> None:
    keys = [version.key for version in batch]
    known = set(connection.execute(sql.KNOWN_VERSIONS, {"versions": keys}).scalars())
    new = [version for version in batch if version.key not in known]
    connection.exec_driver_sql(
        sql.INSERT_DOCUMENTS,
        {
            "versions": [version.key for version in new],
            "ids": [version.document.id for version in new],
            "kinds": [version.document.kind for version in new],
            "bodies": [version.body for version in new],
        },
    )
    passages = ((version.key, *pair) for version in new for pair in version.passages)
    for part in batches(passages, lambda row: len(row[2])):
        connection.exec_driver_sql(
            sql.INSERT_PASSAGES,
            {
                "versions": [key for key, _, _ in part],
                "ids": [passage.id for _, passage, _ in part],
                "positions": [passage.position for _, passage, _ in part],
                "bodies": [body for _, _, body in part],
            },
        )
    ids = [version.document.id for version in batch]
    connection.exec_driver_sql(
        sql.INSERT_MEMBERS, {"generation": generation, "ids": ids, "versions": keys}
    )


def _insert_files(connection: Connection, generation: str, files: Mapping[str, str]) -> None:
    for name, content in files.items():
        file = {"hash": content_hash(content), "content": content}
        connection.execute(sql.INSERT_FILE, file)
        connection.execute(
            sql.INSERT_FILE_MEMBER, {"generation": generation, "name": name, "hash": file["hash"]}
        )
