"""The desk of a home that is there already: owned, or beside the server that owns it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assist.adapters.indexes import Share
from assist.errors import BadInput, HomeBusy
from assist.service.desk import Desk
from assist.settings import Settings, read_settings
from assist.wiring import joined, opened


def existing(home: Path | None, workspace: str | None = None) -> Settings:
    """The settings of a home that exists. Raises `BadInput`: a mistyped one would be made empty."""
    settings = read_settings(home, workspace)
    if settings.database_url is None and not settings.home.is_dir():
        raise BadInput(
            "there is no home",
            where=str(settings.home),
            cure="give the one that is worked in with --home, or set ASSIST_HOME",
        )
    return settings


@contextmanager
def desk_of(settings: Settings) -> Iterator[Desk]:
    """The desk of this home; beside whoever owns it, one that reads what they have built."""
    with ExitStack() as stack:
        try:
            desk = stack.enter_context(opened(settings))
        except HomeBusy:
            desk = stack.enter_context(joined(settings, Share.READS))
        yield desk
