"""Customers asked for over HTTP, from a real server on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from assist.adapters.records import http
from assist.adapters.records.http import HttpRecords
from assist.errors import BadSetting, Unavailable
from tests.contracts.records import RecordsContract

MAPPING = {
    "id": "data.0.number",
    "emails": "data.0.contact.mail",
    "name": "data.0.full_name",
    "tier": "data.0.plan.tier",
    "region": "data.0.region",
    "preferred_channel": "data.0.contact.via",
    "facts": "data.0.facts",
    "orders": "data.0.orders",
    "tickets": "data.0.tickets",
}
ANA = {
    "number": "c-1001",
    "full_name": "Ana Lima",
    "contact": {"mail": ["ana@example.com", "a.lima@work.example"], "via": "email"},
    "plan": {"tier": "gold"},
    "region": "US",
    "facts": {"subscription.status": "active"},
    "orders": {
        "20418": {
            "order.total": {"amount": "129.00", "currency": "USD"},
            "order.delivered_at": "2026-11-02",
            "order.paid": True,
        }
    },
    "tickets": [
        {
            "id": "t-88",
            "created_at": "2026-10-01T09:00:00Z",
            "subject": "Hub offline",
            "solved": False,
        }
    ],
}
BO = {"number": "c-1002", "contact": None}


class Desk(BaseHTTPRequestHandler):
    """A records system; ids that start with `bad-` make it misbehave."""

    def do_GET(self):
        url = urlsplit(self.path)
        query = {key: values[0].casefold() for key, values in parse_qs(url.query).items()}
        if url.path != "/crm/customers":
            self.answer(500, b"wrong path")
        elif query.get("id", "").startswith("bad-"):
            getattr(self, query["id"].replace("-", "_"))()
        elif query.get("id") == "whoami":
            number = self.headers.get("Authorization")
            self.answer(200, json.dumps({"data": [{"number": number}]}).encode())
        else:
            self.answer(200, json.dumps({"data": self.find(query)}).encode())

    def find(self, query):
        by_id = {"c-1001": [ANA], "c-1002": [BO]}
        by_mail = {address: [ANA] for address in ANA["contact"]["mail"]}
        return by_id.get(query.get("id")) or by_mail.get(query.get("email")) or []

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def bad_missing(self):
        self.answer(404, b"{}")

    def bad_status(self):
        self.answer(503, b"{}")

    def bad_redirect(self):
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def bad_json(self):
        self.answer(200, b"<html>")

    def bad_nesting(self):
        self.answer(200, b"[" * 200_000)

    def bad_shape(self):
        self.answer(200, json.dumps({"data": [{"number": "c-1", "orders": "none"}]}).encode())

    def bad_size(self):
        self.answer(200, b'"' + b"x" * 6_000_000 + b'"')

    def bad_silence(self):
        time.sleep(1)
        with suppress(ConnectionError):
            self.answer(200, b"{}")

    def bad_drip(self):
        self.send_response(200)
        self.end_headers()
        with suppress(ConnectionError):  # the other side gives up first
            for _ in range(20):
                self.wfile.write(b" ")
                time.sleep(0.05)

    def log_message(self, *_):
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def desk() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/crm/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def records(desk) -> Iterator[HttpRecords]:
    records = HttpRecords(desk, MAPPING)
    yield records
    records.close()


class TestHttpRecords(RecordsContract):
    pass


def test_a_404_says_that_there_is_no_such_customer(records):
    assert records.find(customer_id="bad-missing", email=None) is None
    assert records.find(customer_id="bad-missing", email="ana@example.com").id == "c-1001"


@pytest.mark.parametrize(
    ("behavior", "words"),
    [
        ("status", "answered 503"),
        ("redirect", "answered 302"),
        ("json", "not JSON"),
        ("nesting", "not JSON"),
        ("shape", r"orders that does not fit \(data\.0\.orders\)"),
        ("size", "more than 5000000 bytes"),
    ],
)
def test_a_system_that_misbehaves_is_unavailable(records, behavior, words):
    with pytest.raises(Unavailable, match=words):
        records.find(customer_id=f"bad-{behavior}", email=None)


@pytest.mark.parametrize("behavior", ["silence", "drip"])
def test_a_slow_system_is_given_up_in_time(desk, monkeypatch, behavior):
    monkeypatch.setattr(http, "TIMEOUT", 0.2)
    records = HttpRecords(desk, MAPPING)
    started = time.monotonic()
    with pytest.raises(Unavailable, match="answer"):
        records.find(customer_id=f"bad-{behavior}", email=None)
    assert time.monotonic() - started < 0.9
    records.close()


def test_nobody_listening_is_unavailable():
    records = HttpRecords("http://127.0.0.1:1", MAPPING)
    with pytest.raises(Unavailable, match="did not answer"):
        records.find(customer_id="c-1001", email=None)
    records.close()


def test_one_address_as_plain_text_is_one_address(desk):
    records = HttpRecords(desk, {"id": "data.0.number", "emails": "data.0.contact.via"})
    assert records.find(customer_id="c-1001", email=None).emails == ("email",)
    records.close()


def test_headers_are_sent_along(desk):
    records = HttpRecords(desk, MAPPING, headers={"Authorization": "Bearer x"})
    assert records.find(customer_id="whoami", email=None).id == "Bearer x"
    records.close()


def test_proxies_of_the_environment_are_not_used(desk, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    records = HttpRecords(desk, MAPPING)
    assert records.find(customer_id="c-1001", email=None).name == "Ana Lima"
    records.close()


@pytest.mark.parametrize(
    ("url", "mapping", "words"),
    [
        ("http://desk", {"id": "id", "nmae": "name"}, "nmae is not a field"),
        ("http://desk", {"name": "name"}, "id is missing"),
        ("ftp://desk", {"id": "id"}, "base_url"),
    ],
)
def test_a_wrong_setting_is_named(url, mapping, words):
    with pytest.raises(BadSetting, match=words):
        HttpRecords(url, mapping)
