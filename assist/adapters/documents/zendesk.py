"""A Zendesk help-center export -> documents, one for each article and language.

Read are the answers of `GET /api/v2/help_center/articles.json` as they were saved: one page, a
list of pages, or JSON Lines of articles; sections, categories and translations where the export
has them side-loaded.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import JsonValue

from assist.adapters.documents.attributes import identifier
from assist.adapters.documents.converted import UnconvertibleError
from assist.adapters.documents.files import MAX_FILE_BYTES, UnreadableTextError, fold_line_ends
from assist.adapters.documents.html import heading_of, markdown_of
from assist.adapters.documents.json_text import json_lines, load_json
from assist.adapters.documents.shelf import Shelf
from assist.domain.knowledge import Audience, Document

Row = Mapping[str, JsonValue]
_PAGE = re.compile(rb'"articles"\s*:\s*\[')
_ARTICLE_KEYS = frozenset({"id", "title", "body", "locale"})
_LEFT_OUT = {
    "draft": ("a draft", "publish it in Zendesk to have it read"),
    "empty": ("without text", "write it or remove it"),
}
_OUTDATED = ("marked as outdated, and read all the same", "review it in Zendesk")


class _RowError(ValueError):
    """A row that is no article."""


def is_export(path: Path) -> bool:
    """Whether a `.json` or `.jsonl` file is such an export, by its first keys; never raises."""
    if path.suffix.lower() == ".json":
        try:
            with path.open("rb") as file:
                return _PAGE.search(file.read(MAX_FILE_BYTES)) is not None
        except OSError:
            return False
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        first = next((value for _, value in json_lines(path)), None)
    except UnreadableTextError:
        return False
    return isinstance(first, dict) and first.keys() >= _ARTICLE_KEYS


def shelve_export(path: Path, shelf: Shelf) -> None:
    """Read every article onto the shelf; broken ones are named, drafts left out and counted."""
    export = _Export(path, shelf)
    try:
        if path.suffix.lower() == ".jsonl":
            for line, value in json_lines(path):
                if isinstance(value, UnreadableTextError):
                    shelf.broken(path, value.problem, value.cure, line=line)
                else:
                    export.shelve(value, f"line {line}", line)
        else:
            export.shelve_pages(load_json(path))
    except UnreadableTextError as error:
        shelf.broken(path, error.problem, error.cure, line=error.line)
        return
    export.report()


class _Export:
    """The articles of one file, the names of their sections, and what is said once about many."""

    def __init__(self, path: Path, shelf: Shelf) -> None:
        self._path, self._shelf = path, shelf
        self._sections: dict[str, Row] = {}
        self._categories: dict[str, Row] = {}
        self._left_out: Counter[str] = Counter()
        self._outdated = 0
        self._first_locale: dict[str, str] = {}

    def shelve_pages(self, value: JsonValue) -> None:
        """Every article of one page or of a list of pages, knowing the sections of all."""
        pages = value if isinstance(value, list) else [value]
        good = [page for page in pages if isinstance(page, dict)]
        if len(good) < len(pages) or not any("articles" in page for page in good):
            raise UnreadableTextError("is no export of articles", "export the articles again")
        for page in good:
            self._sections |= _by_id(page.get("sections"))
            self._categories |= _by_id(page.get("categories"))
        translations: dict[str, list[Row]] = {}
        for translation in (t for page in good for t in _rows(page.get("translations"))):
            translations.setdefault(str(translation.get("source_id")), []).append(translation)
        number = 0
        for page in good:
            for article in _listed(page.get("articles")):
                number += 1
                self.shelve(article, f"article {number}", None, translations)

    def shelve(
        self,
        article: JsonValue,
        name: str,
        line: int | None,
        translations: Mapping[str, list[Row]] = MappingProxyType({}),
    ) -> None:
        """The article and its translations, its own and those listed beside the articles by id.

        `name` says which article it is where it is broken.
        """
        try:
            row = _object(article)
            self._add(row, line)
        except _RowError as error:
            self._name(article, f"{name} {error}", line)
            return
        beside = translations.get(str(row.get("id")), [])
        for translation in (*_rows(row.get("translations")), *beside):
            if translation.get("locale") == row.get("locale"):
                continue
            try:
                self._add({**row, **_translated(translation)}, line)
            except _RowError as error:
                self._name(row, f"{name}, a translation, {error}", line)

    def report(self) -> None:
        """Warn of what was left out or is outdated, once each."""
        for reason, count in self._left_out.items():
            said, cure = _LEFT_OUT[reason]
            self._shelf.warn(self._path, f"{_count(count)} left out: {said}", cure)
        if self._outdated:
            said, cure = _OUTDATED
            self._shelf.warn(self._path, f"{_count(self._outdated)} {said}", cure)

    def _add(self, article: Row, line: int | None) -> None:
        document = self._document(article)
        if article.get("draft") is True:
            self._left_out["draft"] += 1
        elif not document.text:
            self._left_out["empty"] += 1
        elif not document.title:
            raise _RowError("has neither a title nor a heading")
        else:
            self._outdated += article.get("outdated") is True
            self._shelf.add(document, self._path, line)

    def _name(self, article: JsonValue | Row, problem: str, line: int | None) -> None:
        given = article.get("id") if isinstance(article, Mapping) else None
        known = str(given) if isinstance(given, int | str) else ""
        self._shelf.broken(self._path, problem, "correct the row", line=line, known_id=known)

    def _document(self, article: Row) -> Document:
        locale = _text(article, "locale")
        body = _text(article, "body")
        source_locale = _text(article, "source_locale") or self._first_locale.setdefault(
            _id(article), locale
        )
        audience: Audience = "customer" if article.get("user_segment_id") is None else "internal"
        return Document(
            id=_id(article) if locale in ("", source_locale) else f"{_id(article)}/{locale}",
            title=_text(article, "title") or _text(article, "name") or heading_of(body),
            text=_markdown(body),
            audience=audience,
            language=language_tag(locale) if locale else "en",
            source=self._path.as_posix(),
            metadata=self._metadata(article),
        )

    def _metadata(self, article: Row) -> dict[str, JsonValue]:
        """Where the article stands, its labels, its address and when it was last changed."""
        section = self._sections.get(str(article.get("section_id")), {})
        category = self._categories.get(str(section.get("category_id")), {})
        labels = article.get("label_names") or []
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
            raise _RowError("has label_names that are not a list of words")
        names = [name for row in (section, category) if isinstance(name := row.get("name"), str)]
        found: dict[str, Any] = {
            "section": section.get("name"),
            "category": category.get("name"),
            "tags": list(dict.fromkeys([*labels, *names])),
            "url": article.get("html_url"),
            "updated_at": article.get("updated_at"),
        }
        return {key: value for key, value in found.items() if value}


def language_tag(locale: str) -> str:
    """A Zendesk locale as BCP 47 writes it: `en-us` -> `en-US`."""
    language, *rest = locale.replace("_", "-").split("-")
    return "-".join([language.lower(), *(_SUBTAG.get(len(p), str.lower)(p) for p in rest)])


_SUBTAG = {2: str.upper, 4: str.title}


def _object(value: JsonValue) -> Row:
    if not isinstance(value, dict):
        raise _RowError("is not a JSON object")
    return value


def _translated(translation: Row) -> dict[str, JsonValue]:
    keys = ("title", "body", "locale", "draft", "outdated", "html_url", "updated_at")
    return {key: translation[key] for key in keys if key in translation}


def _markdown(html: str) -> str:
    try:
        return markdown_of(html) if html else ""
    except UnconvertibleError as error:
        raise _RowError(f"has a body that {error.problem}") from error


def _listed(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _rows(value: JsonValue) -> Iterator[Row]:
    return (row for row in _listed(value) if isinstance(row, dict))


def _by_id(value: JsonValue) -> dict[str, Row]:
    return {str(row.get("id")): row for row in _rows(value)}


def _id(article: Row) -> str:
    try:
        return identifier(article.get("id"))
    except ValueError as error:
        raise _RowError(f"has no id that we can use: it {error}") from error


def _text(article: Row, key: str) -> str:
    value = article.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _RowError(f"has a {key} that is not text")
    return fold_line_ends(value).strip()


def _count(number: int) -> str:
    return "1 article is" if number == 1 else f"{number} articles are"
