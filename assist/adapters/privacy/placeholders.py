"""The placeholders: how they are written, which value has which, and what only looks like one."""

import re
from collections import Counter

from assist.adapters.privacy.spans import TELLING

PLACEHOLDER = re.compile(r"<([A-Z]{1,20})_(\d{1,9})>")
"""A value, in a text that stays redacted."""
VARIANT = re.compile(r"<[A-Z]{1,20}_\d{1,9}(?:_\d{1,9})?>")
"""A value as written: `<EMAIL_1>` first, `<EMAIL_1_2>` the same address written otherwise."""
LITERAL = "LITERAL"
"""The type of what only looks like a placeholder, and is hidden so that nothing else does."""
_KINDS = "|".join((*TELLING, LITERAL))
_RESTS = "|".join(rf"(?<={kind[0]}){kind[1:]}" for kind in (*TELLING, LITERAL))
"""Each type after its first letter, which has been read."""
_NUMBERED = r"(?=[^\W\d_]{1,11}(?:\\?_|[ -]?)\d)"
"""A look ahead that spares most words of a text the comparison with every type."""
_FIRST = "".join(sorted({c for kind in (*TELLING, LITERAL) for c in kind[0] + kind[0].lower()}))
LOOKALIKE = re.compile(
    rf"[<\[{{_{_FIRST}](?:(?<=<)(?:"
    rf"[A-Z]{{1,20}}_\d{{1,9}}(?:_\d{{1,9}})?>?"  # of any type, of any number
    rf"|[A-Z]{{2,20}}(?:\\?_\d{{0,9}}|[ -]\d{{1,9}})?>?)"
    rf"|(?<=[<\[{{])(?=\s?[^\W\d_]{{2}})"
    rf"(?i:\s?(?:{_KINDS})\\?[\s_#:-]{{0,3}}\d{{0,9}}(?:_\d{{1,9}})?\s?[>\]}}])"
    rf"|(?<=[A-Za-z]){_NUMBERED}(?:"
    rf"(?i:(?:{_RESTS})\\?_\d{{1,9}}(?:_\d{{1,9}})?>?)"
    rf"|(?:{_RESTS})[ -]?\d{{1,9}}>?)"
    rf"|(?<=_)\d{{1,9}}>)"
)
"""A placeholder as models bend it: in lower case, with gaps, without its brackets, half of it.

It looks at nothing beside what it takes: what is no lookalike in a text is none in a piece of it.
"""
_GAPS = re.compile(r"[\s().\-/+]+")


def folded(value: str) -> str:
    """The value without case and gaps: equal for all spellings of one value."""
    return _GAPS.sub("", value).casefold()


class Numbering:
    """Gives placeholders to values, numbered by type; `values` holds what stands behind each."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self._by_value: dict[tuple[str, str], str] = {}
        self._by_folded: dict[tuple[str, str], int] = {}
        self._last: Counter[str] = Counter()
        self._spellings: Counter[tuple[str, str]] = Counter()

    def start_above(self, text: str) -> None:
        """Leave out the numbers that the text already holds."""
        for match in PLACEHOLDER.finditer(text):
            self._last[match.group(1)] = max(self._last[match.group(1)], int(match.group(2)))

    def one_for_all(self, kind: str, value: str) -> str:
        """The placeholder of a value; every spelling has the same, which stands for the first."""
        number = self._number(kind, value)
        placeholder = f"<{kind}_{number}>"
        self.values.setdefault(placeholder, value)
        return placeholder

    def one_for_each(self, kind: str, value: str) -> str:
        """The placeholder of a value as written; another spelling has its number and its own."""
        if (kind, value) not in self._by_value:
            number = self._number(kind, value)
            key = (kind, folded(value))
            self._spellings[key] += 1
            spelling = self._spellings[key]
            placeholder = f"<{kind}_{number}>" if spelling == 1 else f"<{kind}_{number}_{spelling}>"
            self._by_value[kind, value] = placeholder
            self.values[placeholder] = value
        return self._by_value[kind, value]

    def _number(self, kind: str, value: str) -> int:
        key = (kind, folded(value))
        if key not in self._by_folded:
            self._last[kind] += 1
            self._by_folded[key] = self._last[kind]
        return self._by_folded[key]
