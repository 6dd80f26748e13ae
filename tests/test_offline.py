"""Nothing leaves the machine, whatever the environment asks of the libraries we use."""

import json
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.main import get_command

from assist.cli import app
from assist.cli.keys import OPEN
from tests import refuse_network
from tests.cli.commands import ASSIST, assist_each, surroundings

TEMPTING = {
    "LANGSMITH_TRACING": "true",
    "LANGSMITH_API_KEY": "x",
    "LANGCHAIN_TRACING_V2": "true",
    "LANGCHAIN_API_KEY": "x",
    "ANONYMIZED_TELEMETRY": "True",
    "HF_HUB_OFFLINE": "0",
}
"""An environment in which the libraries would send traces and ask for models."""


class Guarded:
    """A home whose commands run where nothing may leave; `attempts` are those that tried."""

    def __init__(self, folder: Path) -> None:
        path = folder / "path"
        path.mkdir()
        shutil.copy(refuse_network.__file__, path / "sitecustomize.py")
        self.kb, self._log = folder / "kb", folder / "refused.log"
        self.environment = TEMPTING | {
            "PYTHONPATH": str(path),
            refuse_network.LOG: str(self._log),
            "ASSIST_HOME": str(folder / "home"),
        }
        self.printed: dict[str, str] = {}

    @property
    def attempts(self) -> list[str]:
        return self._log.read_text().splitlines() if self._log.exists() else []

    def python(self, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=Path(__file__).parent.parent,
            env=surroundings() | self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def empty(tmp_path: Path) -> Guarded:
    return Guarded(tmp_path)


COMMANDS = {
    "init": ("KB",),
    "ingest": ("KB", "--json"),
    "search": ("reset my password", "--why-not", "track-a-delivery", "--json"),
    "suggest": ("KB/tickets/sample.json", "--json"),
    "coverage": ("TICKETS", "--json"),
    "gaps": ("TICKETS", "--json"),
    "check-draft": ("DRAFTS", "--json"),
    "inquiries": ("--json",),
    "check-policies": ("KB", "--json"),
    "lint-kb": ("KB", "--json"),
    "kb-health": ("--json",),
    "training-needs": ("--json",),
    "trends": ("--json",),
    "try-policies": ("KB", "--date", "2026-11-20", "--action", "escalate", "--json"),
    "schema": ("ticket",),
    "helpdesk-app": ("zendesk", "--url", "https://assist.example.org", "--out", "KB.zip"),
    "settings": (),
    "index verify": ("--json",),
    "index rebuild": ("--json",),
    "index erase": ("track-a-delivery", "--json"),
    "keys list": ("--json",),
    "sessions list": ("--json",),
    "audit": ("--limit", "1", "--json"),
    "precedents make": ("--json",),
    "forget": ("c-1", "--json"),
    "backup": ("BACKUP", "--json"),
    "restore": ("BACKUP", "--replace", "--json"),
    "doctor": ("--json",),
}
"""Every command that ends by itself, with what it is given; KB stands for the folder."""
TEXT = ("settings", "helpdesk-app")
"""Those that print no JSON."""
KEYS = ("keys create", "keys revoke", "sessions revoke")
"""With a key, the server would ask for it; of sessions there is none."""


@pytest.fixture(scope="module")
def guarded(shared_folder: Path) -> Guarded:
    """Every command has run, in order; what each printed is in `printed`."""
    guarded = Guarded(shared_folder)
    drafts = shared_folder / "drafts.jsonl"
    drafts.write_text('{"id": "d", "text": "It takes 3 days.", "passages": ["It takes 5 days."]}\n')
    tickets = shared_folder / "tickets.jsonl"
    tickets.write_text('{"id": "t", "text": "How do I reset my password?"}\n')
    places = {"DRAFTS": drafts, "TICKETS": tickets}
    commands = [
        (*name.split(), *(_placed(argument, guarded.kb, places) for argument in arguments))
        for name, arguments in COMMANDS.items()
    ]
    outputs = assist_each(*commands, **guarded.environment)
    guarded.printed = dict(zip(COMMANDS, outputs, strict=True))
    return guarded


def _placed(argument: str, kb: Path, others: Mapping[str, Path]) -> str:
    for name, file in {"BACKUP": kb.with_name("all.backup"), "KB": kb, **others}.items():
        argument = argument.replace(name, str(file))
    return argument


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('192.0.2.1', 9), 1)",
        "import socket; socket.getaddrinfo('example.org', 443)",
        "import socket; socket.gethostbyname('example.org')",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
        "import socket; socket.socket(socket.AF_INET6).connect(('2001:db8::1', 9))",
        "import subprocess, sys; subprocess.check_call([sys.executable, '-c', sys.argv[1]])",
    ],
)
def test_the_guard_refuses_and_records_what_would_leave(empty: Guarded, code: str) -> None:
    done = empty.python(code, "import socket; socket.create_connection(('192.0.2.1', 9))")

    assert done.returncode == 1
    assert "is refused here" in done.stderr
    (attempt,) = empty.attempts
    assert any(host in attempt for host in ("192.0.2.1", "example.org", "2001:db8::1"))


def test_the_guard_records_what_a_library_tries_and_hides(empty: Guarded) -> None:
    code = "import socket\ntry: socket.create_connection(('192.0.2.1', 9))\nexcept OSError: pass"
    assert empty.python(code).returncode == 0
    assert len(empty.attempts) == 1


def test_the_guard_lets_this_machine_talk_to_itself(empty: Guarded) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = "import socket, sys; socket.create_connection(('localhost', int(sys.argv[1])))"
        done = empty.python(code, str(server.getsockname()[1]))
    assert (done.returncode, empty.attempts) == (0, []), done.stderr


def test_every_command_works_and_nothing_leaves(guarded: Guarded) -> None:
    printed = {name: guarded.printed[name] for name in COMMANDS if name != "init"}
    read = {name: json.loads(output) for name, output in printed.items() if name not in TEXT}

    assert "is ready" in guarded.printed["init"]
    assert Path(guarded.printed["helpdesk-app"].strip()).stat().st_size > 1_000
    assert read["ingest"]["published"] is True
    assert read["search"][0]["document_id"] == "reset-password"
    assert read["suggest"]["ticket_id"] == "sample"
    assert read["coverage"]["document_id"] == "reset-password"
    assert read["schema"]["title"] == "Ticket"
    assert read["check-policies"]["version"] == "2.1.0"
    assert read["try-policies"]["verdict"]["value"] == "allowed"
    assert read["index verify"]["problems"] == read["index rebuild"]["problems"] == []
    assert read["index erase"]["documents"] == ["track-a-delivery"]
    assert read["forget"]["rows"]["suggestions"] == 1
    assert [found for found in read["forget"]["searched"]["found"] if not found["why"]] == []
    assert read["restore"]["manifest"] == read["backup"]
    assert read["restore"]["problems"] == []
    assert all(finding["ok"] for finding in read["doctor"])
    assert guarded.attempts == []


COMPILING = """\
import sys
from pathlib import Path
from assist.adapters.quiet import keep_quiet
from assist.adapters.embedding.embedder import SentenceEmbedder
from tests.adapters.embedding.tiny_models import save
keep_quiet()
folder = Path(sys.argv[1])
model = SentenceEmbedder(save("bert", "mean", folder), compiled=folder / "compiled")
print(model.embed(["Reset the hub."]).shape)
"""


@pytest.mark.model
def test_a_model_is_compiled_and_nothing_leaves(empty: Guarded, tmp_path: Path) -> None:
    done = empty.python(COMPILING, str(tmp_path))

    assert done.stdout == "(1, 32)\n", done.stderr
    assert list(tmp_path.glob("compiled/*/manifest.json"))
    assert empty.attempts == []


def test_no_command_is_left_out() -> None:
    alone = {"serve", "explain", "replay", "record", *KEYS}
    assert set(_leaves(get_command(app))) == {*COMMANDS, *alone}


def _leaves(command: Any) -> Iterator[str]:
    """The names of the commands that do something, such as `index verify`."""
    for name, inner in command.commands.items():
        if hasattr(inner, "commands"):
            yield from (f"{name} {leaf}" for leaf in _leaves(inner))
        else:
            yield name


def test_the_server_answers_and_nothing_leaves(guarded: Guarded) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [*ASSIST, "serve", "--port", str(port)],
        env=surroundings() | guarded.environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        assert f"listening on {address}\n" in iter(server.stderr.readline, "")
        try:
            # It takes connections just after it said so.
            transport = httpx.HTTPTransport(retries=6)
            with httpx.Client(transport=transport, timeout=60) as helpdesk:
                ticket = {"text": "How do I reset my password?"}
                answer = helpdesk.post(f"{address}/v1/suggestions", json=ticket)
        finally:
            server.send_signal(signal.SIGINT)
            rest = server.communicate(timeout=60)[1]
    assert answer.json()["draft"]["text"]
    said = [line for line in rest.splitlines() if "reading_ahead" not in line]
    assert (server.returncode, said[0], len(said)) == (0, OPEN, 2)
    assert "suggest 200" in said[1]
    assert guarded.attempts == []


def test_the_evals_describe_themselves_and_nothing_leaves(guarded: Guarded) -> None:
    done = guarded.python("from evals.cli import main; main()", "--help")

    assert done.returncode == 0, done.stderr
    assert {"run", "retrieval", "compare-retrieval"} <= set(done.stdout.split())
    assert guarded.attempts == []
