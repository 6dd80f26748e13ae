"""A Markdown file's text -> its front matter, checked as YAML, and its body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from pydantic import JsonValue

from assist.adapters.documents.attributes import plain

_OPENS = re.compile(r"\A---[ \t]*\n(?=\s*(?:[\"']?[\w-]+[\"']?[ \t]*:|---|#))")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_COLON = "mapping values are not allowed here"
"""How YAML says that a plain text has a colon in it."""
_QUOTE = "a text with a colon in it: put it in quotes, or below a line that ends in >-"
VERBATIM = frozenset({"id", "title", "version"})
_ID = re.compile(r"^id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


class FrontMatterError(ValueError):
    """Front matter that cannot be read: the line it fails at, what is wrong, what to do."""

    def __init__(self, line: int, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.cure = line, problem, cure


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values by key, the file's line of each part (`clauses.2.when`), and the body below."""

    values: dict[str, JsonValue]
    lines: dict[str, int]
    body: str


def split_front_matter(text: str) -> FrontMatter:
    """Front matter and body; a text that opens with a rule instead of keys has none."""
    opening = _OPENS.match(text)
    if opening is None:
        return FrontMatter({}, {}, text.strip("\n"))
    closing = _CLOSES.search(text, opening.end())
    if closing is None:
        raise FrontMatterError(
            1, "the front matter opened here is never closed", "end it with a line of three dashes"
        )
    block = text[opening.end() : closing.start()]
    values, lines = _parse(block)
    return FrontMatter(values, lines, text[closing.end() :].strip("\n"))


def guess_id(text: str) -> str:
    """The id a broken file seems to have; empty where it shows none."""
    found = _ID.search(text[:10_000])
    return found.group(1) if found else ""


def _parse(block: str) -> tuple[dict[str, JsonValue], dict[str, int]]:
    try:
        # An alias in a few bytes can stand for gigabytes once written out as JSON.
        for token in yaml.scan(block, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AliasToken):
                raise FrontMatterError(
                    token.start_mark.line + 2, "an alias (*name) is used", "write the value out"
                )
        node = yaml.compose(block, Loader=yaml.SafeLoader)
        loaded = yaml.safe_load(block)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        problem = error.problem or error.context
        cure = _QUOTE if problem == _COLON else "correct the front matter"
        raise FrontMatterError(line, f"not YAML: {problem}", cure) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, FrontMatterError):
            raise
        raise FrontMatterError(1, f"not YAML: {error}", "correct the front matter") from error
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(2, "front matter must be `key: value` lines", "correct it")
    lines = _lines(node)
    return _values(loaded, lines) | _verbatim(node), lines


def _lines(root: yaml.Node) -> dict[str, int]:
    """The file's line of each part by dotted path: one line of dashes stands above the block."""
    lines: dict[str, int] = {}
    waiting = [("", root)]
    while waiting:
        prefix, node = waiting.pop()
        for name, mark, part in _parts(node):
            lines[f"{prefix}{name}"] = mark.line + 2
            waiting.append((f"{prefix}{name}.", part))
    return lines


def _parts(node: yaml.Node) -> Iterator[tuple[str, yaml.Mark, yaml.Node]]:
    """Each entry of a map or list: its name or number, where it begins, what it holds."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield str(index), item.start_mark, item
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if (name := str(key.value)) in seen:
                line = key.start_mark.line + 2
                raise FrontMatterError(line, f"the key {name!r} stands twice", "remove one")
            seen.add(name)
            yield name, key.start_mark, value


def _verbatim(node: yaml.MappingNode) -> dict[str, JsonValue]:
    """Names and numbers of versions as they were typed: YAML reads 1.10 as 1.1 and 0042 as 34."""
    return {
        key.value: value.value
        for key, value in node.value
        if key.value in VERBATIM and isinstance(value, yaml.ScalarNode) and value.value
    }


def _values(loaded: dict[object, object], lines: dict[str, int]) -> dict[str, JsonValue]:
    values: dict[str, JsonValue] = {}
    for key, value in loaded.items():
        line = lines.get(str(key), 1)
        if not isinstance(key, str):
            raise FrontMatterError(line, f"the key {key!r} is not text", "put it in quotes")
        try:
            values[key] = plain(value)
        except ValueError as error:
            raise FrontMatterError(line, f"{key} {error}", "correct the value") from error
    return values
