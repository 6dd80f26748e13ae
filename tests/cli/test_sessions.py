"""`assist sessions`, `assist audit` and `assist serve --sign-in`."""

import json
import re
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.commands import ASSIST, check_refused, surroundings
from tests.cli.test_keys import run


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Path:
    """A home that nothing was ingested into."""
    return shared_folder / "home"


@pytest.fixture(scope="module")
def said(home: Path) -> Iterator[list[str]]:
    """What a server of that home says that asks everybody to sign in, as long as it runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [*ASSIST, "serve", "--port", str(port), "--sign-in"],
        env=surroundings() | {"ASSIST_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        yield [server.stderr.readline().strip() for _ in range(3)]
        server.terminate()
        server.communicate(timeout=60)


@pytest.fixture(scope="module")
def visitor(said: list[str]) -> Iterator[httpx.Client]:
    """A browser that signed in by the link that was printed."""
    found = re.search(r"(http://[\d.:]+)/sign-in/link\?token=(al_[\w-]+)$", said[2])
    assert found, said
    address, token = found.groups()
    transport = httpx.HTTPTransport(retries=6)
    with httpx.Client(transport=transport, base_url=address, timeout=60) as client:
        assert client.get("/v1/cases").status_code == 401
        form = {"token": token}
        entered = client.post("/sign-in/link", data=form, headers={"Origin": address})
        assert entered.status_code == 303
        yield client


def test_whoever_starts_a_server_signs_in_by_its_link_as_admin(visitor: httpx.Client) -> None:
    assert visitor.get("/v1/audit").status_code == 200
    page = visitor.get("/sign-in").text
    assert "Role admin" in page


def test_sessions_are_listed_and_revoked_beside_a_running_server(
    visitor: httpx.Client, home: Path
) -> None:
    listed = run("sessions", "list", home=home)
    assert listed.returncode == 0, listed.stderr
    assert "valid" in listed.stdout
    (session,) = json.loads(run("sessions", "list", "--json", home=home).stdout)["sessions"]
    assert (session["means"], session["person"]["role"]) == ("link", "admin")

    revoked = run("sessions", "revoke", session["id"], home=home)

    assert revoked.stdout.startswith(f"session {session['id']} is over since 20")
    assert visitor.get("/v1/cases").status_code == 401
    assert "ended" in run("sessions", "list", home=home).stdout


def test_the_log_is_shown_beside_a_running_server(visitor: httpx.Client, home: Path) -> None:
    entries = [json.loads(line) for line in run("audit", "--json", home=home).stdout.splitlines()]
    whats = [entry["what"] for entry in entries]
    assert whats[0] == "sign_in"
    shown = run("audit", "--what", "sign_in", "--limit", "1", home=home).stdout.splitlines()
    assert shown[0].split() == ["at", "who", "by", "what", "outcome", "about"]
    assert len(shown) == 2
    who = entries[0]["who"]
    mine = run("audit", "--who", who, "--since", "2026-01-01", "--json", home=home).stdout
    assert {json.loads(line)["who"] for line in mine.splitlines()} == {who}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sessions", "revoke", "s-9"), ("there is no session 's-9'", "assist sessions list")),
        (("audit", "--since", "soon"), ("--since", "'soon' is no time", "2026-11-20")),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_cure(
    home: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    check_refused(run(*arguments, home=home), *words)
