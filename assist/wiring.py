"""Ports meet adapters here, and nowhere else."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assist.adapters.chroma import ChromaVectors
from assist.adapters.clock import SystemClock
from assist.adapters.documents import DocumentSource
from assist.adapters.home import Home
from assist.adapters.minilm import MiniLm
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.adapters.records.http import HttpRecords
from assist.adapters.records.yaml_file import YamlRecords
from assist.adapters.tantivy_index import TantivyLexical
from assist.ports import Records
from assist.service.desk import Desk, RecordsFor
from assist.service.parts import Parts
from assist.settings import Settings

RECORDS_FILE = "records.yaml"
QUIET = {
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "RAGAS_DO_NOT_TRACK": "true",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}
"""What libraries read to decide whether they may send something somewhere: they may not, even
where the surroundings say otherwise, because what they would send is customers' mail."""


def keep_quiet() -> None:
    """Turn off every library's tracing, telemetry and downloads for this process and its own."""
    os.environ.update(QUIET)


@contextmanager
def opened(settings: Settings) -> Iterator[Desk]:
    """The desk of these settings' home and workspace; owns the home until the block ends.

    Raises `HomeBusy` where another process owns it, `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    home = Home(settings.home)
    with ExitStack() as stack:
        stack.enter_context(home.lock())
        notes: tuple[str, ...] = ()
        url = settings.database_url
        if url is None:
            server = stack.enter_context(EmbeddedPostgres.start(home.path))
            url, notes = server.url, (server.note,) if server.note else ()
        database = Database(url, settings.workspace)
        stack.callback(database.close)
        database.migrate()
        yield Desk(
            parts=_parts(home, database, settings),
            records_for=_records_for(settings),
            notes=notes,
        )


def _parts(home: Home, database: Database, settings: Settings) -> Parts:
    workspace = home.folder("index") / settings.workspace
    return Parts(
        knowledge=PostgresKnowledge(database),
        suggestions=PostgresSuggestions(database),
        vectors=ChromaVectors(_made(workspace / "vectors")),
        lexical=TantivyLexical(_made(workspace / "words")),
        embedder=MiniLm(settings.embedder),
        source=DocumentSource(),
        clock=SystemClock(),
        workspace=settings.workspace,
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _records_for(settings: Settings) -> RecordsFor:
    def records_for(files: Mapping[str, str]) -> Records | None:
        if settings.records_url:
            return HttpRecords(settings.records_url, settings.records_mapping)
        text = files.get(RECORDS_FILE)
        return YamlRecords(text) if text is not None else None

    return records_for
