"""What two runs were made with -> what differs, each with both its values."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from assist.domain.evaluation import EvalVersions

SHORT = 12
"""Letters of a fingerprint that people tell it by."""
NONE = "nothing"


def differing(a: EvalVersions, b: EvalVersions) -> tuple[str, ...]:
    """The fields that both know and that differ, but for those that only tell places apart."""
    same_code = bool(a.code) and a.code == b.code
    aside = {"git_dirty"} | ({"git_sha"} if same_code else set())
    if a.corpus and a.corpus == b.corpus:
        aside |= {"generation", "policy_version"}
    return tuple(
        name
        for name in EvalVersions.model_fields
        if name not in aside
        and None not in (getattr(a, name), getattr(b, name))
        and getattr(a, name) != getattr(b, name)
    )


def moved(a: EvalVersions, b: EvalVersions) -> tuple[str, ...]:
    """A line for each difference: “settings.mode: b's value → a's value”, b being the older."""
    return tuple(line for name in differing(a, b) for line in _lines(name, a, b))


def _lines(name: str, a: EvalVersions, b: EvalVersions) -> Iterator[str]:
    ours, theirs = getattr(a, name), getattr(b, name)
    if not isinstance(ours, Mapping) or not isinstance(theirs, Mapping):
        yield f"{name}: {_told(theirs)} → {_told(ours)}"
        return
    for key in sorted({*ours, *theirs}):
        if ours.get(key) != theirs.get(key):
            yield f"{name}.{key}: {_told(theirs.get(key))} → {_told(ours.get(key))}"


def _told(value: JsonValue) -> str:
    if value is None:
        return NONE
    text = value if isinstance(value, str) else str(value)
    plain = len(text) > SHORT and all(letter in "0123456789abcdef" for letter in text)
    return text[:SHORT] if plain else text
