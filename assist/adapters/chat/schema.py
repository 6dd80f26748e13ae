"""JSON Schemas as endpoints take them: in their strict form, or told in words."""

import json
from typing import Any

_NOT_STRICT = frozenset(
    {"default", "title", "examples", "minLength", "maxLength", "uniqueItems", "discriminator"}
)
"""Strict endpoints refuse these; our own types check them when the reply is read."""
_NAMED = frozenset({"properties", "$defs", "patternProperties"})
"""Their keys are names of ours, not words of JSON Schema."""


def strict(schema: Any) -> Any:
    """The schema in the strict subset: every property is required and no other is allowed."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    kept = {
        key: {name: strict(part) for name, part in value.items()}
        if key in _NAMED
        else strict(value)
        for key, value in schema.items()
        if key not in _NOT_STRICT
    }
    if "properties" in kept:
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept


def told(schema: dict[str, Any]) -> str:
    """The words that ask for JSON of this schema, for an endpoint that does not see to it."""
    return (
        "Answer with one JSON object and nothing else: no explanation, no code fence. "
        f"It must fit this JSON Schema:\n{json.dumps(schema, ensure_ascii=False)}"
    )
