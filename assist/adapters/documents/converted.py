"""What becomes of an HTML, PDF or DOCX file: Markdown, and what the file says of itself."""

import re
from dataclasses import dataclass, field

from pydantic import JsonValue

_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u200c\u2060\ufeff\ud800-\udfff]")
"""Control characters, which no store takes, and marks that split a word for search only."""
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{3,}")
_JUNK_TITLE = re.compile(
    r"^(?:untitled|document\d*|word document|microsoft (?:word|powerpoint|excel)\b.*"
    r"|about:blank|file:.*|.*\.(?:docx?|pdf|html?|rtf|odt|indd|tmp))$",
    re.IGNORECASE,
)
"""What programs write where nobody gave a title."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The text as Markdown; `title` and `language` are empty where the file names none.

    `values` are attributes as front matter would hold them; `notes` say what was left out.
    """

    text: str
    title: str = ""
    language: str = ""
    values: dict[str, JsonValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class UnconvertibleError(ValueError):
    """A file that cannot be converted: what is wrong and what to do."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem, self.cure = problem, cure


def tidied(markdown: str) -> str:
    """Without invisible characters, trailing spaces and runs of blank lines."""
    text = markdown.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return _BLANK_LINES.sub("\n\n", _TRAILING.sub("", text)).strip("\n")


def given_title(title: str) -> str:
    """A title that somebody gave; empty for one that a program made up."""
    words = " ".join(tidied(title).split())
    return "" if _JUNK_TITLE.match(words) else words
