"""A policy's prose with each clause's sentence marked: Markdown -> blocks, each with its rules.

The HTML is made here, of escaped text alone: no tag, picture or address of the prose comes through
but what is listed below.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from assist.domain.policy import Clause

_BASE, _PAIRS = 0xF0000, 0x7000
"""Marks stand in the text as characters that no alphabet has, two for each sentence."""
_MARKS = re.compile("[\U000f0000-\U000ffffd]")
_LINKS = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)


class Sentence(NamedTuple):
    """A sentence of the prose that clauses stand for, numbered from 1 as it comes."""

    number: int
    clauses: tuple[Clause, ...]


class Block(NamedTuple):
    """A paragraph, heading, list or table, and the sentences that begin in it."""

    html: Markup
    sentences: tuple[Sentence, ...]


def blocks_of(title: str, text: str, clauses: Sequence[Clause]) -> tuple[Block, ...]:
    """The prose from top to bottom. A first heading that repeats the title is left out."""
    plain = _MARKS.sub("", text)
    spans = _spans(plain, clauses)
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    markdown.validateLink = lambda url: bool(_LINKS.match(url))  # type: ignore[method-assign]
    tokens = markdown.parse(_marked(plain, [span for span, _ in spans]))
    sentences = [Sentence(number, found) for number, (_, found) in enumerate(spans, start=1)]
    writer = _Writer(sentences)
    blocks: list[Block] = []
    for group in _top_level(tokens):
        if group[0].type == "heading_open" and not blocks and _text_of(group) == title.strip():
            continue
        begun = writer.write(group)
        html = markdown.renderer.render(group, markdown.options, {})
        blocks.append(Block(Markup(html), tuple(begun)))  # noqa: S704 - the renderer escapes text
    return tuple(blocks)


_Span = tuple[int, int]


def _spans(text: str, clauses: Sequence[Clause]) -> list[tuple[_Span, tuple[Clause, ...]]]:
    """Where each clause's sentence stands, in order; clauses of the same sentence together."""
    found = []
    for clause in clauses:
        words = _MARKS.sub("", clause.text).split()
        match = re.search(r"\s+".join(map(re.escape, words)), text) if words else None
        if match:
            found.append((match.span(), clause))
    found.sort(key=lambda pair: pair[0])
    grouped = groupby(found[:_PAIRS], key=lambda pair: pair[0])
    return [(span, tuple(clause for _, clause in group)) for span, group in grouped]


def _marked(text: str, spans: Sequence[_Span]) -> str:
    """The text with an opening and a closing mark at each span; spans may overlap."""
    cuts = [(start, 1, 2 * n) for n, (start, _) in enumerate(spans)]
    cuts += [(end, 0, -2 * n - 1) for n, (_, end) in enumerate(spans)]  # what began last ends first
    parts, at = [], 0
    for position, _, mark in sorted(cuts):
        parts += [text[at:position], chr(_BASE + abs(mark))]
        at = position
    return "".join([*parts, text[at:]])


def _top_level(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each block that stands in no other."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _text_of(group: Sequence[Token]) -> str:
    return _MARKS.sub("", "".join(token.content for token in group)).strip()


class _Writer:
    """Turns marks into elements, text by text, so that elements never overlap."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._open: set[int] = set()
        self._begun: list[Sentence] = []

    def write(self, group: Sequence[Token]) -> list[Sentence]:
        """Write a block's tokens in place. The sentences that begin in it."""
        self._begun = []
        for token in group:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"  # the page's title is above all
            if token.type == "inline":
                token.children = [new for old in token.children or () for new in self._leaf(old)]
            else:
                self._strip(token)
        return self._begun

    def _leaf(self, token: Token) -> Iterator[Token]:
        if token.type == "link_open":
            token.attrSet("rel", "noreferrer noopener")
        if token.type != "text":
            self._strip(token)
            yield token
            return
        for piece in re.split(f"({_MARKS.pattern})", token.content):
            if _MARKS.fullmatch(piece):
                yield from self._mark(*divmod(ord(piece) - _BASE, 2))
            elif piece and self._open:
                yield _html("<mark>")
                yield _text(piece)
                yield _html("</mark>")
            elif piece:
                yield _text(piece)

    def _mark(self, index: int, closes: int) -> Iterator[Token]:
        sentence = self._sentences[index]
        if not closes:
            self._open.add(index)
            self._begun.append(sentence)
            yield _html(f'<span id="s{sentence.number}"></span>')
            return
        self._open.discard(index)
        first, n = escape(sentence.clauses[0].id), sentence.number
        label = "Rule" if len(sentence.clauses) == 1 else "Rules"
        yield _html(f'<sup><a href="#{first}" aria-label="{label} {n}">{n}</a></sup>')

    def _strip(self, token: Token) -> None:
        """Marks that stand where no element can be: in code, in addresses."""
        for mark in _MARKS.findall(token.content):
            for _ in self._mark(*divmod(ord(mark) - _BASE, 2)):
                pass  # it begins or ends here all the same
        token.content = _MARKS.sub("", token.content)
        for name, value in token.attrItems():
            token.attrSet(name, _MARKS.sub("", str(value)))


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
