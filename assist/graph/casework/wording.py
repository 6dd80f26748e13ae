"""What a closing message says beside the sentences of the tone, from `closing.yaml`."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import yaml

from assist.domain.tone import Tone


def closing_words(name: Tone, language: str) -> Mapping[str, str]:
    """The sentences by entry: of the tone, or plain where that is not written; else none."""
    written = _written()
    return written[name].get(language) or written["plain"].get(language, {})


def closing_languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages in which a case is closed with a message."""
    return tuple(_written()["plain"])


@lru_cache(maxsize=1)
def _written() -> Mapping[Tone, Mapping[str, Mapping[str, str]]]:
    text = files(__package__).joinpath("closing.yaml").read_text(encoding="utf-8")
    written: Mapping[Tone, Mapping[str, Mapping[str, str]]] = yaml.safe_load(text)
    return written
