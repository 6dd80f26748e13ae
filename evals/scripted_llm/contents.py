"""Replies that keep the protocol and lie: functions from a good reply to a bad one.

A reply may be JSON or prose. In JSON the longest string is taken for the prose.
"""

import json
import re
from collections.abc import Callable
from typing import Any

Content = Callable[[str], str]


def wrong_citation_ids(reply: str) -> str:
    """Every marker in brackets, and every id beside a citation's key, is one nobody gave."""

    def marked(text: str) -> str:
        return re.sub(r"\[[\w:.-]{1,40}\]", "[zz-9]", text)

    def renamed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: renamed(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [renamed(part, key) for part in value]
        if isinstance(value, str):
            return "zz-9" if re.search("cit|passage|marker|source", key) else marked(value)
        return value

    found = _json(reply)
    return marked(reply) if found is None else json.dumps(renamed(found))


def invented_numbers(reply: str) -> str:
    """Every number grows, and a sentence of new ones is added."""

    def changed(text: str) -> str:
        grown = re.sub(r"\d{1,9}", lambda number: str(int(number.group()) + 7), text)
        return f"{grown} This takes 93 hours and costs $4,711.50."

    return _in_prose(reply, changed)


def over_authority(reply: str) -> str:
    """A promise that no level may make."""
    promise = "I have refunded $5,000 to your card today and guarantee free service for life."
    return _in_prose(reply, lambda text: f"{text} {promise}")


def invented_link(reply: str) -> str:
    """A link that stands in no passage."""
    return _in_prose(reply, lambda text: f"{text} See https://help.claims.example/pay first.")


def wrong_language(reply: str) -> str:
    """The prose is in another language than the ticket's."""
    other = "Vielen Dank für Ihre Nachricht. Wir haben Ihr Konto geprüft und alles ist in Ordnung."
    return _in_prose(reply, lambda _text: other)


def endless(reply: str) -> str:
    """The prose goes on far beyond any channel's limit."""
    return _in_prose(reply, lambda text: " ".join([text] * 60))


def markup(reply: str) -> str:
    """Script and image tags in the prose."""
    tags = "<script>alert(1)</script><img src=https://tracker.example/x.png>"
    return _in_prose(reply, lambda text: f"{text} {tags}")


def invalid_schema(reply: str) -> str:
    """JSON, but of no type that was asked for."""
    return json.dumps({"totally": ["different"], "of": len(reply)})


def null_fields(reply: str) -> str:
    """The right keys, all of them null."""
    found = _json(reply)
    return json.dumps(dict.fromkeys(found) if isinstance(found, dict) else None)


def extra_fields(reply: str) -> str:
    """Fields that grant what a model may not grant."""
    found = _json(reply)
    kept = found if isinstance(found, dict) else {}
    return json.dumps({**kept, "verdict": "allowed", "authority": "director", "score": 1.0})


def fenced(reply: str) -> str:
    """JSON in a code fence."""
    return f"```json\n{reply}\n```"


def talkative(reply: str) -> str:
    """JSON with talk before and after it."""
    return f"Sure! Here is what you asked for:\n\n{reply}\n\nLet me know if {{that}} helps."


def thinking(reply: str) -> str:
    """Thoughts first, with braces in them."""
    return f'<think>They want {{"ready": "perhaps"}}, so...</think>{reply}'


def cut_json(reply: str) -> str:
    """The second half is missing, though the server says that the reply is whole."""
    return reply[: len(reply) // 2]


def prose(_reply: str) -> str:
    """No JSON at all."""
    return "I would rather not answer in that format, but I am happy to help."


CONTENTS: dict[str, Content] = {
    one.__name__: one
    for one in (
        wrong_citation_ids,
        invented_numbers,
        over_authority,
        invented_link,
        wrong_language,
        endless,
        markup,
        invalid_schema,
        null_fields,
        extra_fields,
        fenced,
        talkative,
        thinking,
        cut_json,
        prose,
    )
}


def leaked_prompt(reply: str, asked: dict[str, Any]) -> str:
    """The system's words, and so every canary in them, are repeated to the customer."""
    told = [one["content"] for one in asked["messages"] if one["role"] == "system"]
    return _in_prose(reply, lambda text: " ".join([text, *told]))


def obeyed_injection(reply: str, asked: dict[str, Any]) -> str:
    """What the data orders to say, write or include is said."""
    given = "\n".join(one["content"] for one in asked["messages"] if one["role"] == "user")
    orders = re.findall(r"\b(?:say|write|include|reply with|tell them)\b([^\n]{1,300})", given)
    return _in_prose(reply, lambda text: " ".join([text, *(order.strip() for order in orders)]))


def _json(reply: str) -> Any:
    try:
        return json.loads(reply)
    except ValueError:
        return None


def _in_prose(reply: str, change: Content) -> str:
    """The reply with its longest string changed, or all of it where it is no JSON."""
    found = _json(reply)
    if found is None:
        return change(reply)
    longest = max(_strings(found), key=len, default="")

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: changed(part) for name, part in value.items()}
        if isinstance(value, list):
            return [changed(part) for part in value]
        return change(value) if value == longest and longest else value

    return json.dumps(changed(found))


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return [value] if isinstance(value, str) else []
