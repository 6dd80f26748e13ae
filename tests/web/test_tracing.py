"""Spans reach a collector over HTTP, with ids and times and nothing of what customers wrote."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from fastapi.testclient import TestClient
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from assist.adapters.tracing import tracing
from assist.errors import BadSetting
from assist.service.desk import Desk
from assist.web.app import create_app

TICKET = {"id": "t-Merryweather", "text": "Mrs Merryweather here: my hub blinks red."}
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


class Collector:
    """A collector of its own, on a port of this machine."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        bodies = self.bodies

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                bodies.append(self.rfile.read(int(self.headers["content-length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def spans(self) -> list[Span]:
        sent = (ExportTraceServiceRequest.FromString(body) for body in self.bodies)
        return [
            span
            for one in sent
            for resource in one.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]


@pytest.fixture
def collector() -> Iterator[Collector]:
    collector = Collector()
    yield collector
    collector.server.shutdown()
    collector.server.server_close()


def asked(desk: Desk, endpoint: str | None, headers: dict[str, str] | None = None) -> int:
    """The status of a suggestion that was asked for under tracing."""
    with tracing(endpoint) as tracer, TestClient(create_app(desk, tracer=tracer)) as client:
        return client.post("/v1/suggestions", json=TICKET, headers=headers).status_code


def test_a_request_is_a_span_and_each_step_one_within_it(
    fennwick: Desk, collector: Collector
) -> None:
    headers = {"X-Request-Id": "r-1", "traceparent": PARENT}

    assert asked(fennwick, collector.url, headers) == 200

    spans = {span.name: span for span in collector.spans}
    request = spans["suggest"]
    assert request.trace_id.hex() == "0af7651916cd43dd8448eb211c80319c"
    assert request.parent_span_id.hex() == "b7ad6b7169203331"
    told = {one.key: one.value for one in request.attributes}
    assert told["assist.request_id"].string_value == "r-1"
    assert told["http.response.status_code"].int_value == 200
    steps = [span for name, span in spans.items() if name.startswith("step ")]
    assert len(steps) == 11
    for step in [*steps, spans["suggestion"]]:
        assert step.trace_id == request.trace_id
        assert step.parent_span_id == request.span_id
        assert step.start_time_unix_nano <= step.end_time_unix_nano


def test_nothing_of_the_ticket_is_sent(fennwick: Desk, collector: Collector) -> None:
    asked(fennwick, collector.url)

    sent = b"".join(collector.bodies)
    assert b"assist.suggestion_id" in sent
    assert b"Merryweather" not in sent
    assert b"hub" not in sent


def test_an_event_stream_is_traced_as_well(fennwick: Desk, collector: Collector) -> None:
    assert asked(fennwick, collector.url, {"accept": "text/event-stream"}) == 200

    assert len([span for span in collector.spans if span.name.startswith("step ")]) == 11


@pytest.mark.parametrize("parent", ["", "nonsense", "00-0-0-00", "ff-" + "0" * 60])
def test_what_is_no_trace_context_begins_a_trace_of_its_own(
    fennwick: Desk, collector: Collector, parent: str
) -> None:
    assert asked(fennwick, collector.url, {"traceparent": parent}) == 200

    (request,) = [span for span in collector.spans if span.name == "suggest"]
    assert not request.parent_span_id


def test_a_collector_that_is_not_there_harms_nobody(fennwick: Desk) -> None:
    assert asked(fennwick, "http://127.0.0.1:9") == 200


def test_where_no_endpoint_is_set_nothing_is_sent(fennwick: Desk, collector: Collector) -> None:
    assert asked(fennwick, None) == 200

    assert collector.bodies == []


def test_what_is_no_address_is_refused_with_the_cure() -> None:
    with (
        pytest.raises(BadSetting, match=r"ASSIST_OTLP_ENDPOINT.*http://host:4318"),
        tracing("collector:4318"),
    ):
        pass
