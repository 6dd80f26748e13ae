"""A case as plain data -> the YAML that a person goes on with; and that what is written is read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from assist.errors import BadInput, BadKnowledgeBase
from assist.policies.located import load_page
from evals.cases import EvalCase

WIDE = 100
_LISTS = 80
"""Characters up to which a list of words stands on one line."""


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stand as they are read; short lists stand on one line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    """A block is only possible where no line ends in white space and nothing is unprintable."""
    plain = "\n" in value and all(line == line.rstrip() for line in value.split("\n"))
    block = plain and all(c.isprintable() or c == "\n" for c in value)
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if block else None)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.SequenceNode:
    short = all(not isinstance(one, dict | list) for one in value) and len(str(value)) <= _LISTS
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(list, _list)


def as_yaml(told: Mapping[str, Any], head: str = "") -> str:
    """The case as YAML, with `head` above it as a comment.

    Raises `BadInput` where what is written is no case that can be read, naming the field.
    """
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    text = comment + yaml.dump(
        dict(told), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDE
    )
    read_case(str(told.get("id") or "case"), text)
    return text


def read_case(name: str, text: str) -> EvalCase:
    """The case in a YAML text. Raises `BadInput` naming line and field."""
    try:
        return load_page(name, text).read(EvalCase)
    except BadKnowledgeBase as error:
        raise BadInput(error.problem, where=error.where, cure=error.cure) from error


def write_new(file: Path, text: str) -> None:
    """Write a file that is not there yet. Raises `BadInput`: nobody's work is written over."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise BadInput(
            "is there already", where=str(file), cure="remove it, or give another name"
        ) from error
    except OSError as error:
        raise BadInput(
            f"cannot be written: {error.strerror or error}", where=str(file), cure="check --out"
        ) from error
