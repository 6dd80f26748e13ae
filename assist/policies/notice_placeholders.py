"""What a company may leave open in a notice for the customer: `{when}` and `{team}`."""

import re

PLACEHOLDERS = ("{when}", "{team}")
"""Until when the customer hears from us, in words; and who takes over."""

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


def fill_notice(notice: str, *, when: str, team: str) -> str:
    """The notice with its placeholders filled; anything else in it stays as it is."""
    values = dict(zip(PLACEHOLDERS, (when, team), strict=True))
    return _BRACES.sub(lambda found: values.get(found.group(), found.group()), notice)


def wrong_placeholders(notice: str) -> tuple[str, ...]:
    """What stands in braces and is none of ours, and every brace without its partner."""
    return tuple(found for found in _BRACES.findall(notice) if found not in PLACEHOLDERS)
