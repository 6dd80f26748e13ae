"""What a route declares that it can answer besides success, taken from the table of problems."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from assist.errors import (
    AssistError,
    BadInput,
    NoIndex,
    NotReady,
    Overloaded,
    TookTooLong,
    TooLarge,
    Unavailable,
)
from assist.web.errors import (
    MEDIA_TYPE,
    OF_STATUSES,
    ProblemType,
    make_problem,
    problem_type,
)

Answers = dict[int | str, dict[str, Any]]
"""What FastAPI takes as `responses`."""
PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}

ANY = (BadInput, TooLarge, 431, AssistError, TookTooLong)
"""Any route: a request that does not fit or is too large, a fault of ours, no answer in time."""
STORE = (Unavailable,)
"""What asks the database."""
KNOWLEDGE = (NotReady, NoIndex, Unavailable, Overloaded)
"""What needs a knowledge base."""
BODY = (400, 415)
"""What reads JSON."""


def problems(*causes: type[AssistError] | int) -> Answers:
    """The answers for these errors and statuses, each problem of a status as an example."""
    by_status: dict[int, list[ProblemType]] = {}
    for cause in causes:
        kind = OF_STATUSES[cause] if isinstance(cause, int) else problem_type(cause)
        by_status.setdefault(kind.status, []).append(kind)
    return {status: _declared(status, kinds) for status, kinds in sorted(by_status.items())}


def _declared(status: int, kinds: list[ProblemType]) -> dict[str, Any]:
    examples: Mapping[str, Any] = {
        kind.name: {"value": make_problem(kind).model_dump(exclude_none=True)} for kind in kinds
    }
    return {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA, "examples": dict(examples)}},
    }
