"""A Markdown file's text -> its front matter, checked as YAML, and its body."""

import re
from dataclasses import dataclass

import yaml
from pydantic import JsonValue

from assist.adapters.documents.attributes import plain

_OPENS = re.compile(r"\A---[ \t]*\n(?=\s*(?:[\"']?[\w-]+[\"']?[ \t]*:|---|#))")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
VERBATIM = frozenset({"id", "title", "version"})
_ID = re.compile(r"^id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


class FrontMatterError(ValueError):
    """Front matter that cannot be read: the line it fails at, what is wrong, what to do."""

    def __init__(self, line: int, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.cure = line, problem, cure


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Values by key, the file's line of each key, and the body that follows."""

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
        raise FrontMatterError(
            line, f"not YAML: {error.problem or error.context}", "correct the front matter"
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, FrontMatterError):
            raise
        raise FrontMatterError(1, f"not YAML: {error}", "correct the front matter") from error
    if node is None:
        return {}, {}
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(2, "front matter must be `key: value` lines", "correct it")
    values, lines = _values(loaded, _key_lines(node))
    return values | _verbatim(node), lines


def _key_lines(node: yaml.MappingNode) -> dict[str, int]:
    """The file's line of each key: one line of dashes stands above the block."""
    lines: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in lines:
            raise FrontMatterError(line, f"the key {key.value!r} stands twice", "remove one")
        lines[str(key.value)] = line
    return lines


def _verbatim(node: yaml.MappingNode) -> dict[str, JsonValue]:
    """Names and numbers of versions as they were typed: YAML reads 1.10 as 1.1 and 0042 as 34."""
    return {
        key.value: value.value
        for key, value in node.value
        if key.value in VERBATIM and isinstance(value, yaml.ScalarNode) and value.value
    }


def _values(
    loaded: dict[object, object], lines: dict[str, int]
) -> tuple[dict[str, JsonValue], dict[str, int]]:
    values: dict[str, JsonValue] = {}
    for key, value in loaded.items():
        line = lines.get(str(key), 1)
        if not isinstance(key, str):
            raise FrontMatterError(line, f"the key {key!r} is not text", "put it in quotes")
        try:
            values[key] = plain(value)
        except ValueError as error:
            raise FrontMatterError(line, f"{key} {error}", "correct the value") from error
    return values, lines
