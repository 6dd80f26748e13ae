"""What a reply commits us to: every sentence of kind `promise`, with who, what and by when."""

import re
from collections.abc import Mapping, Sequence

from assist.domain.draft import Draft, Promise, Sentence
from assist.drafting.dates import day_in_words

_OWN_TIME = re.compile(
    r"\b(?:within|by|until|once|after|before|when|as soon as|at the end|at once|at the hour|"
    r"from now|for \d+|in the next)\b",
    re.IGNORECASE,
)
"""A promise that says itself when: a date of ours beside it would say it twice, or against it."""


def promise_sentence(promise: Promise) -> Sentence:
    """The promise as a sentence. Support is inferred: it rests on a decision, not on a quote."""
    return Sentence(text=promise.text, kind="promise", support="inferred")


def dated(promise: Promise, time_zone: str, words: Mapping[str, str]) -> Promise:
    """The promise with the day it is due in the customer's words, unless it names a time itself."""
    if promise.due is None or _OWN_TIME.search(promise.text):
        return promise
    day = day_in_words(promise.due, time_zone, words)
    text = words["by_when"].format(promise=promise.text.rstrip(". "), due=day)
    return promise.model_copy(update={"text": text})


def promises_in(draft: Draft, made: Sequence[Promise]) -> tuple[Promise, ...]:
    """The promises of a draft in the order they are read, each once."""
    by_text = {promise.text: promise for promise in made}
    said = [s.text for s in draft.sentences if s.kind == "promise"]
    return tuple(by_text[text] for text in dict.fromkeys(said))


def fill(template: str, values: Mapping[str, str], private: Sequence[str]) -> str:
    """A promise with its parameters; a private one is named, not told ("the amount")."""
    shown = {
        name: f"the {name.replace('_', ' ')}" if name in private else value
        for name, value in values.items()
    }
    return template.format_map(_Named(shown))


class _Named(dict[str, str]):
    """A parameter nobody knows is named rather than left as a brace."""

    def __missing__(self, key: str) -> str:
        return f"the {key.replace('_', ' ')}"
