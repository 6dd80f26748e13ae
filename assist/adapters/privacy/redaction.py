"""Text -> the same text without what identifies a person, and what each placeholder stands for.

For what is kept: precedents, logs, traces, exports. Names have no shape: of these only what the
ticket itself states (`known`) is found. Linear time; nothing is downloaded, no model is loaded.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from assist.adapters.privacy.known import by_knowledge
from assist.adapters.privacy.placeholders import PLACEHOLDER, Numbering
from assist.adapters.privacy.shapes import by_shape
from assist.adapters.privacy.spans import Found, merged


class Redacted(NamedTuple):
    """A text with placeholders, and the value behind each as it was first written."""

    text: str
    values: dict[str, str]


def redact(text: str, known: Mapping[str, str]) -> Redacted:
    """Take personal data out. `known`: value -> type, e.g. `{"Ana Lima": "NAME"}`.

    Placeholders already in the text stay and are not numbered again, so that redacting twice
    changes nothing.
    """
    numbering = Numbering()
    numbering.start_above(text)
    find_known = by_knowledge(known)
    while True:
        open_text = PLACEHOLDER.sub(lambda match: "\x00" * len(match.group()), text)
        spans = merged([*by_shape(open_text), *find_known(open_text)])
        if not spans:
            return Redacted(text, numbering.values)
        text = "".join(replaced(text, spans, numbering.one_for_all))


def restore(redacted: Redacted) -> str:
    """The text with each placeholder's value in its place."""
    return PLACEHOLDER.sub(lambda m: redacted.values.get(m.group(), m.group()), redacted.text)


def replaced(
    text: str, spans: Iterable[Found], placeholder: Callable[[str, str], str]
) -> Iterator[str]:
    """The pieces of the text with each span given to `placeholder(type, value)`."""
    done = 0
    for start, end, kind in spans:
        yield text[done:start]
        yield placeholder(kind, text[start:end])
        done = end
    yield text[done:]
