"""`Records` from a `records.yaml`: sample customers, or a small desk's own list."""

from collections.abc import Iterator, Sequence
from typing import Any

import yaml
from pydantic import Field, ValidationError

from assist.domain.base import Currency, Model
from assist.domain.records import CustomerRecord
from assist.errors import BadKnowledgeBase

FILE = "records.yaml"


class _Text(yaml.SafeLoader):
    """Dates stay text, as facts hold them; a repeated key is an error, not the last one's win."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001  the library's
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value!r} occurs twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


_Text.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _File(Model):
    currency: dict[str, Currency] = Field(default_factory=dict)
    customers: tuple[CustomerRecord, ...] = ()


class YamlRecords:
    """Customers by id or e-mail address, upper and lower case alike.

    `text` is the file's content; raises `BadKnowledgeBase` naming line and key of what is wrong.
    `currency` is the company's currency by region.
    """

    def __init__(self, text: str) -> None:
        root = _compose(text)
        content = _read(root)
        self.currency: dict[str, str] = dict(content.currency)
        self._by_id: dict[str, CustomerRecord] = {}
        self._by_email: dict[str, CustomerRecord] = {}
        for position, record in enumerate(content.customers):
            _enter(self._by_id, [record.id], record, _line(root, ("customers", position)))
            _enter(self._by_email, record.emails, record, _line(root, ("customers", position)))

    def find(self, *, customer_id: str | None, email: str | None) -> CustomerRecord | None:
        """The customer of this id, else of this e-mail address, else none."""
        found = self._by_id.get(_folded(customer_id)) if customer_id else None
        return found or (self._by_email.get(_folded(email)) if email else None)


def _folded(text: str) -> str:
    return text.strip().casefold()


def _enter(
    index: dict[str, CustomerRecord], keys: Sequence[str], record: CustomerRecord, line: int
) -> None:
    for key in keys:
        if index.setdefault(_folded(key), record) is not record:
            raise BadKnowledgeBase(
                f"{key} belongs to two customers", cure="give it to one", where=f"{FILE}:{line}"
            )


def _compose(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Text)
    except yaml.YAMLError as error:
        raise _unreadable(error) from error
    except RecursionError as error:
        raise BadKnowledgeBase("nested too deep", cure="flatten it", where=FILE) from error


def _read(root: yaml.Node | None) -> _File:
    if root is None:
        return _File()
    loader = _Text("")
    try:
        return _File.model_validate(loader.construct_document(root))
    except yaml.YAMLError as error:
        raise _unreadable(error) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise BadKnowledgeBase(
            f"{key}: {first['msg'].lower()}",
            cure="see records.yaml in kb_corpus/README.md",
            where=f"{FILE}:{_line(root, first['loc'])}",
        ) from error
    finally:
        loader.dispose()


def _unreadable(error: yaml.YAMLError) -> BadKnowledgeBase:
    mark = getattr(error, "problem_mark", None)
    where = f"{FILE}:{mark.line + 1}" if mark else FILE
    problem = getattr(error, "problem", None) or str(error)
    return BadKnowledgeBase(f"not YAML: {problem}", cure="correct the line", where=where)


def _line(root: yaml.Node | None, path: Sequence[int | str]) -> int:
    """The line, from 1, of the deepest part of `path` that the file has."""
    line = 1
    for node in _nodes(root, path):
        line = node.start_mark.line + 1
    return line


def _nodes(node: yaml.Node | None, path: Sequence[int | str]) -> Iterator[yaml.Node]:
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pairs = {key.value: (key, value) for key, value in node.value}
            if part not in pairs:
                return
            key, node = pairs[part]
            yield key
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            node = node.value[part]
            yield node
        else:
            return
