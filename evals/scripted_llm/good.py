"""What a good model replies to our prompts: it reads the blocks and does as it was asked."""

import json
import re
from typing import Any

_BLOCK = re.compile(
    r"<<(?P<name>\S+) (?P<seal>[a-z]+)>>\n(?P<text>.*?)\n<<end (?P=name) (?P=seal)>>", re.DOTALL
)


def blocks(asked: dict[str, Any]) -> dict[str, str]:
    """The data blocks of a request by name."""
    user = asked["messages"][-1]["content"]
    return {found["name"]: found["text"] for found in _BLOCK.finditer(user)}


def good(asked: dict[str, Any]) -> str:
    """A faithful reply to whichever prompt this is."""
    system = asked["messages"][0]["content"]
    given = blocks(asked)
    if system.startswith("You read a support ticket"):
        return json.dumps(
            {"issues": [_understood(n, t) for n, t in given.items() if n != "ticket"]}
        )
    if system.startswith("You help a support agent"):
        return json.dumps({"candidates": _proposals(given)})
    if system.startswith("You give a second opinion"):
        said = [
            {"id": n, "value": 0.7, "reason": "It fits what is told."}
            for n in given
            if n != "issue"
        ]
        return json.dumps({"opinions": said})
    if not given:
        return json.dumps({"ready": True})  # what `assist doctor` asks
    return _draft(given)


def _understood(name: str, text: str) -> dict[str, Any]:
    return {
        "id": name,
        "statement": text.split(". ", maxsplit=1)[0][:300],
        "goal": "a solution",
        "facts": [],
    }


def _proposals(given: dict[str, str]) -> list[dict[str, Any]]:
    own = {n: t for n, t in given.items() if n not in ("issue", "tried", "listed")}
    mark, text = next(iter(own.items()))
    sentence = next((s for s in re.split(r"(?<=[.!])\s+", text) if len(s.split()) > 5), text[:200])
    return [{"title": "Put together", "steps": [{"text": sentence[:390], "cites": [mark]}]}]


def _draft(given: dict[str, str]) -> str:
    """Every statement with its mark, those of more than one line as they are."""
    lines = []
    for mark, text in given.items():
        if mark != "ticket":
            body = text.rstrip(". ")
            lines.append(f"{body} [{mark}].")
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
