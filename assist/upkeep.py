"""Ports meet adapters for the care of what is kept: forgetting, backup, restore.

All of it works on the database itself, beside whoever owns the home; `wiring` makes desks.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assist.adapters.backup_files import ZipBackups
from assist.adapters.clock import SystemClock
from assist.adapters.home import Home
from assist.adapters.indexes import Share
from assist.adapters.own_files import HomeFiles
from assist.adapters.postgres.audit import PostgresAudit
from assist.adapters.postgres.backup import PostgresBackups
from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.forget import PostgresErasure
from assist.adapters.postgres.jobs import PostgresJobs
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.adapters.postgres.server import log_of
from assist.adapters.quiet import keep_quiet
from assist.domain.backup import Manifest, Restored, WorkspaceBackup
from assist.domain.forgetting import Tombstone
from assist.errors import AssistError, HomeBusy, HomeServed, NoIndex
from assist.ports import Progress
from assist.service.backups import Backups, Looked
from assist.service.forgetting import Carry, Forgetting
from assist.service.index_care import verify
from assist.service.jobs import outcome
from assist.service.library import serving
from assist.service.restoring import Restores
from assist.service.retention import expiring
from assist.service.samples import compared, samples_of
from assist.settings import Settings
from assist.wiring import joined, opened, owned, place

LOOK = 0.2
"""Seconds between looks at an ingest that a server builds."""


@contextmanager
def forgetting(settings: Settings) -> Iterator[Forgetting]:
    """What takes people out of a workspace, beside whoever owns the home.

    Raises `StoreUnavailable`, `DiskFull`, `BadSetting`.
    """
    keep_quiet()
    home = Home(settings.home)
    with _database(home, settings) as (database, data):
        database.migrate()
        logs = [log_of(data)] if data else []
        yield Forgetting(
            erasure=PostgresErasure(database, owns_server=data is not None),
            knowledge=PostgresKnowledge(database),
            jobs=PostgresJobs(database),
            files=HomeFiles([home.path, *([data] if data else []), *logs], logs),
            audit=PostgresAudit(database),
            clock=SystemClock(),
        )


@contextmanager
def retaining(settings: Settings) -> Iterator[None]:
    """Forget what is older than `ASSIST_RETENTION_DAYS` until the block ends; unset: nothing."""
    if settings.retention_days is None:
        yield
        return
    with forgetting(settings) as people, expiring(people, settings.retention_days):
        yield


def backed_up(settings: Settings, file: Path, *, workspace: str | None) -> Manifest:
    """Write a backup of one workspace, or of all that can be seen, beside whoever owns the home.

    Raises `BadInput` where the file is there already, `StoreUnavailable`, `DiskFull`.
    """
    keep_quiet()

    def look(name: str) -> Looked:
        return searched(settings.model_copy(update={"workspace": name}))

    with _database(Home(settings.home), settings) as (database, _):
        database.migrate()
        made = Backups(PostgresBackups(database), ZipBackups(), SystemClock())
        manifest = made.back_up(file, workspace=workspace, look=look)
    for kept in manifest.workspaces:
        with forgetting(settings.model_copy(update={"workspace": kept.workspace})) as people:
            people.tell("backup")
    return manifest


def searched(settings: Settings) -> Looked:
    """What is found in this workspace, by the indexes of whoever owns the home, or why not."""
    try:
        with joined(settings, Share.READS) as desk:
            serving = desk.opened().library.generation
            return Looked(serving.id, serving.embedder, samples_of(desk))
    except AssistError as error:
        return Looked(notes=(f"it was not searched: {error}",))


def carrying(people: Forgetting, settings: Settings, progress: Progress) -> Carry:
    """Builds an ingest job here, or waits for the server that owns the home to build it."""

    def carry(job_id: str) -> None:
        while not people.jobs.get(job_id).ended:
            try:
                with opened(settings) as desk:
                    desk.builder().build_until(job_id, progress)
            except HomeServed as served:
                if served.place != place(settings):
                    raise  # it serves another workspace or database, and never looks at this
                time.sleep(LOOK)
            except HomeBusy:
                time.sleep(LOOK)
        outcome(people.jobs.get(job_id))

    return carry


def restored(
    settings: Settings,
    file: Path,
    *,
    workspace: str | None,
    replacing: bool,
    tombstones: Sequence[Tombstone],
    progress: Progress,
) -> Restored:
    """Put a backup in place, build what is derived from it, and hold that to the backup.

    Raises `BadInput` for a file that is no backup of ours, `HomeBusy`, `NotReady`, `NotFound`,
    `StoreUnavailable`, `DiskFull`.
    """
    with owned(settings) as home, _database(home, settings) as (database, _):
        manifest, forgotten = Restores(PostgresBackups(database), ZipBackups()).restore(
            file, workspace=workspace, replacing=replacing, tombstones=tombstones
        )
    done = Restored(manifest=manifest, forgotten=sum(map(len, forgotten.values())))
    for kept in manifest.workspaces:
        its_own = settings.model_copy(update={"workspace": kept.workspace})
        with forgetting(its_own) as people:
            carry = carrying(people, its_own, progress)
            again = people.withdraw_again(forgotten[kept.workspace], carry)
            said = people.erasure.scrub() if again or replacing else ()
            people.tell("restore")
        done = done.also(said=said).also(**_held_to(its_own, kept, progress))
    return done


def _held_to(settings: Settings, kept: WorkspaceBackup, progress: Progress) -> dict[str, Any]:
    """What is wrong with the indexes, once they are built, and what is found in them."""
    if not kept.generation:
        return {}
    try:
        with opened(settings) as desk:
            report = verify(desk.parts, serving(desk.parts), progress)
        with joined(settings, Share.READS) as desk:
            if desk.opened().library.generation.id != kept.generation:
                changed = "what it says of those who were forgotten was taken out; not compared"
                return {"said": (f"{kept.workspace}: {changed}",), "problems": report.problems}
            return {"searches": tuple(compared(desk, kept)), "problems": report.problems}
    except NoIndex as error:
        return {"problems": (f"{kept.workspace}: {error}",)}


@contextmanager
def _database(home: Home, settings: Settings) -> Iterator[tuple[Database, Path | None]]:
    """The database as it is, and where its data lies if its server is our own."""
    if settings.database_url is not None:
        database = Database(settings.database_url, settings.workspace)
        try:
            yield database, None
        finally:
            database.close()
        return
    with EmbeddedPostgres.start(home.path) as server:
        database = Database(server.url, settings.workspace)
        try:
            yield database, server.data
        finally:
            database.close()
