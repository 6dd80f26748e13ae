"""YAML text -> plain data and the line of every part of it, so that each fault names its line."""

import difflib
import math
from collections.abc import Iterator
from typing import TypeVar

import yaml
from pydantic import BaseModel, Field, JsonValue, ValidationError
from pydantic_core import ErrorDetails

from assist.domain.base import Model
from assist.errors import BadKnowledgeBase

_KEY_TAGS = frozenset({"tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"})
MAX_NODES = 200_000
"""A company's largest rule file has a few thousand nodes; far more is no rule file."""

COLON = "mapping values are not allowed here"
"""How YAML says that a plain text has a colon in it."""
QUOTE = "a text with a colon in it: put it in quotes, or below a line that ends in >-"

LISTED = 12
"""Names shown where none is near."""

Path = tuple[str | int, ...]
_M = TypeVar("_M", bound=BaseModel)


class _Loader(yaml.SafeLoader):
    """Reads dates as the text they are, so that a wrong one is faulted at its own line."""


def _as_typed(_: yaml.SafeLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _as_typed)


class Page(Model):
    """One file: its name, its data, and the line (from 1) of each dotted path in it."""

    name: str
    data: dict[str, JsonValue]
    lines: dict[str, int] = Field(default_factory=dict)

    def line(self, path: Path) -> int:
        """The line of what stands at `path`, else of the nearest part around it that is known."""
        parts = [str(part) for part in path]
        nearest = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
        return next((self.lines[p] for p in nearest if p in self.lines), 1)

    def fault(self, path: Path, problem: str, *, cure: str) -> BadKnowledgeBase:
        """The error for what stands at `path`, at its line."""
        named = f"{'.'.join(str(part) for part in path)}: " if path else ""
        where = f"{self.name}:{self.line(path)}"
        return BadKnowledgeBase(named + problem, cure=cure, where=where)

    def read(self, model: type[_M]) -> _M:
        """The page's data as `model`. Raises `BadKnowledgeBase` at the first part that is wrong."""
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise next(self.misfits(error, ())) from error

    def misfits(self, error: ValidationError, at: Path) -> Iterator[BadKnowledgeBase]:
        """The faults for all that pydantic found wrong in the part at `at`."""
        for found in error.errors(include_url=False):
            yield self._misfit(found, (*at, *found["loc"]))

    def _misfit(self, found: ErrorDetails, path: Path) -> BadKnowledgeBase:
        if found["type"] == "extra_forbidden":
            return self.fault(path, f"unknown key {path[-1]!r}", cure="correct or remove the key")
        if found["type"] == "missing":
            return self.fault(path, "is missing", cure=f"add {path[-1]!r}")
        message = found["msg"].removeprefix("Value error, ")
        given = found["input"]
        shown = f", not {given!r}" if isinstance(given, str | int | float) else ""
        return self.fault(path, message[:1].lower() + message[1:] + shown, cure="correct the value")


def load_page(name: str, text: str) -> Page:
    """The YAML mapping in `text`; an empty file is an empty mapping. Raises `BadKnowledgeBase`."""
    try:
        # The C loader is faster, and a long run of "[" overflows its stack and ends the process.
        loader = _Loader(text)
        root = loader.get_single_node()
        lines = _lines(name, root)
        data = {} if root is None else _plain(loader.construct_document(root))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1 if mark else 1}"
        problem = error.problem or error.context or "malformed"
        cure = QUOTE if problem == COLON else "correct it"
        raise BadKnowledgeBase(f"not YAML: {problem}", cure=cure, where=where) from error
    except (yaml.YAMLError, ValueError) as error:
        raise BadKnowledgeBase(
            f"not YAML: {error}", cure="correct it", where=f"{name}:1"
        ) from error
    except RecursionError as error:
        raise BadKnowledgeBase("nested too deeply", cure="flatten it", where=f"{name}:1") from error
    if not isinstance(data, dict):
        raise BadKnowledgeBase("must be `key: value` lines", cure="correct it", where=f"{name}:1")
    return Page(name=name, data=data, lines=lines)


def place(where: str) -> tuple[str, int]:
    """The file and the line of `file:line`, to sort by; line 0 where only the file is known."""
    file, _, line = where.rpartition(":")
    return (file, int(line)) if file and line.isdigit() else (where, 0)


def suggestion(word: str, known: tuple[str, ...]) -> str:
    """A cure for a name that nothing declares: the nearest ones there are."""
    near = difflib.get_close_matches(word, known, n=2)
    if near:
        return f"did you mean {' or '.join(near)}?"
    more = f" and {len(known) - LISTED} more" if len(known) > LISTED else ""
    return f"known: {', '.join(known[:LISTED])}{more}"


def _lines(name: str, root: yaml.Node | None) -> dict[str, int]:
    """Lines by dotted path. Aliases are followed, and counted: a few can stand for gigabytes."""
    lines: dict[str, int] = {}
    waiting: list[tuple[str, yaml.Node]] = [] if root is None else [("", root)]
    visited = 0
    while waiting:
        path, node = waiting.pop()
        visited += 1
        if visited > MAX_NODES:
            where = f"{name}:{node.start_mark.line + 1}"
            problem = f"stands for more than {MAX_NODES} entries"
            raise BadKnowledgeBase(problem, cure="write out what the alias means", where=where)
        prefix = f"{path}." if path else ""
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                lines[f"{prefix}{index}"] = item.start_mark.line + 1
                waiting.append((f"{prefix}{index}", item))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                _note_key(name, prefix, key, lines)
                waiting.append((f"{prefix}{key.value}", value))
    return lines


def _note_key(name: str, prefix: str, key: yaml.Node, lines: dict[str, int]) -> None:
    line = key.start_mark.line + 1
    where = f"{name}:{line}"
    if not isinstance(key, yaml.ScalarNode) or key.tag not in _KEY_TAGS:
        # Plain YAML reads the country NO as the boolean false.
        raise BadKnowledgeBase(f"the key {key.value!r} is not text", cure="quote it", where=where)
    if f"{prefix}{key.value}" in lines:
        raise BadKnowledgeBase(
            f"the key {key.value!r} stands twice", cure="remove one", where=where
        )
    lines[f"{prefix}{key.value}"] = line


def _plain(value: object) -> JsonValue:
    """The value as JSON."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number")
    if value is None or isinstance(value, str | bool | int | float):
        return value
    raise ValueError(f"a {type(value).__name__} is neither text, number, list nor map")
