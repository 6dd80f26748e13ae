"""What `assist doctor` looks at outside the home: the services that a server works with."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assist.cli.doctor_finding import Finding, checked
from assist.errors import AssistError, HomeServed, Unavailable
from assist.settings import Settings

if TYPE_CHECKING:
    from assist.service.desk import Desk

SKEW = timedelta(seconds=30)
"""Between our clock and the database's: what is due is told by ours, what a worker's timer
does by the database's."""
SECONDS = 3.0
"""For a service to answer."""


def services(settings: Settings, desk: "Desk") -> Iterator[Finding]:
    """Clock, money, graphs, traces; what is not set is fine."""
    yield checked("clock", lambda: _clock(desk))
    yield checked("model budget", lambda: _budget(desk))
    yield checked("chroma server", lambda: _chroma(settings))
    yield checked("traces", lambda: _traces(settings))


def of_server(error: HomeServed) -> Iterator[Finding]:
    """What a server that owns the home says of itself: only it can look at the indexes."""
    yield Finding(check="home", ok=True, detail=f"served at {error.url}")
    yield checked("server", lambda: _ready(error.url))


def _clock(desk: "Desk") -> str:
    off = abs(desk.parts.clock.now() - desk.parts.knowledge.store_time())
    if off > SKEW:
        raise Unavailable(
            f"{off.total_seconds():.0f} s away from the database's",
            cure="have both kept right by NTP: what is due is told by the clock",
        )
    return f"{off.total_seconds():.1f} s from the database's"


def _budget(desk: "Desk") -> str:
    spent = desk.spent()
    if spent is None:
        return "none set (ASSIST_LLM__MONTHLY_BUDGET)"
    said = f"{spent.spent:.2f} of {spent.budget:.2f} spent in {spent.month:%B %Y}"
    if not spent.left:
        raise Unavailable(
            f"{said}: the model is not asked any more", cure="raise it, or wait for the next month"
        )
    return said


def _chroma(settings: Settings) -> str:
    if settings.chroma_url is None:
        return "none set (ASSIST_CHROMA_URL): graphs of large knowledge bases are embedded"
    from assist.adapters.vectors.chroma_server import address, version_of

    host, port, _ = address(settings.chroma_url)
    return f"{host}:{port} answers, API {version_of(settings.chroma_url)}"


def _traces(settings: Settings) -> str:
    if settings.otlp_endpoint is None:
        return "sent nowhere (ASSIST_OTLP_ENDPOINT)"
    import httpx

    where = urlsplit(settings.otlp_endpoint)
    try:  # an empty request: nothing is sent, and who collects traces says 200 or what it misses
        httpx.post(
            f"{settings.otlp_endpoint.rstrip('/')}/v1/traces",
            content=b"",
            headers={"Content-Type": "application/x-protobuf"},
            timeout=SECONDS,
        )
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(
            f"nothing answers at {where.hostname}:{where.port}: {type(error).__name__}",
            where="ASSIST_OTLP_ENDPOINT",
            cure="start the collector or unset it; meanwhile spans are dropped",
        ) from error
    return f"{where.hostname}:{where.port} answers"


def _ready(url: str) -> str:
    import httpx

    try:
        answer = httpx.get(f"{url}/readyz", timeout=SECONDS)
        told = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Unavailable(
            f"it does not answer: {type(error).__name__}", where=url, cure="look at its log"
        ) from error
    if answer.status_code != 200:
        raise AssistError(str(told.get("detail", answer.status_code)), cure=told.get("cure", ""))
    return f"ready, by generation {told['generation']['id']}"
