"""`Checkpoints` by LangGraph's own saver on PostgreSQL, as one workspace sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from assist.adapters.postgres.database import ROLE, Database
from assist.errors import StoreUnavailable

if TYPE_CHECKING:
    from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

ENTER = "SELECT set_config('role', %s, false), set_config('assist.workspace', %s, false)"


class PostgresCheckpoints:
    """The state of cases, in the tables of the database's workspace."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def thread(self, case_id: str) -> str:
        """The name under which a case's state is kept: policies read the workspace off it."""
        return f"{self._database.workspace}/{case_id}"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["AsyncPostgresSaver"]:
        """A saver with a connection of its own, held to the workspace. `StoreUnavailable`."""
        from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
        from psycopg import AsyncConnection, Error
        from psycopg.rows import dict_row

        try:
            async with await AsyncConnection.connect(
                self._database.conninfo, autocommit=True, prepare_threshold=0, row_factory=dict_row
            ) as connection:
                await connection.execute(ENTER, (ROLE, self._database.workspace))
                # A state and that it waits are two writes of the saver's: kept both or neither.
                async with connection.transaction():
                    yield AsyncPostgresSaver(connection)
        except Error as error:
            raise StoreUnavailable(
                f"the state of cases cannot be read or written: {error}",
                cure="see that the database runs, and send it again: nothing is done twice",
            ) from error
