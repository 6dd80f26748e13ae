"""`assist schema`: the shapes outsiders use, as JSON Schema."""

import json
from typing import Annotated

import typer
from pydantic import BaseModel

from assist.cli.options import fails_cleanly
from assist.domain.case import Case
from assist.domain.eval_case import EvalCase
from assist.domain.facts import FactDeclaration
from assist.domain.policy import Clause
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import NotFound

SHAPES: dict[str, type[BaseModel]] = {
    "ticket": Ticket,
    "suggestion": Suggestion,
    "case": Case,
    "clause": Clause,
    "facts": FactDeclaration,
    "eval-case": EvalCase,
}


@fails_cleanly
def schema_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of {', '.join(SHAPES)}.")],
) -> None:
    """Print the JSON Schema of a shape that goes in or comes out, such as a ticket."""
    if name not in SHAPES:
        raise NotFound(
            f"there is no shape {name!r}", where="schema", cure=f"use {', '.join(SHAPES)}"
        )
    print(json.dumps(SHAPES[name].model_json_schema(), indent=2, sort_keys=True))
