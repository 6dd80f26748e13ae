"""Spans of OpenTelemetry: one for each request, one for each step of a suggestion within it.

They carry ids, names and times, never what a ticket or a reply says. Where no endpoint is set the
tracer keeps nothing.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.context import Context
from opentelemetry.trace import NoOpTracer, Span, SpanKind, Status, StatusCode, Tracer, use_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from starlette.datastructures import Headers
from starlette.types import Scope

from assist.domain.suggestion import Suggestion, Trace
from assist.ports import Telemetry

PARENT = TraceContextTextMapPropagator()
"""W3C trace context: whoever asks may say which trace the request is part of."""


class Tracing:
    """Spans by one tracer. A `Telemetry`."""

    def __init__(self, tracer: Tracer | None = None) -> None:
        self._tracer = tracer or NoOpTracer()

    @contextmanager
    def request(self, scope: Scope, request_id: str) -> Iterator[Span]:
        """The span of a request, current while the block runs."""
        headers = Headers(scope=scope)
        told = {name: headers[name] for name in ("traceparent", "tracestate") if name in headers}
        parent = PARENT.extract(told, Context())
        attributes = {"http.request.method": scope["method"], "assist.request_id": request_id}
        span = self._tracer.start_span(
            scope["method"], parent, SpanKind.SERVER, attributes=attributes
        )
        with use_span(span, end_on_exit=True, record_exception=False):
            yield span

    def answered(self, span: Span, operation: str, status: int) -> None:
        """What the request turned out to be, and how it was answered."""
        span.update_name(operation)
        span.set_attribute("http.response.status_code", status)
        span.set_attribute("assist.operation", operation)
        if status >= 500:
            span.set_status(Status(StatusCode.ERROR))

    def stepped(self, trace: Trace) -> None:
        """A step that ended just now, within the request whose context this thread has."""
        ended = time.time_ns()
        began = ended - int(trace.ms * 1_000_000)
        span = self._tracer.start_span(f"step {trace.step}", start_time=began)
        if trace.model:
            span.set_attribute("gen_ai.request.model", trace.model)
            span.set_attribute("assist.tokens", trace.tokens or 0)
        span.end(ended)

    def suggested(self, suggestion: Suggestion) -> None:
        """The suggestion's id: by it everything else can be asked for."""
        span = self._tracer.start_span("suggestion")
        span.set_attribute("assist.suggestion_id", suggestion.id)
        span.set_attribute("assist.generation", suggestion.generation)
        span.set_attribute("assist.mode", suggestion.mode)
        span.end()


class Both:
    """Two that hear the same. A `Telemetry`."""

    def __init__(self, first: Telemetry, second: Telemetry) -> None:
        self._all = (first, second)

    def stepped(self, trace: Trace) -> None:
        """A step has ended."""
        for one in self._all:
            one.stepped(trace)

    def suggested(self, suggestion: Suggestion) -> None:
        """A suggestion is made."""
        for one in self._all:
            one.suggested(suggestion)
