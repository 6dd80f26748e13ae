"""A mail -> what its writer says in it: greetings, signatures and quoted mail out. Linear time."""

import re

from assist.language.greetings import without_greeting
from assist.language.mail_marks import closes, is_notice, is_signature, opens_quote

_QUOTE_HEADER = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|forwarded message).*|on .{5,200} wrote:\s*|_{10,}\s*)$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(?:-- ?|—|sent from my \w.{0,40}|get outlook for .{0,20})$", re.IGNORECASE
)
_CLOSING = re.compile(
    r"^\s*(?:(?:kind|best|warm|many)?\s*regards|best(?: wishes)?|sincerely(?: yours)?|yours\s"
    r"(?:sincerely|faithfully|truly)|cheers|thanks(?: again| a lot| so much| in advance)?|"
    r"thank you(?: so much| very much| in advance)?(?: for your .{0,40})?|thx|"
    r"have a (?:nice|good|great) (?:day|one|weekend))[\s,.!]*$",
    re.IGNORECASE,
)
_PLEASANTRY = re.compile(
    r"^\s*(?:i\s)?hope (?:you|this|all)\b[^.!?\n]{0,120}[.!?]\s*", re.IGNORECASE
)
SIGNATURE_LINES = 6
"""A closing followed by more lines than a name, a title and an address is not a closing."""
NOTICE_CHARACTERS = 4_000
"""As much of the last paragraph is looked at."""
NAME_CHARACTERS = 60
"""A line longer than this after a closing is something said."""


def body(text: str) -> str:
    """What the writer says; the whole text where nothing else would be left."""
    lines = _without_quotes(text.replace("\r\n", "\n").splitlines())
    lines = _without_signature(_without_notice(lines))
    said = "\n".join(lines).strip()
    said = _PLEASANTRY.sub("", without_greeting(said), count=1).strip()
    return said or text.strip()


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        header = _QUOTE_HEADER.match(line[:300]) or opens_quote(line[:300])
        if header and any(k.strip() for k in kept):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return kept


def _without_notice(lines: list[str]) -> list[str]:
    """Without the paragraphs at the end that a mail program appends to every mail."""
    while True:
        end = len(lines)
        while end and not lines[end - 1].strip():
            end -= 1
        start = end
        while start and lines[start - 1].strip():
            start -= 1
        if not start or not is_notice(" ".join(lines[start:end])[:NOTICE_CHARACTERS]):
            return lines
        lines = lines[:start]


def _without_signature(lines: list[str]) -> list[str]:
    names = _names_from(lines)
    for number, line in enumerate(lines[1:], start=1):
        if _SIGNATURE.match(line.strip()) or is_signature(line[:200]):
            return lines[:number]
        if number + 1 >= names and (_CLOSING.match(line[:200]) or closes(line[:200])):
            return lines[:number]
    return lines


def _names_from(lines: list[str]) -> int:
    """Where the last lines begin that could be a name block: few, short, asking nothing."""
    left = SIGNATURE_LINES
    for number in range(len(lines) - 1, -1, -1):
        if not lines[number].strip():
            continue
        if left == 0 or len(lines[number]) > NAME_CHARACTERS or "?" in lines[number]:
            return number + 1
        left -= 1
    return 0
