"""OpenTelemetry's spans, sent by OTLP over HTTP to where a setting says, from a thread of its own.

What cannot be sent is dropped: nothing waits for it, and nothing fails.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.trace import Tracer

from assist import __version__
from assist.errors import BadSetting

SETTING = "ASSIST_OTLP_ENDPOINT"
SEND_SECONDS = 5
"""For one attempt to send; after some the spans are dropped."""
EVERY_MS = 2_000
MOST_WAITING = 4_096
"""Spans kept until they are sent, some kB each; beyond it new ones are dropped."""


@contextmanager
def tracing(endpoint: str | None) -> Iterator[Tracer | None]:
    """A tracer while the block runs; none where no endpoint is set. Raises `BadSetting`."""
    if endpoint is None:
        yield None
        return
    if not endpoint.startswith(("http://", "https://")):
        raise BadSetting(
            "not an http or https URL", where=SETTING, cure="use http://host:4318, without a path"
        )
    # Half a second, and only where it is asked for.
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    logging.getLogger("opentelemetry").setLevel(logging.ERROR)
    exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=SEND_SECONDS)
    resource = Resource.create({"service.name": "assist", "service.version": __version__})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(
        BatchSpanProcessor(exporter, max_queue_size=MOST_WAITING, schedule_delay_millis=EVERY_MS)
    )
    try:
        # Not the global one: what libraries would trace has texts in it.
        yield provider.get_tracer("assist", __version__)
    finally:
        provider.shutdown()
