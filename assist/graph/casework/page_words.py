"""Values as a page of Markdown shows them: nothing that a person wrote leads elsewhere."""

from datetime import UTC, datetime

from pydantic import JsonValue

from assist.domain.verdict import Verdict
from assist.language.statements import fold


def in_short(verdict: Verdict | None) -> str:
    """A verdict with the level or the facts it names, its clauses, and who approved it."""
    if verdict is None:
        return "not judged"
    detail = verdict.level or ", ".join(verdict.facts)
    clauses = f", by {', '.join(verdict.clauses)}" if verdict.clauses else ""
    approved = f", approved by {plain(verdict.approved_by)}" if verdict.approved_by else ""
    return verdict.value.replace("_", " ") + (f" ({detail})" if detail else "") + clauses + approved


def when(moment: datetime) -> str:
    """A moment to the minute, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def in_words(value: JsonValue) -> str:
    """A fact's value; money is kept as amount and currency."""
    if isinstance(value, dict) and value.keys() == {"amount", "currency"}:
        return f"{value['amount']} {value['currency']}"
    return plain(str(value))


def plain(text: str) -> str:
    """One line of text in which nothing is Markdown that leads elsewhere."""
    told = fold(text).replace("&", "&amp;").replace("<", "&lt;")
    return told.replace("\\", "\\\\").replace("[", "\\[").replace("`", "\\`")
