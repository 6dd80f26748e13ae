"""Numbers for Prometheus: what was asked and how long it took, what suggestions came to.

Each process counts its own. Where several serve one home, each writes its numbers to a folder that
all of them see, and whoever is asked adds them up. Ids and texts are never among the labels.
"""

import os
import time
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from assist.domain.suggestion import Suggestion, Trace

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Set by whoever starts several processes, before they are started: the library reads it once."""
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 2.5, 5, 10, 30, 60, 120)
STEP_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30)
MEMORY_EVERY = 5.0
"""Seconds between two looks at the memory of the process, taken as requests come."""


class Metrics:
    """The numbers of one application. Thread-safe. A `Telemetry` and a worker's `Counts`."""

    def __init__(self) -> None:
        self._own = own = CollectorRegistry()
        self._requests = Counter(
            "assist_requests", "Requests answered.", ("operation", "status"), registry=own
        )
        self._seconds = Histogram(
            "assist_request_seconds", "Seconds until a request was answered.", ("operation",),
            buckets=SECONDS, registry=own,
        )  # fmt: skip
        self._steps = Histogram(
            "assist_step_seconds", "Seconds of a step of a suggestion.", ("step",),
            buckets=STEP_SECONDS, registry=own,
        )  # fmt: skip
        self._suggestions = Counter(
            "assist_suggestions",
            "Suggestions made; outcome is `answered` or the code of the abstention.",
            ("mode", "outcome"),
            registry=own,
        )
        self._without = Counter(
            "assist_model_fallbacks",
            "Parts of suggestions made without the model that was to help.",
            ("part",),
            registry=own,
        )
        self._tokens = Counter(
            "assist_model_tokens", "Tokens of prompts and replies.", ("model",), registry=own
        )
        self._cost = Counter(
            "assist_model_cost", "Cost, in the currency of the prices set.", ("model",),
            registry=own,
        )  # fmt: skip
        self._shed = Counter(
            "assist_turned_away", "Requests turned away: why is `waiting` or `time`.", ("why",),
            registry=own,
        )  # fmt: skip
        self._now(own)
        self._looked = float("-inf")

    def _now(self, own: CollectorRegistry) -> None:
        """What goes up and down."""
        self._running = Gauge(
            "assist_suggestions_running", "Suggestions and acts on cases worked on now.",
            registry=own, multiprocess_mode="livesum",
        )  # fmt: skip
        self._waiting = Gauge(
            "assist_suggestions_waiting", "Those that wait for their turn.",
            registry=own, multiprocess_mode="livesum",
        )  # fmt: skip
        self._memory = Gauge(
            "assist_process_memory_bytes", "Resident memory of each process.", ("process",),
            registry=own, multiprocess_mode="livemax",
        )  # fmt: skip

    def requested(self, operation: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self._requests.labels(operation, str(status)).inc()
        self._seconds.labels(operation).observe(seconds)
        if time.monotonic() - self._looked > MEMORY_EVERY:
            self._looked = time.monotonic()
            self._memory.labels(str(os.getpid())).set(_resident())

    def stepped(self, trace: Trace) -> None:
        """See `Telemetry`."""
        self._steps.labels(trace.step).observe(trace.ms / 1000)
        if trace.model:
            self._tokens.labels(trace.model).inc(trace.tokens or 0)
            self._cost.labels(trace.model).inc(trace.cost or 0.0)

    def suggested(self, suggestion: Suggestion) -> None:
        """See `Telemetry`."""
        outcome = suggestion.abstention.code if suggestion.abstention else "answered"
        self._suggestions.labels(suggestion.mode, outcome).inc()
        for made in suggestion.made:
            if made.mode == "extractive":
                self._without.labels(made.part).inc()

    def turned_away(self, why: str) -> None:
        """See `Counts`."""
        self._shed.labels(why).inc()

    def full(self, running: int, waiting: int) -> None:
        """See `Counts`."""
        self._running.set(running)
        self._waiting.set(waiting)

    def text(self, *asked: Collector) -> bytes:
        """Everything in Prometheus's format, and what these find out now."""
        shown = self._own
        folder = os.environ.get(FOLDER)
        if folder:
            shown = CollectorRegistry()
            MultiProcessCollector(shown, folder)  # type: ignore[no-untyped-call]
        found = CollectorRegistry()
        for one in asked:
            found.register(one)
        return generate_latest(shown) + generate_latest(found)


def _resident() -> int:
    """Bytes; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
