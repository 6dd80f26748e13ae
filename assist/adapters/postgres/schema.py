"""The database's tables, brought to this release's version by Alembic."""

from importlib.resources import files

from sqlalchemy import Connection, text

from assist.errors import StoreUnavailable

HEAD = "0016"
"""The newest migration. Kept here so that a process at head need not load Alembic (0.2 s)."""
LOCK = 0x617373697374  # "assist" in ASCII: the advisory lock that migrations share


def migrate(connection: Connection) -> None:
    """Bring the tables to `HEAD` in the open transaction; one process at a time."""
    if version(connection) == HEAD:
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if version(connection) != HEAD:  # else another process was first
        _upgrade(connection)


def version(connection: Connection) -> str | None:
    """The migration the tables are at, or None where there are no tables yet."""
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar() is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    upgrade(connection, HEAD)


def upgrade(connection: Connection, to: str) -> None:
    """Bring the tables of the current schema to this version. `StoreUnavailable` for none of ours.

    Whoever calls it sees to it that nobody else does.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    # A percent sign in the path would be read as an interpolation.
    config.set_main_option("script_location", str(files("assist.migrations")).replace("%", "%%"))
    try:
        command.upgrade(config, to)
    except CommandError as error:
        unknown = to if to != HEAD else version(connection)
        raise StoreUnavailable(
            f"the tables are at version {unknown}, which this release does not know",
            cure="use the newer release that made them, or another database",
        ) from error
