"""ragas' prompts -> replies of the model in its role of judge, kept by what it was asked.

Kept are whole replies that are what was asked for: a run that is killed asks on from there, and
what failed is asked again.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from assist.errors import BadInput, ModelGarbled
from assist.ports.chat import Chat, ChatMessage, ChatRequest, parsed

LONGEST = 4_000
"""Tokens of a reply: a verdict with its reason on each statement of a draft."""
CURE = "use a model that does what it is asked"
_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks `chat`, and keeps what it says in the folder `cache`. `ragas` is its version."""

    chat: Chat
    cache: Path
    ragas: str

    @property
    def model(self) -> str:
        """The name of the model that judges."""
        return self.chat.model_of("judge")

    async def said(self, metric: str, prompt: str, kind: type[_M]) -> _M:
        """The reply to a prompt of a metric. Raises `ModelFailure`, `BadInput` for the folder."""
        schema = kind.model_json_schema()
        told = (self.ragas, self.model, metric, json.dumps(schema, sort_keys=True), prompt)
        key = hashlib.sha256("\x00".join(told).encode("utf-8", "replace")).hexdigest()[:32]
        file = self.cache / f"{key}.json"
        if (before := _kept(file, kind)) is not None:
            return before
        request = ChatRequest(
            role="judge",
            messages=(ChatMessage(role="user", content=prompt),),
            reply_name="judged",
            reply_schema=schema,
            max_tokens=LONGEST,
        )
        found = parsed(await self.chat.ask(request, self.chat.begin()), kind)
        _require_yes_or_no(found)
        _keep(file, found)
        return found


@dataclass(slots=True)
class Sitting:
    """The judge for one metric of one sample, as ragas calls it.

    ragas counts what comes back and not what it asked: a judge that leaves out the statements
    that do not hold would raise a score. So there must be a verdict on every statement.
    """

    judge: Judge
    metric: str
    stated: set[int] = field(default_factory=set)

    async def agenerate(self, prompt: str, response_model: type[_M]) -> _M:
        """The reply. Raises `ModelFailure`, `BadInput`."""
        found = await self.judge.said(self.metric, prompt, response_model)
        listed = getattr(found, "statements", None)
        if isinstance(listed, list):
            self._count(listed)
        return found

    def _count(self, listed: list[Any]) -> None:
        if not listed:
            raise ModelGarbled("found no statement", where=self.judge.model, cure=CURE)
        if all(isinstance(one, str) for one in listed):
            self.stated.add(len(listed))
        elif len(listed) not in self.stated:
            asked = " or ".join(str(number) for number in sorted(self.stated))
            problem = f"gave {len(listed)} verdicts on {asked} statements"
            raise ModelGarbled(problem, where=self.judge.model, cure=CURE)


def _require_yes_or_no(reply: BaseModel) -> None:
    """All numbers that ragas asks for are 0 or 1; what it makes of others is no share."""
    for number in _numbers(reply.model_dump()):
        if number not in (0, 1):
            raise ModelGarbled(f"the reply says {number}, not 0 or 1", where="judged", cure=CURE)


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _numbers(part)
    elif isinstance(value, list):
        for part in value:
            yield from _numbers(part)
    elif isinstance(value, int | float):
        yield value


def _kept(file: Path, kind: type[_M]) -> _M | None:
    """What was kept; none where nothing was, or what was is damaged: then it is asked again."""
    try:
        return kind.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _keep(file: Path, said: BaseModel) -> None:
    """Whole or not at all: a process that dies leaves no half of a reply."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}")
        half.write_text(said.model_dump_json(), encoding="utf-8")
        half.replace(file)
    except OSError as error:
        raise BadInput(
            f"cannot be written: {error.strerror or error}",
            where=str(file),
            cure="choose another folder with --judge-cache",
        ) from error
