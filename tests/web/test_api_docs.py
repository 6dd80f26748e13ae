"""What `docs/api.md` shows is what the running service answers."""

import json
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from assist.adapters.uploads import FolderUploads
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.domain.helpdesks import SignatureScheme
from assist.domain.load import LoadSettings
from assist.domain.notice import Notice, notice_id
from assist.domain.ticket import MAX_DEPTH, MAX_TICKET_CHARACTERS
from assist.retrieval.filters import FILTERS
from assist.retrieval.query import MAX_QUERY, MAX_READ
from assist.service.approvals import approval_id
from assist.service.desk import Desk
from assist.web.api.search import MAX_HITS
from assist.web.app import create_app
from assist.web.errors import PROBLEM_TYPES
from assist.web.json_shape import MAX_ITEMS
from assist.web.limits import MAX_BODY, MAX_HEAD
from tests.contracts.gap_store import a_gap_event, a_tracked_gap
from tests.fake_errands import InMemoryErrands
from tests.fake_timers import InMemoryTimers
from tests.helpdesks.fake import SECRET, MemoryHelpdesk
from tests.helpdesks.fake import signed as helpdesk_signed
from tests.service.parts import some_parts
from tests.web.cases import WANTS_A_CREDIT, act, an_outcome, answered, done
from tests.web.checks import check_problem
from tests.web.test_tokens import hosted, signed
from tests.web.visitors import ring_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/api.md").read_text(encoding="utf-8")
ASSIST = "http://testserver"
LEFT_OUT = "…"
CHANGES = re.compile(r"/v1/(?:ingest|precedents)")
"""What changes the knowledge base: the sample company's is that of other tests too."""
KNOWS = re.compile(r"/v1/(?:tokens|audit)")
"""What needs somebody who is known: nobody asks the others who they are."""
HELPDESKS = re.compile(r"/v1/(?:hooks|helpdesks|errands)")
"""What is asked where helpdesks are set."""
SHOWN = re.compile(
    r"^```sh\n(curl .+?)\n```\n\n```(json|text)\n(.+?)^```", re.MULTILINE | re.DOTALL
)
EXAMPLES = SHOWN.findall(PAGE)


@dataclass
class Asked:
    """What a curl command line sends."""

    method: str = "GET"
    url: str = ""
    content: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)

    def send(self, client: TestClient) -> Response:
        files = {name: value for name, value in self.form.items() if isinstance(value, tuple)}
        data = {name: value for name, value in self.form.items() if name not in files}
        return client.request(
            self.method,
            self.url,
            content=self.content,
            headers=self.headers,
            files=files or None,
            data=data or None,
        )


def _read_curl(command: str, variables: Mapping[str, str]) -> Asked:
    """The request of a command line; an option that this does not know is an error."""
    for name, value in variables.items():
        command = command.replace(f"${name}", value)
    words = iter(shlex.split(command)[1:])
    asked = Asked()
    for word in words:
        if word == "--json":
            asked.method, asked.content = "POST", _data(next(words))
            # What curl's own option says; a header of the command line goes before it.
            said = {"Content-Type": "application/json", "Accept": "application/json"}
            asked.headers = said | asked.headers
        elif word == "-X":
            asked.method = next(words)
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            asked.headers[name] = value
        elif word == "-F":
            name, _, value = next(words).partition("=")
            asked.method = "POST"
            is_file = value.startswith("@")
            asked.form[name] = (Path(value[1:]).name, _data(value)) if is_file else value
        elif word != "-N":
            assert word.startswith(ASSIST), f"unknown option {word}"
            asked.url = word
    return asked


def _data(word: str) -> bytes:
    return (ROOT / word[1:]).read_bytes() if word.startswith("@") else word.encode()


def _check_shown(shown: Any, answered: Any, where: str = "") -> None:
    """What is shown is there; `…` stands for anything, and at the end of a list for more."""
    if shown == LEFT_OUT:
        return
    if isinstance(shown, dict):
        assert isinstance(answered, dict), where
        assert shown.keys() <= answered.keys(), where
        for name, value in shown.items():
            _check_shown(value, answered[name], f"{where}.{name}")
    elif isinstance(shown, list):
        if shown[-1:] == [LEFT_OUT]:
            shown = shown[:-1]
            assert len(answered) >= len(shown), where
        else:
            assert len(answered) == len(shown), where
        for number, (one, other) in enumerate(zip(shown, answered, strict=False)):
            _check_shown(one, other, f"{where}.{number}")
    else:
        assert answered == shown, where


def _events(text: str) -> Iterator[tuple[str, Any]]:
    """(event, data) of a stream, whole or shown."""
    for event, data in re.findall(r"^event: (.+)\ndata: (.+)$", text, re.MULTILINE):
        yield event, json.loads(data)


def _check_stream(shown: str, answered: str) -> None:
    """The same kinds of events in the same order; each as the first of its kind is shown."""
    first: dict[str, Any] = {}
    for event, data in _events(answered):
        first.setdefault(event, data)
    assert [event for event, _ in _events(shown)] == list(first)
    for event, data in _events(shown):
        _check_shown(data, first[event])


@pytest.fixture(scope="module")
def other_client(shared_folder: Path) -> Iterator[TestClient]:
    """A desk that may be changed."""
    uploads = FolderUploads(shared_folder, limit=1_000_000)
    desk = Desk(parts=some_parts(uploads=uploads), records_for=lambda _files: None)
    with TestClient(create_app(desk)) as client:
        yield client


def _a_notice(desk: Desk, entry: dict[str, Any]) -> str:
    """The id of a notice that this entry of the ledger is due."""
    told = {name: entry[name] for name in ("case_id", "owner", "due")}
    name = notice_id("due", entry["id"])
    made = {"id": name, "kind": "due", "about": entry["id"], "made_at": entry["due"]}
    desk.parts.notices.make(Notice.model_validate(told | made))
    return name


@pytest.fixture(scope="module")
def known_desk() -> Desk:
    """A desk that takes the tokens of a helpdesk, and where everybody must say who they are."""
    return hosted()


@pytest.fixture(scope="module")
def known_client(known_desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(known_desk)) as client:
        yield client


@pytest.fixture(scope="module")
def helpdesk_client(fennwick: Desk) -> Iterator[TestClient]:
    """The sample company's, with a helpdesk that signs its webhooks and one that does not."""
    helpdesks = {"chat": MemoryHelpdesk(), "support": MemoryHelpdesk("support", SignatureScheme())}
    helpdesks["chat"].write("812", "Where is my parcel?")
    settings = HelpdeskSettings(kind="chatwoot", url="http://chat.example.org", account="1")
    parts = replace(fennwick.parts, helpdesks=helpdesks, errands=InMemoryErrands(InMemoryTimers()))
    desk = replace(fennwick, parts=parts, helpdesks=dict.fromkeys(helpdesks, settings))
    with TestClient(create_app(desk)) as client:
        yield client


@pytest.fixture(scope="module")
def asked_of(
    client: TestClient,
    other_client: TestClient,
    known_client: TestClient,
    helpdesk_client: TestClient,
) -> Callable[[str], TestClient]:
    """Which service a request is for."""
    others = {CHANGES: other_client, KNOWS: known_client, HELPDESKS: helpdesk_client}
    return lambda url: next((one for path, one in others.items() if path.search(url)), client)


@pytest.fixture(scope="module")
def variables(
    client: TestClient, other_client: TestClient, fennwick: Desk, known_desk: Desk
) -> dict[str, str]:
    """What the page tells its reader to put in."""
    made = client.post("/v1/suggestions", json={"text": "Where is my parcel?"}).json()
    documents = [{"id": "a", "text": "Text."}]
    job = other_client.post("/v1/ingest", json={"documents": documents}).json()
    passage = next(fennwick.opened().library.passages()).id
    ticket = {"id": "t-4", "text": "My parcel has not arrived. Where is it?"}
    case = client.post("/v1/cases", json=ticket).json()["case"]
    credit = client.post("/v1/cases", json=WANTS_A_CREDIT).json()["case"]
    solved = answered(client, "t-solved")
    done(act(client, solved, "outcome", an_outcome("solved")))
    notice = _a_notice(fennwick, solved["ledger"][0])
    gap = a_tracked_gap("gap-docs", draft="# Rain\n\nIt can hang in the rain.")
    fennwick.parts.gaps.add(gap, a_gap_event())
    told = helpdesk_signed(b'{"ticket": "812"}', fennwick.parts.clock.now())
    client.post("/v1/eval-runs", json=json.loads(_data("@docs/examples/eval-run.json")))
    return {
        "APPROVAL": approval_id(credit["id"], "a-1"),
        "ASSIST": ASSIST,
        "CASE": case["id"],
        "CREDIT": credit["id"],
        "GAP": gap.gap.id,
        "HANDED": f"{credit['id']}-2-escalation",
        "ID": made["id"],
        "JOB": job["id"],
        "KEY": ring_of(known_desk).create("admin").secret,
        "MADE": credit["suggestion_id"],
        "NOTICE": notice,
        "PASSAGE": quote(passage, safe=""),
        "SECRET": quote(SECRET.get_secret_value()),
        "SIGNATURE": told["X-Chatwoot-Signature"],
        "SIGNED": signed(),
        "SOLVED": solved["case"]["id"],
        "SUGGESTION": case["suggestion_id"],
        "TIME": told["X-Chatwoot-Timestamp"],
    }


@pytest.mark.parametrize("example", EXAMPLES, ids=[command[5:60] for command, _, _ in EXAMPLES])
def test_an_example_is_answered_as_it_is_shown(
    example: tuple[str, str, str],
    asked_of: Callable[[str], TestClient],
    variables: dict[str, str],
) -> None:
    command, kind, shown = example
    asked = _read_curl(command, variables)

    answer = asked.send(asked_of(asked.url))

    if kind == "text":
        _check_stream(shown, answer.text)
        return
    expected = json.loads(shown)
    _check_shown(expected, answer.json())
    is_problem = "detail" in expected
    assert answer.is_success is not is_problem
    if is_problem:
        check_problem(answer, expected["status"])


def test_every_operation_is_shown(client: TestClient, variables: dict[str, str]) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    declared = {
        (method.upper(), re.sub(r"\{\w+\}", "[^/]+", path))
        for path, methods in paths.items()
        for method in methods
    }
    asked = [_read_curl(command, variables) for command, _, _ in EXAMPLES]
    shown = {(one.method, one.url.removeprefix(ASSIST).partition("?")[0]) for one in asked}

    missing = [
        (method, path)
        for method, path in declared
        if not any(m == method and re.fullmatch(path, url) for m, url in shown)
    ]
    assert missing == []


def test_every_problem_is_in_the_table_with_its_status() -> None:
    rows = re.findall(r"^\| `(/problems/[\w-]+)` \| (\d+) \| .+ \|$", PAGE, re.MULTILINE)

    assert dict(rows) == {kind.uri: str(kind.status) for kind in PROBLEM_TYPES}
    assert len(rows) == len(PROBLEM_TYPES)


def test_the_limits_are_those_of_the_code() -> None:
    limits = PAGE.partition("## Limits\n")[2].partition("\n## ")[0]
    numbers = (MAX_BODY, MAX_HEAD, MAX_ITEMS, MAX_DEPTH, MAX_TICKET_CHARACTERS, MAX_READ, MAX_HITS)

    for number in numbers:
        assert f" {number:,} " in limits
    load = LoadSettings()
    assert f"| {load.threads}; {load.waiting} others wait" in limits
    assert f"| {load.seconds:g} seconds |" in limits
    assert f"1 to {MAX_READ:,} characters; of a long one the first {MAX_QUERY:,}" in PAGE


def test_every_filter_is_named() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `filters` |"))

    assert re.findall(r"`(\w+)`", row) == ["filters", *sorted(FILTERS)]
