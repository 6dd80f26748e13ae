"""The write-ahead log of a server of our own, made anew: no file of it is older than this.

PostgreSQL keeps the files of its log and writes over them when it comes to them again, which may be
never: until then they hold what was deleted from the tables.
"""

import time

from sqlalchemy import Connection, text

from assist.errors import StoreUnavailable

PATIENCE = 60.0
"""Seconds. The log is at most 256 MB by our settings, of which each file is written once."""
FILES = text("SELECT name FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' ORDER BY name")
PLACE = text("SELECT pg_walfile_name(pg_current_wal_insert_lsn())")
RELOAD = text("SELECT pg_reload_conf()")
NEXT = text("SELECT pg_switch_wal() FROM pg_logical_emit_message(false, 'assist', '')")
"""A file is left only when something was written in it; the rest of it is filled with zeros."""


def renew(connection: Connection) -> str:
    """Write over every file of the log, or remove it; what was done. A superuser's to call.

    Raises `StoreUnavailable` where it does not come to its end.
    """
    connection.execute(text("CHECKPOINT"))
    connection.execute(text("ALTER SYSTEM SET wal_recycle = off"))
    connection.execute(RELOAD)
    try:
        return f"wrote {_renewed(connection)} files of the write-ahead log anew"
    finally:
        connection.execute(text("ALTER SYSTEM RESET wal_recycle"))
        connection.execute(RELOAD)


def _renewed(connection: Connection) -> int:
    """Round by round, until a round leaves no file that was there before it under any name.

    The server's other processes read the setting a moment later than it is told. A checkpoint that
    has not read it gives an old file, with all that is in it, the name of one that is still to
    come: such a name lies beyond the place, and the next round writes over it.
    """
    first = list(connection.execute(FILES).scalars())
    deadline = time.monotonic() + PATIENCE
    while True:
        last = max(connection.execute(FILES).scalars())
        while connection.execute(PLACE).scalar_one() <= last:
            connection.execute(NEXT)
        begun = connection.execute(PLACE).scalar_one()
        connection.execute(text("CHECKPOINT"))
        there = list(connection.execute(FILES).scalars())
        place = connection.execute(PLACE).scalar_one()
        left = [name for name in there if not begun <= name <= place]
        if not left:
            return len(first)
        if time.monotonic() > deadline:
            raise StoreUnavailable(
                f"{len(left)} files of the write-ahead log stay, from {left[0]} on",
                cure="see pg_replication_slots for who keeps them, and run it again",
            )
        time.sleep(0.2)
