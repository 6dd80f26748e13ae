"""Tone sets: the sentences around the facts, one Markdown file per tone and language.

`plain` is written in every language, `warm` and `formal` in English.
"""

from functools import lru_cache
from importlib.resources import files
from typing import get_args

import yaml

from assist.domain.tone import Tone

TONES: tuple[Tone, ...] = get_args(Tone)
ENGLISH = "en"


@lru_cache(maxsize=32)
def tone(name: Tone = "plain", language: str = ENGLISH) -> dict[str, str]:
    """The sentences of a tone in a language, by entry name. `languages` says which there are."""
    file = f"{name}.md" if language == ENGLISH else f"{name}.{language}.md"
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    front = text.split("---", 2)[1]
    return {str(key): str(value) for key, value in yaml.safe_load(front).items()}


@lru_cache(maxsize=8)
def languages(name: Tone = "plain") -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages a tone is written in, in alphabetical order."""
    parts = [item.name.split(".") for item in files(__package__).iterdir()]
    found = [part[1:-1] or [ENGLISH] for part in parts if part[0] == name and part[-1] == "md"]
    return tuple(sorted(code for codes in found for code in codes))


def wording(name: Tone, language: str) -> dict[str, str]:
    """The sentences for a reply in this language: of the tone, or plain where it is not written."""
    return tone(name if language in languages(name) else "plain", language)
