"""Ports meet adapters here, and nowhere else."""

import hashlib
import platform
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assist.adapters.clock import SystemClock
from assist.adapters.documents import DocumentSource
from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.adapters.heap import bound_heaps
from assist.adapters.home import Home, Serving
from assist.adapters.indexes import Share, graphs_of, indexes, installation_of
from assist.adapters.language import NaiveBayesLanguages
from assist.adapters.outside import chat_of, helpdesks_of, host_tokens_of, provider_of
from assist.adapters.postgres.approvals import PostgresApprovals
from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.cases import PostgresCases
from assist.adapters.postgres.checkpoints import PostgresCheckpoints
from assist.adapters.postgres.consultations import PostgresConsultations
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.errands import PostgresErrands
from assist.adapters.postgres.escalated import PostgresEscalated
from assist.adapters.postgres.eval_runs import PostgresEvalRuns
from assist.adapters.postgres.feedback import PostgresFeedback
from assist.adapters.postgres.gap_store import PostgresGaps
from assist.adapters.postgres.grants import PostgresGrants
from assist.adapters.postgres.jobs import PostgresJobs
from assist.adapters.postgres.keys import PostgresKeys
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.adapters.postgres.notices import PostgresNotices
from assist.adapters.postgres.sessions import PostgresSessions
from assist.adapters.postgres.spending import PostgresSpending
from assist.adapters.postgres.suggestions import PostgresSuggestions
from assist.adapters.postgres.timers import PostgresTimers
from assist.adapters.postgres.upstream import PostgresUpstream
from assist.adapters.privacy.redactor import PatternRedactor
from assist.adapters.quiet import keep_quiet
from assist.adapters.uploads import FolderUploads
from assist.ports import Chat, Records, Source
from assist.service.archive import Archive
from assist.service.desk import Desk, RecordsFor
from assist.service.index_repair import mend, require_whole
from assist.service.jobs import Guest
from assist.service.kb_bench import Bench
from assist.service.keyring import Keyring
from assist.service.parts import Parts
from assist.service.policies import Kept
from assist.service.sessions import Visitors
from assist.service.spending import CappedChat
from assist.settings import Settings

RECORDS_FILE = "records.yaml"


@contextmanager
def opened(settings: Settings, url: str = "") -> Iterator[Desk]:
    """The desk of these settings' home and workspace; owns the home until the block ends.

    `url` is where this process will answer others, if it will. Raises `HomeBusy` where another
    process owns the home, `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    with owned(settings, url) as home, _desk(home, settings, Share.WHOLE) as desk:
        yield desk


@contextmanager
def owned(settings: Settings, url: str = "") -> Iterator[Home]:
    """The home alone, owned until the block ends: for whoever has others work in it.

    Raises `HomeBusy`, `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    home = Home(settings.home)
    with home.lock(Serving(url, place(settings)) if url else None):
        yield home


@contextmanager
def joined(settings: Settings, share: Share) -> Iterator[Desk]:
    """The desk of a process that works in a home which another one owns, with this share in it.

    Raises as `opened` does, but `HomeBusy`.
    """
    keep_quiet()
    home = Home(settings.home)
    with home.joined(), _desk(home, settings, share) as desk:
        yield desk


@contextmanager
def _desk(home: Home, settings: Settings, share: Share) -> Iterator[Desk]:
    bound_heaps()
    with _database(home, settings) as (database, notes):
        parts = _parts(home, database, settings, share)
        try:
            yield Desk(
                parts=parts,
                records_for=_records_for(settings),
                notes=notes,
                mode=settings.mode,
                doors=settings.doors,
                llm=settings.llm,
                gap_settings=settings.gaps,
                handling=settings.handling,
                helpdesks=settings.helpdesks,
                care=require_whole if share is Share.READS else mend,
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
def archive(settings: Settings) -> Iterator[Archive]:
    """What the records of cases are read from, beside whoever owns the home.

    Raises `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    with _database(Home(settings.home), settings) as (database, _):
        yield Archive(
            knowledge=PostgresKnowledge(database),
            suggestions=PostgresSuggestions(database),
            cases=PostgresCases(database),
            consultations=PostgresConsultations(database),
            grants=PostgresGrants(database),
            escalated=PostgresEscalated(database),
            approvals=PostgresApprovals(database),
            upstream=PostgresUpstream(database),
            redactor=PatternRedactor(settings.privacy, settings.privacy_ner),
        )


@contextmanager
def keyring(settings: Settings) -> Iterator[Keyring]:
    """The API keys of a workspace, beside whoever owns the home.

    Raises `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    with _database(Home(settings.home), settings) as (database, _):
        knowledge, audit = PostgresKnowledge(database), PostgresAudit(database)
        yield Keyring(PostgresKeys(database), knowledge, SystemClock(), audit)


@contextmanager
def visitors(settings: Settings) -> Iterator[Visitors]:
    """The sessions and the audit log of a workspace, beside whoever owns the home.

    Raises `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    with _database(Home(settings.home), settings) as (database, _):
        yield Visitors(PostgresSessions(database), PostgresAudit(database), SystemClock())


def kb_source() -> Source:
    """Reads a folder as it is now, without a home."""
    return DocumentSource()


@contextmanager
def bench(settings: Settings) -> Iterator[Bench]:
    """Empty indexes in a folder that is gone afterwards: no database, and no lock on the home."""
    keep_quiet()
    bound_heaps()
    embedder = _embedder(settings, settings.compiled or settings.home / "models")
    with TemporaryDirectory(prefix="assist-") as folder:
        graphs = graphs_of(Share.WHOLE, None, "", settings.workspace)
        made = indexes(Path(folder), settings.workspace, Share.WHOLE, graphs)
        yield Bench(made.catalogue, made.vectors, made.parts, made.lexical, embedder)


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


def _parts(home: Home, database: Database, settings: Settings, share: Share) -> Parts:
    name = f"{platform.node()}:{home.path}"
    installation = installation_of(settings.database_url, name)
    graphs = graphs_of(share, settings.chroma_url, installation, settings.workspace)
    found = indexes(home.folder("index"), settings.workspace, share, graphs)
    return Parts(
        knowledge=PostgresKnowledge(database),
        suggestions=PostgresSuggestions(database),
        grants=PostgresGrants(database),
        consultations=PostgresConsultations(database),
        escalated=PostgresEscalated(database),
        approvals=PostgresApprovals(database),
        cases=PostgresCases(database),
        checkpoints=PostgresCheckpoints(database),
        notices=PostgresNotices(database),
        timers=PostgresTimers(database),
        errands=PostgresErrands(database),
        feedback=PostgresFeedback(database),
        eval_runs=PostgresEvalRuns(database),
        gaps=PostgresGaps(database),
        upstream=PostgresUpstream(database),
        catalogue=found.catalogue,
        vectors=found.vectors,
        parts=found.parts,
        statements=found.statements,
        lexical=found.lexical,
        embedder=_embedder(settings, settings.compiled or home.folder("models")),
        detector=NaiveBayesLanguages(),
        redactor=PatternRedactor(settings.privacy, settings.privacy_ner),
        source=DocumentSource(),
        clock=SystemClock(),
        jobs=PostgresJobs(database),
        keys=PostgresKeys(database),
        sessions=PostgresSessions(database),
        audit=PostgresAudit(database),
        spending=PostgresSpending(database),
        uploads=FolderUploads(
            home.folder("uploads") / settings.workspace, limit=settings.max_upload_mb * 1_000_000
        ),
        workspace=settings.workspace,
        home=name,
        chat=_capped(settings, database),
        provider=provider_of(settings.oidc),
        host_tokens=host_tokens_of(settings.host_tokens),
        helpdesks=helpdesks_of(settings.helpdesks),
    )


def _embedder(of: Settings, compiled: Path) -> SentenceEmbedder:
    return SentenceEmbedder(of.embedder, compiled=compiled, languages=of.embedder_languages)


def _capped(settings: Settings, database: Database) -> Chat | None:
    """The language model, under the month's budget where one is set."""
    chat = chat_of(settings.llm)
    if chat is None or settings.llm.monthly_budget is None:
        return chat
    return CappedChat(chat, PostgresSpending(database), SystemClock(), settings.llm)


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
