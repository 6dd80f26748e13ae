"""Imitations of what a model's own conversation is marked with: roles, turns, special tokens."""

import re
from collections.abc import Iterator

from assist.understanding.injection.findings import Finding
from assist.understanding.injection.loose import orders

_TOKEN = re.compile(
    r"<\|[A-Za-z_]{2,30}\|>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|<\uff5c[^\uff5c\n]{2,30}\uff5c>"
    r"|</?(?:system|assistant|developer)(?:[_-](?:prompt|message|instructions?|reminder))?>"
    r"|</?(?:instructions?|im_start|im_end|function_calls?|tool_call|tool_result)>"
    r"|\[/?(?:system|assistant|developer)(?:[ _-](?:prompt|message|override"
    r"|instructions?))?\]\(?#?",
    re.IGNORECASE,
)
_ROLE_IN_JSON = re.compile(
    r"[\"']role[\"']\s{0,3}:\s{0,3}[\"'](?:system|developer|assistant)[\"']", re.IGNORECASE
)
_ROLE_LINE = re.compile(
    r"^[ \t>*#`]{0,8}(?:system|assistant|developer|ai|instruction)s?"
    r"(?:[ _-](?:prompt|message|note|override|update"
    r"|instructions?))?[*`]{0,2}\s{0,3}[:：\n](.{0,400})",
    re.IGNORECASE | re.MULTILINE,
)
_BOUNDARY = re.compile(
    r"^[ \t]{0,4}(?:[-=#*_~]{3,20})[ \t]{0,3}(?:end|begin|start|new|stop)[ \t]+(?:of[ \t]+)?"
    r"(?:the[ \t]+)?(?:system|user|prompt|instructions?|context|conversation"
    r"|document|input|data|email)s?"
    r"[^\n]{0,40}",
    re.IGNORECASE | re.MULTILINE,
)


def in_markup(text: str) -> Iterator[Finding]:
    """Marks of a conversation; a line with a role's name counts where it also gives orders."""
    for pattern in (_TOKEN, _ROLE_IN_JSON):
        for match in pattern.finditer(text):
            yield Finding(
                match.start(), match.end(), "imitates the marks of a model's conversation"
            )
    for match in _ROLE_LINE.finditer(text):
        if orders(match.group(1)):
            yield Finding(match.start(), match.end(), "speaks as the system or the assistant")
    for match in _BOUNDARY.finditer(text):
        yield Finding(match.start(), match.end(), "pretends that the text it is in ends here")
