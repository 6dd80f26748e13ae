"""Tone sets: the sentences around the facts, one Markdown file per tone and language."""

from functools import lru_cache
from importlib.resources import files

import yaml

ENGLISH = "en"


@lru_cache(maxsize=32)
def tone(name: str = "plain", language: str = ENGLISH) -> dict[str, str]:
    """The sentences of a tone in a language, by entry name. `languages` says which there are."""
    file = f"{name}.md" if language == ENGLISH else f"{name}.{language}.md"
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    front = text.split("---", 2)[1]
    return {str(key): str(value) for key, value in yaml.safe_load(front).items()}


@lru_cache(maxsize=8)
def languages(name: str = "plain") -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages a tone is written in, in alphabetical order."""
    parts = [item.name.split(".") for item in files(__package__).iterdir()]
    found = [part[1:-1] or [ENGLISH] for part in parts if part[0] == name and part[-1] == "md"]
    return tuple(sorted(code for codes in found for code in codes))
