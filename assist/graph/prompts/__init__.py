"""Prompts are files: strict Jinja, read once, told apart by the hash of their text."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from assist.ports.chat import ChatMessage

PARTED = "\n=== user ===\n"
"""In a prompt's file, between what we say and what is asked with the data."""
SEAL_LETTERS = 10
FINGERPRINT = 12
_JINJA = Environment(  # noqa: S701 - plain text for a model, no page
    undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt: `fingerprint` changes with any letter of its file."""

    name: str
    fingerprint: str
    system: str
    user: str

    def messages(
        self, values: Mapping[str, object], *, canary: str, hide: Callable[[str], str]
    ) -> tuple[ChatMessage, ...]:
        """The messages, filled in; a value that the file names and nobody gives is an error.

        `canary` is a word that no honest reply holds. Texts of others are put into the prompt by
        `block(name, text)` only: `hide` takes personal data out of them, and they stand between
        marks sealed by letters that they cannot contain, because these are a hash of all of them.
        """
        seal = letters(f"{canary}\x00{sorted((k, repr(v)) for k, v in values.items())}")

        def block(name: str, text: str) -> str:
            return f"<<{name} {seal}>>\n{hide(text)}\n<<end {name} {seal}>>"

        shown = {**values, "canary": canary, "block": block, "seal": seal}
        system = _JINJA.from_string(self.system).render(shown)
        user = _JINJA.from_string(self.user).render(shown)
        return ChatMessage(role="system", content=system), ChatMessage(role="user", content=user)


@lru_cache(maxsize=16)
def prompt(name: str) -> Prompt:
    """The prompt in `NAME.md`, followed by the rules that all prompts share."""
    folder = files(__package__)
    text = folder.joinpath(f"{name}.md").read_text(encoding="utf-8")
    shared = folder.joinpath("rules.md").read_text(encoding="utf-8")
    system, _, user = text.partition(PARTED)
    fingerprint = hashlib.sha256(f"{shared}\x00{text}".encode()).hexdigest()[:FINGERPRINT]
    return Prompt(name, fingerprint, f"{system.strip()}\n\n{shared.strip()}", user.strip())


def letters(text: str, count: int = SEAL_LETTERS) -> str:
    """So many letters that stand for a text: nothing takes them for a number or a name."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()[:count]
    return "".join(chr(ord("a") + byte % 26) for byte in digest)
