"""Tone sets: the sentences around the facts, one Markdown file per tone."""

from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=8)
def tone(name: str = "plain") -> dict[str, str]:
    """The sentences of a tone by entry name."""
    text = files(__package__).joinpath(f"{name}.md").read_text(encoding="utf-8")
    front = text.split("---", 2)[1]
    return {str(key): str(value) for key, value in yaml.safe_load(front).items()}
