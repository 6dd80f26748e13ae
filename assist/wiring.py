"""Ports meet adapters here, and nowhere else."""

import hashlib
import os
import platform
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assist.adapters.catalogue import FileCatalogue
from assist.adapters.clock import SystemClock
from assist.adapters.documents import DocumentSource
from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.adapters.heap import bound_heaps
from assist.adapters.home import Home, Serving
from assist.adapters.language import NaiveBayesLanguages
from assist.adapters.parts import FileParts
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.checkpoints import PostgresCheckpoints
from assist.adapters.postgres.consultations import PostgresConsultations
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.feedback import PostgresFeedback
from assist.adapters.postgres.grants import PostgresGrants
from assist.adapters.postgres.jobs import PostgresJobs
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.adapters.privacy.redactor import PatternRedactor
from assist.adapters.uploads import FolderUploads
from assist.adapters.vectors import StoredVectors
from assist.adapters.words import TantivyLexical
from assist.domain.endpoint import ChatSettings
from assist.errors import BadSetting
from assist.ports import Chat, Records, Source
from assist.service.desk import Desk, RecordsFor
from assist.service.jobs import Guest
from assist.service.keyring import Keyring
from assist.service.parts import Parts
from assist.service.policies import Kept
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
def opened(settings: Settings, url: str = "") -> Iterator[Desk]:
    """The desk of these settings' home and workspace; owns the home until the block ends.

    `url` is where this process will answer others, if it will. Raises `HomeBusy` where another
    process owns the home, `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    bound_heaps()
    home = Home(settings.home)
    serving = Serving(url, place(settings)) if url else None
    with home.lock(serving), _database(home, settings) as (database, notes):
        parts = _parts(home, database, settings)
        try:
            yield Desk(
                parts=parts,
                records_for=_records_for(settings),
                notes=notes,
                mode=settings.mode,
            )
        finally:
            if parts.chat is not None:
                parts.chat.close()


@contextmanager
def visiting(settings: Settings) -> Iterator[Guest]:
    """What can be done in a home that a server owns: hand something in, and see what becomes of it.

    Raises `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    with _database(Home(settings.home), settings) as (database, _):
        yield Guest(PostgresJobs(database), DocumentSource(), SystemClock())


@contextmanager
def kept(settings: Settings) -> Iterator[Kept]:
    """What a home keeps, to read beside whoever owns it: no index is opened, no model loaded.

    Raises `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    with _database(Home(settings.home), settings) as (database, _):
        yield Kept(PostgresKnowledge(database), PostgresSuggestions(database))


@contextmanager
def keyring(settings: Settings) -> Iterator[Keyring]:
    """The API keys of a workspace, beside whoever owns the home.

    Raises `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    with _database(Home(settings.home), settings) as (database, _):
        yield Keyring(PostgresKeys(database), PostgresKnowledge(database), SystemClock())


def kb_source() -> Source:
    """Reads a folder as it is now, without a home."""
    return DocumentSource()


def place(settings: Settings) -> str:
    """Whose knowledge in which database, to tell whether a server works for these settings."""
    where = hashlib.sha256((settings.database_url or "").encode()).hexdigest()[:12]
    return f"{settings.workspace}@{where}"


@contextmanager
def _database(home: Home, settings: Settings) -> Iterator[tuple[Database, tuple[str, ...]]]:
    """The database, up to date, and what must be said about where it is."""
    with ExitStack() as stack:
        notes: tuple[str, ...] = ()
        url = settings.database_url
        if url is None:
            server = stack.enter_context(EmbeddedPostgres.start(home.path))
            url, notes = server.url, (server.note,) if server.note else ()
        database = Database(url, settings.workspace)
        stack.callback(database.close)
        database.migrate()
        yield database, notes


def _parts(home: Home, database: Database, settings: Settings) -> Parts:
    workspace = home.folder("index") / settings.workspace
    return Parts(
        knowledge=PostgresKnowledge(database),
        suggestions=PostgresSuggestions(database),
        grants=PostgresGrants(database),
        consultations=PostgresConsultations(database),
        cases=PostgresCases(database),
        checkpoints=PostgresCheckpoints(database),
        feedback=PostgresFeedback(database),
        catalogue=FileCatalogue(_made(workspace / "catalogue")),
        vectors=StoredVectors(_made(workspace / "vectors")),
        parts=FileParts(_made(workspace / "parts")),
        lexical=TantivyLexical(_made(workspace / "words")),
        embedder=SentenceEmbedder(
            settings.embedder,
            compiled=settings.compiled or home.folder("models"),
            languages=settings.embedder_languages,
        ),
        detector=NaiveBayesLanguages(),
        redactor=PatternRedactor(settings.privacy, settings.privacy_ner),
        source=DocumentSource(),
        clock=SystemClock(),
        jobs=PostgresJobs(database),
        keys=PostgresKeys(database),
        uploads=FolderUploads(
            home.folder("uploads") / settings.workspace, limit=settings.max_upload_mb * 1_000_000
        ),
        workspace=settings.workspace,
        home=f"{platform.node()}:{home.path}",
        chat=_chat(settings.llm),
    )


def _chat(settings: ChatSettings) -> Chat | None:
    """The language model that is set, or none; what cannot work is said by whoever asks for it."""
    if settings == ChatSettings():
        return None
    # httpx and the rest are imported only where a model is set: a search needs none.
    from assist.adapters.chat.chat import OpenAIChat
    from assist.adapters.chat.unusable import UnusableChat

    try:
        return OpenAIChat(settings)
    except BadSetting as error:
        return UnusableChat(settings, error)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _records_for(settings: Settings) -> RecordsFor:
    def records_for(files: Mapping[str, str]) -> Records | None:
        # What reads them is imported with the first ticket: a search needs no records.
        from assist.adapters.records.http import HttpRecords
        from assist.adapters.records.yaml_file import YamlRecords

        if settings.records_url:
            return HttpRecords(settings.records_url, settings.records_mapping)
        text = files.get(RECORDS_FILE)
        return YamlRecords(text) if text is not None else None

    return records_for
