"""Solved tickets with what agents did: one JSON object a line -> rows, and each that is none."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, JsonValue, ValidationError

from assist.adapters.documents.files import UnreadableTextError
from assist.adapters.documents.json_text import json_lines
from assist.domain.base import Model
from assist.domain.issue import PriorityLevel
from assist.domain.ticket import Ticket
from assist.errors import BadInput

Kind = Annotated[str, Field(min_length=1, max_length=100)]
ANYWHERE = ("at", "level", "did")


class Did(Model):
    """What the agents did. What is left out is not compared.

    `actions` are kinds of `actions.yaml`; an empty list says that nothing was done but to answer.
    `csat` is 1 (bad) to 5.
    """

    category: str | None = None
    actions: tuple[Kind, ...] | None = None
    reply: str | None = None
    escalated: bool | None = None
    priority: PriorityLevel | None = None
    solved: bool | None = None
    csat: Annotated[float, Field(ge=1, le=5)] | None = None


class Solved(Model):
    """One ticket and what was done about it. `at` is when it is judged: when it came in."""

    line: int = Field(ge=1)
    ticket: Ticket
    at: AwareDatetime
    level: str = "agent"
    did: Did


class BadLine(Model):
    """A line that is no solved ticket, or one that could not be suggested for; and why."""

    line: int
    field: str
    problem: str
    cure: str = ""
    where: Literal["reading", "suggesting"] = "reading"

    def told(self, source: str) -> str:
        """One line for a person."""
        named = f"{self.field}: " if self.field else ""
        return f"{source}:{self.line}: {named}{self.problem}" + (
            f" ({self.cure})" if self.cure else ""
        )


def read_solved(file: Path) -> Iterator[Solved | BadLine]:
    """Each line as a solved ticket, or what is wrong with it. Raises `BadInput` for the whole file.

    What agents did stands beside the ticket, or beside `ticket` in one object with it.
    """
    try:
        for line, row in json_lines(file):
            if isinstance(row, UnreadableTextError):
                yield BadLine(line=line, field="", problem=row.problem, cure=row.cure)
            else:
                yield _solved(line, row)
    except UnreadableTextError as error:
        raise BadInput(error.problem, where=str(file), cure=error.cure) from error


def _solved(line: int, row: JsonValue) -> Solved | BadLine:
    if not isinstance(row, dict):
        cure = '{"ticket": {…}, "category": …}'
        return BadLine(line=line, field="", problem="is no object", cure=cure)
    told = _parts(row)
    if told["at"] is None:
        cure = "give `at`, or the ticket's `created_at`, with its offset from UTC"
        return BadLine(line=line, field="at", problem="is missing", cure=cure)
    try:
        return Solved(line=line, **told)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = [str(part) for part in first["loc"]]
        named = ".".join(path[1:] if path[:1] == ["did"] and len(path) > 1 else path)
        problem = first["msg"].removeprefix("Value error, ")
        return BadLine(line=line, field=named, problem=problem, cure="correct the value")


def _parts(row: dict[str, JsonValue]) -> dict[str, Any]:
    """The ticket, and what is told beside it: a `ticket` of its own, or all in one object."""
    outcome = {name: row[name] for name in Did.model_fields if name in row}
    given = row.get("did")
    did = {**given, **outcome} if isinstance(given, dict) else outcome
    apart = {*Did.model_fields, *ANYWHERE, "ticket"}
    rest = {name: value for name, value in row.items() if name not in apart}
    ticket: Any = row.get("ticket")
    if "ticket" in row:
        # What stands beside it and is nothing we know is an error, and no part of the ticket.
        ticket = {**ticket, **rest} if isinstance(ticket, dict) and rest else ticket
    else:
        ticket = rest
    created = ticket.get("created_at") if isinstance(ticket, dict) else None
    level = row.get("level") or "agent"
    return {"ticket": ticket, "at": row.get("at") or created, "level": level, "did": did}
