"""Markdown -> the statements one can quote: sentences, list items, numbered steps, table rows.

A statement's `quote` stands verbatim in the source; its `text` is the same words without the
marks of Markdown, fit for a reply. A table row's `text` names its columns, where the
table's head is there.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Literal

from assist.domain.base import Model
from assist.language.mail_marks import closes
from assist.language.remembered import remembered
from assist.language.sentences import sentences

Form = Literal["sentence", "step", "item", "row"]

_STEP = re.compile(r"^\s{0,9}\d{1,3}[.)]\s+")
_ITEM = re.compile(r"^\s{0,9}[-*+•]\s+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s")
_TABLE_RULE = re.compile(r"^[\s|:+-]*-[\s|:+-]*$")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\(([^)\s]{0,500})(?:\s\"[^\"\n]{0,200}\")?\)")
_LABEL_LINE = re.compile(r"(?m)^([^\n]{1,60}[^\n.!?,;:])\n(?=[A-Z0-9])")
"""In exported text a short line without a full stop, before a capital, is a label of its own."""
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good\s(?:morning|afternoon|evening|day))"
    r"(?:\s[^\s.?!:;]{1,40}){0,4}\s?[,!]?\s*$",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"^\s*(?:(?:kind|best|warm|many)?\s?regards|(?:all the )?best(?: wishes)?|sincerely(?: yours)?|"
    r"yours\s(?:sincerely|faithfully|truly)|cheers|(?:many )?thanks|thank you)\s?[,!]?\s*$",
    re.IGNORECASE,
)
_UNFILLED = re.compile(r"\{[^{}\n]{0,80}\}")
"""A placeholder of a macro, such as `{name}`."""
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


class Statement(Model):
    """Something a passage states. `group` numbers the block (list, table, paragraph) it is in."""

    quote: str
    text: str
    form: Form
    group: int


def plain(markdown: str) -> str:
    """Without emphasis, code and link marks; white space folded. Words and numbers stay."""
    without_links = _LINK.sub(lambda m: m.group(1) or m.group(2), markdown)
    return fold(_MARKS.sub("", without_links))


def fold(text: str) -> str:
    """The text with every run of white space as one space: how quotes are kept and compared."""
    return " ".join(text.split())


@remembered(1024)
def statements(markdown: str) -> tuple[Statement, ...]:
    """All statements in reading order.

    Headings and table headers state nothing, nor do a macro's greeting, its sign-off and whatever
    waits to be filled in.
    """
    found = _walk(markdown.splitlines())
    return tuple(part for part in found if not _UNFILLED.search(part.quote))


def _walk(lines: list[str]) -> Iterator[Statement]:
    group = 0
    block: list[str] = []
    header: list[str] = []
    form: Form | None = None
    for number, line in enumerate([*lines, ""]):
        kind = _form_of(line)
        if kind == "row":
            yield from _close(block, form, group)
            group += form != "row"
            block, form = [], "row"
            if _TABLE_RULE.match(line):
                continue
            if number + 1 < len(lines) and _TABLE_RULE.match(lines[number + 1]):
                header = _cells(line)
            else:
                yield _row(line, header, group)
            continue
        header = []
        starts_list_entry = kind in ("step", "item")
        if starts_list_entry or kind is None or (form == "row"):
            yield from _close(block, form, group)
            group += (kind != form) if starts_list_entry else (form is not None)
            block, form = [], kind
        if kind is not None:
            form = form or kind
            block.append(line)
    yield from _close(block, form, group)


def _form_of(line: str) -> Form | None:
    """The form a line starts or continues with; none where it states nothing."""
    if not line.strip() or _HEADING.match(line) or is_formality(line):
        return None
    if line.lstrip().startswith("|"):
        return "row"
    if _STEP.match(line):
        return "step"
    return "item" if _ITEM.match(line) else "sentence"


def is_formality(line: str) -> bool:
    """Whether a line only greets or signs off."""
    return bool(_GREETING.match(line) or _SIGN_OFF.match(line)) or closes(line[:200])


def _close(block: list[str], form: Form | None, group: int) -> Iterator[Statement]:
    if not block or form is None or form == "row":
        return
    body = "\n".join(block)
    if form in ("step", "item"):
        body = (_STEP if form == "step" else _ITEM).sub("", body, count=1)
        yield Statement(quote=body.strip(), text=plain(body), form=form, group=group)
        return
    for paragraph in _LABEL_LINE.sub(r"\1\n\n", body).split("\n\n"):
        for span in sentences(paragraph):
            if text := plain(span.text):
                yield Statement(quote=span.text, text=text, form="sentence", group=group)


def _cells(line: str) -> list[str]:
    return [plain(cell) for cell in line.strip().strip("|").split("|")]


def _row(line: str, header: list[str], group: int) -> Statement:
    pairs = zip_longest(header, _cells(line), fillvalue="")
    text = "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
    return Statement(quote=line.strip(), text=text, form="row", group=group)
