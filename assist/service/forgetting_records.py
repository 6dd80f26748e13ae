"""A `records.yaml` without one of its customers, and what it says of them."""

from collections.abc import Iterator
from typing import Any

import yaml

from assist.domain.forgetting import Known
from assist.understanding.recognizable import recognized_by

FILE = "records.yaml"


def records_without(text: str, customer_id: str) -> tuple[str, tuple[Known, ...]] | None:
    """The file without this customer, and what they are known by; none where it has them not.

    What others share with them, by anchors of YAML, stays. Comments do not: it is written anew.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    listed = next((value for name, value in _pairs(root) if name == "customers"), None)
    if not isinstance(listed, yaml.SequenceNode):
        return None
    theirs = [node for node in listed.value if customer_id in _scalars(node, "id")]
    if not theirs:
        return None
    known = tuple(one for node in theirs for one in _known(node))
    listed.value = [node for node in listed.value if node not in theirs]
    written = yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True)
    return str(written), known


def listed_in(text: str) -> set[str]:
    """The ids of the customers in the file."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    listed = next((value for name, value in _pairs(root) if name == "customers"), None)
    nodes = listed.value if isinstance(listed, yaml.SequenceNode) else []
    return {one for node in nodes for one in _scalars(node, "id")}


def _known(node: yaml.Node) -> Iterator[Known]:
    for name in _scalars(node, "name"):
        yield from recognized_by("name", name)
    for email in _scalars(node, "emails"):
        yield from recognized_by("email", email)


def _scalars(node: yaml.Node, name: str) -> list[str]:
    """The text under this key: its own, or that of each in a list."""
    found = [value for key, value in _pairs(node) if key == name]
    inner = [one for value in found for one in _items(value)]
    return [one.value for one in inner if isinstance(one, yaml.ScalarNode)]


def _items(node: yaml.Node) -> list[Any]:
    return node.value if isinstance(node, yaml.SequenceNode) else [node]


def _pairs(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield str(key.value), value
