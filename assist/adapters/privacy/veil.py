"""A text, hidden before it leaves the process and restored when its answer comes back."""

import re
from collections.abc import Iterable, Iterator, Mapping

from assist.adapters.privacy.known import by_knowledge
from assist.adapters.privacy.placeholders import LITERAL, LOOKALIKE, VARIANT, Numbering
from assist.adapters.privacy.redaction import replaced
from assist.adapters.privacy.spans import Finder, Found, merged
from assist.ports.words import Restored

_GROUPS = re.compile(r"\d+(?:[ .\-/()+]{1,2}\d+)*")
_GROUP = re.compile(r"\d+")
FEWEST_DIGITS = 6
"""Of a number that is looked for again without the word that told what it is."""
MOST_GROUPS = 6


class PatternVeil:
    """One suggestion's placeholders, the same in all its texts; for one thread at a time.

    What the texts hold that only looks like a placeholder is hidden as well, so every lookalike
    in what comes back was made by the model. Hiding a text and restoring it gives that text.
    """

    def __init__(self, find: Finder, known: Mapping[str, str]) -> None:
        self._finders = (find, by_knowledge(known))
        self._numbering = Numbering()
        self._numbers: dict[str, str] = {}
        """Digits of what was found -> its type: the next message has them without "phone"."""

    def hide(self, text: str) -> str:
        """The text with placeholders for its personal data and for what looks like one."""
        spans = merged(found for find in self._finders for found in find(text))
        self._learn(text, spans)
        spans = merged([*spans, *self._seen_before(text)])
        spans = sorted([*spans, *_lookalikes(text, spans)])
        return "".join(replaced(text, spans, self._numbering.one_for_each))

    def restore(self, text: str) -> Restored:
        """The text with its values back, and every piece that only looks like a placeholder."""
        pieces: list[str] = []
        mangled: list[str] = []
        done = 0
        for match in VARIANT.finditer(text):
            if (value := self._numbering.values.get(match.group())) is None:
                continue
            between = text[done : match.start()]
            mangled += (piece.group() for piece in LOOKALIKE.finditer(between))
            pieces += (between, value)
            done = match.end()
        mangled += (piece.group() for piece in LOOKALIKE.finditer(text, done))
        return Restored("".join((*pieces, text[done:])), tuple(mangled))

    def _learn(self, text: str, spans: Iterable[Found]) -> None:
        for start, end, kind in spans:
            written = text[start:end]
            digits = "".join(_GROUP.findall(written))
            if len(digits) >= FEWEST_DIGITS and _GROUPS.fullmatch(written.strip("+()")):
                self._numbers.setdefault(digits, kind)

    def _seen_before(self, text: str) -> Iterator[Found]:
        """Numbers that were personal data elsewhere in this suggestion."""
        if not self._numbers:
            return
        for run in _GROUPS.finditer(text):
            groups = [match.span() for match in _GROUP.finditer(text, *run.span())]
            for first, (start, _) in enumerate(groups):
                digits = ""
                for begin, end in groups[first : first + MOST_GROUPS]:
                    digits += text[begin:end]
                    if kind := self._numbers.get(digits):
                        yield Found(start, end, kind)


class OpenVeil:
    """Hides nothing: for `off`."""

    def hide(self, text: str) -> str:
        """The text itself."""
        return text

    def restore(self, text: str) -> Restored:
        """The text itself; nothing in it can be mangled."""
        return Restored(text, ())


def _lookalikes(text: str, spans: Iterable[Found]) -> Iterator[Found]:
    """What looks like a placeholder between the spans, each piece read on its own."""
    done = 0
    for start, end in [*((span.start, span.end) for span in spans), (len(text), len(text))]:
        for match in LOOKALIKE.finditer(text, done, start):
            yield Found(*match.span(), LITERAL)
        done = end
