"""What a request sends and what it accepts, by media type."""

from collections.abc import Sequence

from fastapi import HTTPException, Request
from starlette.datastructures import Headers

JSON = "application/json"


def is_json(headers: Headers) -> bool:
    """Whether the body is said to be JSON: `application/json` or `application/….+json`."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == JSON or (
        media_type.startswith("application/") and media_type.endswith("+json")
    )


async def only_json(request: Request) -> None:
    """A dependency: 415 for a body that is not said to be JSON."""
    sent = request.headers.get("content-type")
    if not is_json(request.headers) and (sent is not None or await request.body()):
        what = f"it is {sent}" if sent else "it has no Content-Type"
        raise HTTPException(415, what)


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The one of the offered media types that `accept` likes best; the first of equals.

    None where none is accepted. An empty `accept` accepts everything.
    """
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    if not ranges:
        return offered[0]
    liked = [(_quality(media_type, ranges), media_type) for media_type in offered]
    quality, best = max(liked, key=lambda one: one[0])
    return best if quality > 0 else None


def _range(part: str) -> tuple[str, float]:
    """A media range and how much it is liked, 0..1; what cannot be read as a number is 0."""
    media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            value = value.strip()
            quality = float(value) if value.replace(".", "", 1).isdecimal() else 0.0
    return media_type, min(quality, 1.0)


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """By the most specific range that the type fits; 0 where it fits none."""
    main = media_type.partition("/")[0]
    for pattern in (media_type, f"{main}/*", "*/*"):
        found = [quality for name, quality in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0
