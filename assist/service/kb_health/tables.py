"""How the knowledge base does -> a table for a spreadsheet, and a page of Markdown."""

import csv
from collections.abc import Sequence
from io import StringIO

from assist.domain.kb_health import ArticleHealth, KbHealth, Share

COLUMNS = (
    "document", "title", "owner", "shown", "cited", "opened", "taken", "decided", "solved",
    "with_outcome", "reviewed", "review_due", "overdue_days", "own_queries", "own_found",
    "own_rank", "faults", "gaps", "attention", "reasons",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run."""


def as_csv(found: KbHealth) -> str:
    """A row per article, in its order; empty where nothing is known."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows([_cell(value) for value in _row(one)] for one in found.articles)
    return written.getvalue()


def _row(one: ArticleHealth) -> Sequence[object]:
    own = one.own_words
    return (
        one.document_id, one.title, one.owner, one.shown, one.cited, one.opened,
        one.taken.count, one.taken.of, one.solved.count, one.solved.of,
        one.reviewed, one.review_due, one.overdue_days,
        own and own.queries, own and own.found, own and own.rank,
        " ".join(fault.kind for fault in one.faults), " ".join(one.gaps),
        one.attention, "; ".join(one.reasons),
    )  # fmt: skip


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def as_markdown(found: KbHealth) -> str:
    """What to review next, then a row per article."""
    lines = ["# Knowledge base health", "", summary(found), ""]
    lines += [f"- {note}" for note in found.notes]
    wanted = [one for one in found.articles if one.reasons]
    if wanted:
        lines += ["", "## Review next", ""]
        lines += [f"1. `{one.document_id}` {_text(one.title)}: {_why(one)}" for one in wanted]
    head = ("Article", "Owner", "Shown", "Cited", "Opened", "Taken", "Solved", "Review due", "Own")
    lines += ["", "## Articles", "", _line(head), _line(["---"] * len(head))]
    lines += [_line(_told(one)) for one in found.articles]
    return "\n".join(lines) + "\n"


def summary(found: KbHealth) -> str:
    """The time, and how much there is, in one sentence."""
    return (
        f"{found.since:%Y-%m-%d} to {found.until:%Y-%m-%d}: {found.tickets} tickets, "
        f"{len(found.articles)} articles, {len(found.never_used)} of them shown to none"
    )


def short(share: Share) -> str:
    """A share in a table's cell: a rate only where there are enough."""
    if not share.of:
        return ""
    return f"{share.count}/{share.of}" + (f" {share.rate:.0%}" if share.rate is not None else "")


def _told(one: ArticleHealth) -> Sequence[str]:
    own = f"{one.own_words.found}/{one.own_words.queries}" if one.own_words else ""
    due = str(one.review_due or "")
    used = (str(one.shown), str(one.cited), str(one.opened))
    return (f"`{one.document_id}`", _text(one.owner), *used, short(one.taken), short(one.solved),
            due, own)  # fmt: skip


def _why(one: ArticleHealth) -> str:
    return _text("; ".join(one.reasons))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """On one line, and with nothing that a table or a page of Markdown takes for its own."""
    folded = " ".join(text.split())
    for mark in ("\\", "|", "<", "[", "*", "_", "`"):
        folded = folded.replace(mark, f"\\{mark}")
    return folded
