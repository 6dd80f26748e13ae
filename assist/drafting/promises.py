"""What a reply commits us to: every sentence of kind `promise`, with who, what and by when."""

from collections.abc import Mapping, Sequence

from assist.domain.draft import Draft, Promise, Sentence


def promise_sentence(promise: Promise) -> Sentence:
    """The promise as a sentence. Support is inferred: it rests on a decision, not on a quote."""
    return Sentence(text=promise.text, kind="promise", support="inferred")


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
