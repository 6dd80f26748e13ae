"""How much a server takes on, and how it tells of it."""

from typing import Literal

from pydantic import Field

from assist.domain.base import Model

LogForm = Literal["text", "json"]


class LoadSettings(Model):
    """Of one process. What is beyond it is turned away at once, and told when to come again."""

    threads: int = Field(
        4,
        description="Suggestions and acts on cases worked on at once, in each process. Each "
        "computes most of its time; with a language model they wait, and more can be had.",
        ge=1,
        le=64,
    )
    waiting: int = Field(
        16,
        description="How many more may wait for their turn, in each process; beyond it the answer "
        "is 503 with Retry-After.",
        ge=0,
        le=10_000,
    )
    seconds: float = Field(
        120.0,
        description="Seconds until a request is given up and answered with 504.",
        gt=0,
        le=3_600,
    )
    drain_seconds: int = Field(
        30,
        description="Seconds in which a server that is told to end goes on with what it has begun.",
        ge=1,
        le=600,
    )
