"""`--engine`: what judges many tickets, this process or the workers of a Ray cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from assist.settings import Settings

if TYPE_CHECKING:  # half a second to import
    from assist.service.covering import Covering
    from assist.service.desk import Desk


class EngineName(StrEnum):
    """The engines there are."""

    LOCAL = "local"
    RAY = "ray"


Engine = Annotated[
    EngineName,
    typer.Option(
        "--engine",
        help="What does the work: this process, or a Ray cluster (ASSIST_RAY_ADDRESS, else this "
        "machine's processors) with the same results.",
    ),
]


@contextmanager
def covering_by(engine: EngineName, settings: Settings, desk: "Desk") -> "Iterator[Covering]":
    """What judges for this desk. Raises `NotReady` and `Unavailable` where there is no cluster."""
    if engine is EngineName.LOCAL:
        from assist.service.covering import Covering

        yield Covering(desk)
        return
    from assist.sharing import shared_covering

    with shared_covering(settings, desk) as covering:
        yield covering
