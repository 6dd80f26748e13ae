"""A mail -> what its writer says in it: greetings, signatures and quoted mail out. Linear time."""

import re

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
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear|good\s(?:morning|afternoon|evening|day)|greetings)\b"
    r"(?:\s(?:there|all|team|everyone|sir|madam|support|folks|[A-Z][\w'.-]*|or|and|to whom)){0,5}"
    r"\s*[,!.:–-]*\s*",
    re.IGNORECASE,
)
_PLEASANTRY = re.compile(
    r"^\s*(?:i\s)?hope (?:you|this|all)\b[^.!?\n]{0,120}[.!?]\s*", re.IGNORECASE
)
SIGNATURE_LINES = 6
"""A closing followed by more lines than a name, a title and an address is not a closing."""


def body(text: str) -> str:
    """What the writer says; the whole text where nothing else would be left."""
    lines = _without_quotes(text.replace("\r\n", "\n").splitlines())
    lines = _without_signature(lines)
    said = "\n".join(lines).strip()
    said = _PLEASANTRY.sub("", _GREETING.sub("", said, count=1), count=1).strip()
    return said or text.strip()


def _without_quotes(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if _QUOTE_HEADER.match(line[:300]) and any(k.strip() for k in kept):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return kept


def _without_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if number == 0:
            continue
        rest = [later for later in lines[number + 1 :] if later.strip()]
        if _SIGNATURE.match(line.strip()):
            return lines[:number]
        if _CLOSING.match(line[:200]) and len(rest) <= SIGNATURE_LINES and _name_like(rest):
            return lines[:number]
    return lines


def _name_like(lines: list[str]) -> bool:
    """Whether the lines after a closing look like a name block: short, asking nothing."""
    return all(len(line) <= 60 and "?" not in line for line in lines)
