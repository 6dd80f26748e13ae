"""A model's folder -> the languages its card says it reads."""

from pathlib import Path

import yaml

CARD = "README.md"
KEY = "language:"


def languages_of(folder: Path) -> tuple[str, ...]:
    """`language:` of the card's front matter; empty where there is no card or it does not say."""
    card = folder / CARD
    text = card.read_text("utf-8", "replace") if card.is_file() else ""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---":
        return ()
    said = _read(_block(lines[1:]))
    return tuple(map(str, said if isinstance(said, list) else [said] if said else ()))


def _block(lines: list[str]) -> str:
    """The key with what belongs to it. The rest, mostly test results, can be a megabyte."""
    block: list[str] = []
    for line in lines:
        if line.strip() == "---" or (block and line[:1] not in (" ", "-", "")):
            break
        if block or line.startswith(KEY):
            block.append(line)
    return "\n".join(block)


def _read(block: str) -> object:
    """The key's value as text, since Norwegian's code is a boolean to YAML; none if broken."""
    try:
        found = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - makes strings only
    except yaml.YAMLError:
        return None
    return found.get(KEY.rstrip(":")) if isinstance(found, dict) else None
