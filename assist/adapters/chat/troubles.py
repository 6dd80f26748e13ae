"""What goes wrong between us and an endpoint, as our errors, and whether to try again.

Nothing here quotes the key: endpoints echo it, so their words are cut out of refusals of it and
cleaned of it everywhere else, and no error of the SDK is kept as a cause.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import openai

from assist.adapters.chat.dialect import Dialect
from assist.adapters.chat.stream import garbled
from assist.domain.endpoint import ChatSettings
from assist.errors import (
    ModelBusy,
    ModelFailure,
    ModelRefused,
    ModelTimedOut,
    ModelUnreachable,
)

AGAIN = frozenset({408, 409, 429})
"""Beside all of 500 and more: refusals that may be none a moment later."""
QUOTED = 200
"""Characters of what an endpoint says; the rest is in its own log."""


@dataclass(frozen=True)
class Trouble:
    """One failed request. `said` are the endpoint's own words, to recognize what it refuses."""

    failure: ModelFailure
    again: bool = False
    down: bool = False
    """Whether it counts against the endpoint: overloaded, broken, out of reach or silent."""
    after: float | None = None
    """Seconds the endpoint asks to be left alone."""
    said: str = ""
    other: Dialect | None = None
    """The way to ask that may not fail so."""


def trouble(error: Exception, settings: ChatSettings, model: str, heard: str) -> Trouble:
    """What an error of the SDK, of httpx or of the protocol means; `heard` is what had come."""
    if isinstance(error, openai.APIStatusError):
        return _status(error, settings, model)
    if isinstance(error, ModelFailure):
        return Trouble(error, down=isinstance(error, ModelTimedOut))
    if isinstance(error, openai.APIConnectionError | httpx.HTTPError):
        if heard:
            cut = garbled(f"the connection broke after {len(heard)} characters of the reply")
            return Trouble(cut, again=True, down=True)
        return Trouble(_unreachable(error, settings), again=True, down=True)
    if isinstance(error, openai.APIError):
        words = _clean(error.message, settings)
        failure = _busy(f"the endpoint failed while it replied: {words}")
        return Trouble(failure, again=True, down=True)
    return Trouble(garbled(f"the reply breaks the protocol ({type(error).__name__})"))


def _unreachable(error: Exception, settings: ChatSettings) -> ModelUnreachable:
    cause = error.__cause__ or error
    return ModelUnreachable(
        f"no answer ({type(cause).__name__}: {_clean(str(cause), settings)})",
        where="ASSIST_LLM__BASE_URL",
        cure="check that the endpoint runs and that the address is right",
    )


def _status(error: openai.APIStatusError, settings: ChatSettings, model: str) -> Trouble:
    status, said = error.status_code, _words(error.body)
    words = _clean(said, settings)
    if error.code == "insufficient_quota":
        return Trouble(_no_credit())
    if status in AGAIN or status >= 500:
        after = _retry_after(error.response.headers)
        asks = f", and asks to wait {after:.0f} s" if after else ""
        failure = _busy(f"the endpoint answers {status}{asks}: {words}")
        return Trouble(failure, again=True, down=True, after=after)
    return Trouble(_refused(status, words, model), said=said)


def _busy(problem: str) -> ModelBusy:
    return ModelBusy(problem, where="ASSIST_LLM__BASE_URL", cure="wait, or check the endpoint")


def _no_credit() -> ModelRefused:
    return ModelRefused(
        "the account has no credit left",
        where="ASSIST_LLM__API_KEY",
        cure="add credit to it, or set another key",
    )


def _refused(status: int, words: str, model: str) -> ModelRefused:
    if status in {401, 403}:
        return ModelRefused(
            f"the endpoint refuses the key ({status})",
            where="ASSIST_LLM__API_KEY",
            cure="set a key that may use this model",
        )
    if 300 <= status < 400:
        return ModelRefused(
            f"the endpoint sends us elsewhere ({status})",
            where="ASSIST_LLM__BASE_URL",
            cure="set the address that it sends to",
        )
    said = words.casefold()
    if "embed" in model.casefold() or ("chat" in said and "not" in said and "support" in said):
        cure = "name a chat model; this one may be for embeddings"
    elif status == 404:
        cure = "name a model that the endpoint has; most addresses end in /v1"
    else:
        cure = "check the model's name and what the endpoint supports"
    return ModelRefused(
        f"the endpoint refuses model {model} ({status}): {words}",
        where="ASSIST_LLM__MODEL",
        cure=cure,
    )


def _words(body: object) -> str:
    """The message in an error's body, whichever of the usual places it stands in."""
    for _ in range(3):
        if not isinstance(body, dict):
            break
        body = body.get("message") or body.get("error") or body.get("detail") or ""
    return body if isinstance(body, str) else str(body)


def _clean(words: str, settings: ChatSettings) -> str:
    key = settings.api_key.get_secret_value()
    shown = words.replace(key, "(key)") if key else words
    line = " ".join(shown[: 10 * QUOTED].split())
    return "".join(sign for sign in line if sign.isprintable())[:QUOTED]


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds to wait, given as such or as a date; None where it is neither."""
    value = headers.get("retry-after", "").strip()[:40]
    if value.isascii() and value.replace(".", "", 1).isdigit():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
