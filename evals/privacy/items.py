"""The set `pii` below `ASSIST_EVALSETS` -> texts with the spans a person marked in them."""

from pydantic import ValidationError

from assist.domain.base import Model
from assist.errors import BadInput
from evals.bench.sets import evalsets_folder

SET = "pii"


class Span(Model):
    """Characters `start` to `end` are of this type, in the words of the set."""

    start: int
    end: int
    type: str
    value: str


class Item(Model):
    """One text and everything personal in it."""

    id: str
    text: str
    template: int
    spans: tuple[Span, ...]


def load_items() -> tuple[Item, ...]:
    """Every item. Raises `BadInput` where the set is absent or broken."""
    path = evalsets_folder() / SET / "items.jsonl"
    try:
        with path.open(encoding="utf-8") as lines:
            return tuple(Item.model_validate_json(line) for line in lines)
    except (OSError, ValidationError) as error:
        raise BadInput(
            f"the labelled texts cannot be read: {error}",
            where=str(path),
            cure="set ASSIST_EVALSETS to the folder of the evaluation sets",
        ) from error
