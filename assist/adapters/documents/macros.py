"""Macros -> documents whose words a customer may get verbatim.

A macro is a Markdown file, or comes from a Zendesk export of macros. `{name}` and `{agent}` stand
for the customer's name and the agent's; a macro that needs anything else filled in is left out.
"""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from assist.adapters.documents.attributes import identifier, read_attributes
from assist.adapters.documents.converted import UnconvertibleError
from assist.adapters.documents.files import MAX_FILE_BYTES, UnreadableTextError, read_text
from assist.adapters.documents.front_matter import (
    FrontMatter,
    FrontMatterError,
    guess_id,
    split_front_matter,
)
from assist.adapters.documents.html import markdown_of
from assist.adapters.documents.json_text import load_json
from assist.adapters.documents.shelf import Shelf
from assist.domain.knowledge import Document

OURS = {
    "ticket.requester.first_name": "{name}",
    "ticket.requester.name": "{name}",
    "current_user.first_name": "{agent}",
    "current_user.name": "{agent}",
    "ticket.assignee.first_name": "{agent}",
    "ticket.assignee.name": "{agent}",
}
"""Placeholders of Zendesk that mean what ours mean."""
_SIGNATURE = re.compile(r"\{\{\s{0,9}current_user\.signature\s{0,9}\}\}\s*\Z")
"""A reply gets the agent's own signature where it is sent."""
_PLACEHOLDER = re.compile(r"\{[^{}\n]{0,80}\}")
_THEIRS = re.compile(r"\{\{\s*([^{}\n]{0,200}?)\s*\}\}")
_LIQUID = re.compile(r"\{%[^\n]{0,200}?%\}")
_EXPORT = re.compile(rb'"macros"\s*:\s*\[')


class _MacroError(ValueError):
    """A row that is no macro."""


def is_export(path: Path) -> bool:
    """Whether a `.json` file is a Zendesk export of macros; never raises."""
    if path.suffix.lower() != ".json":
        return False
    try:
        with path.open("rb") as file:
            return _EXPORT.search(file.read(MAX_FILE_BYTES)) is not None
    except OSError:
        return False


def shelve_macro(path: Path, name: str, shelf: Shelf) -> None:
    """Read a `.md` macro, or every macro of a `.json` export, onto the shelf.

    `name` is the id of a macro that names none.
    """
    try:
        if path.suffix.lower() == ".json":
            _shelve_export(path, name, shelf)
        else:
            _shelve_file(path, name, shelf)
    except UnreadableTextError as error:
        shelf.broken(path, error.problem, error.cure, line=error.line)


def _shelve_file(path: Path, name: str, shelf: Shelf) -> None:
    text = read_text(path)
    try:
        matter = split_front_matter(text)
        attributes = _attributes(matter)
    except FrontMatterError as error:
        shelf.broken(path, error.problem, error.cure, line=error.line)
        if known := guess_id(text):
            shelf.keep(known)
        return
    document = Document(
        text=matter.body if matter.body.strip() else "",
        source=path.as_posix(),
        front_matter=matter.values | {"macro": True},
        front_matter_lines=matter.lines,
        **({"id": name, "title": path.stem} | attributes),
    )
    _shelve(document, path, shelf)


def _attributes(matter: FrontMatter) -> dict[str, Any]:
    attributes, faults = read_attributes({"kind": "kb", "audience": "customer"} | matter.values)
    for key, value in (("kind", "kb"), ("audience", "customer")):
        if key not in faults and attributes[key] != value:
            faults[key] = f"must be {value} for a macro, whose words customers get"
    for key, fault in faults.items():
        raise FrontMatterError(matter.lines.get(key, 1), f"{key} {fault}", "correct the value")
    return attributes


def _shelve_export(path: Path, name: str, shelf: Shelf) -> None:
    export = load_json(path)
    macros = export.get("macros") if isinstance(export, dict) else None
    if not isinstance(macros, list):
        raise UnreadableTextError("is no export of macros", "export the macros again")
    left_out: Counter[str] = Counter()
    for number, macro in enumerate(macros, start=1):
        try:
            row = _object(macro)
            if reason := _silent(row):
                left_out[reason] += 1
            else:
                _shelve(_document(row, name, path), path, shelf)
        except _MacroError as error:
            known = str(macro["id"]) if isinstance(macro, dict) and macro.get("id") else ""
            shelf.broken(path, f"macro {number} {error}", "correct the row", known_id=known)
    for reason, count in left_out.items():
        macros_are = "1 macro is" if count == 1 else f"{count} macros are"
        shelf.warn(path, f"{macros_are} left out: {reason}")


def _shelve(document: Document, path: Path, shelf: Shelf) -> None:
    """Keep the macro unless something in it could not be filled in, or there is nothing in it."""
    filled = document.text.replace("{name}", "").replace("{agent}", "")
    unknown = [*_LIQUID.findall(filled), *(m.group() for m in _THEIRS.finditer(filled))]
    unknown = unknown or _PLACEHOLDER.findall(filled)
    if unknown:
        named = ", ".join(dict.fromkeys(unknown))
        said = f"the macro {document.title!r} is left out: nothing fills in {named}"
        shelf.warn(path, said, "write it with {name} and {agent} alone")
    elif not document.text:
        shelf.warn(path, f"the macro {document.title!r} holds no text", "write it or remove it")
    else:
        shelf.add(document, path)


def _silent(macro: Mapping[str, JsonValue]) -> str:
    """Why a macro says nothing to a customer; empty where it does."""
    if macro.get("active") is False:
        return "not active"
    actions = _actions(macro)
    if str(actions.get("comment_mode_is_public", "true")).lower() == "false":
        return "an internal note"
    if not {"comment_value", "comment_value_html"} & actions.keys():
        return "without a text for the customer"
    return ""


def _document(macro: Mapping[str, JsonValue], name: str, path: Path) -> Document:
    title = macro.get("title")
    if not isinstance(title, str) or not title.strip():
        raise _MacroError("has no title")
    try:
        document_id = identifier(macro.get("id") or f"{name}/{title}")
    except ValueError as error:
        raise _MacroError(f"has an id that {error}") from error
    said = _SIGNATURE.sub("", _said(_actions(macro))).rstrip()
    return Document(
        id=document_id,
        title=title.strip(),
        text=_THEIRS.sub(lambda m: OURS.get(m.group(1), m.group()), said),
        source=path.as_posix(),
        front_matter={"macro": True},
    )


def _said(actions: Mapping[str, JsonValue]) -> str:
    """The text for the customer as Markdown. A channel may stand before it, in a list."""
    field = "comment_value_html" if actions.get("comment_value_html") else "comment_value"
    value = actions.get(field)
    text = value[-1] if isinstance(value, list) and value else value
    if not isinstance(text, str):
        raise _MacroError(f"has a {field} that is not text")
    try:
        return markdown_of(text) if field == "comment_value_html" else text.strip()
    except UnconvertibleError as error:
        raise _MacroError(f"has a text that {error.problem}") from error


def _actions(macro: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    actions = macro.get("actions")
    if not isinstance(actions, list) or not all(isinstance(a, dict) for a in actions):
        raise _MacroError("has actions that are not a list of objects")
    return {str(a.get("field")): a.get("value") for a in actions if isinstance(a, dict)}


def _object(value: JsonValue) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise _MacroError("is not a JSON object")
    return value
