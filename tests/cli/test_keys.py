"""`assist keys`: made, listed, revoked; also beside a running server."""

import json
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from assist.cli import app
from assist.cli.keys import OPEN
from tests.cli.commands import ASSIST, check_refused, surroundings


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Path:
    """A home that nothing was ingested into."""
    return shared_folder / "home"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Where a server of that home is reached, as long as it runs; `listening on` is first."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [*ASSIST, "serve", "--port", str(port)],
        env=surroundings() | {"ASSIST_HOME": str(home)},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        said = [server.stderr.readline() for _ in range(3)]
        assert said[1:] == [f"listening on http://127.0.0.1:{port}\n", f"{OPEN}\n"]
        yield f"http://127.0.0.1:{port}"
        server.terminate()
        server.communicate(timeout=60)


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """`assist ARGUMENTS` in this process: another takes seconds to begin."""
    done = CliRunner().invoke(app, arguments, env={"ASSIST_HOME": str(home)})
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def keys(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return run("keys", *arguments, home=home)


def status(address: str, secret: str | None = None) -> int:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    with httpx.Client(transport=httpx.HTTPTransport(retries=6), timeout=60) as client:
        return client.get(f"{address}/v1/cases", headers=headers).status_code


def test_keys_are_made_listed_and_revoked_beside_a_running_server(home: Path, address: str) -> None:
    assert status(address) == 200

    made = keys("create", "--role", "lead", "--expires", "90d", "--note", "Ann", home=home)
    secret = made.stdout.strip()
    assert (made.returncode, len(secret), secret[:3]) == (0, 46, "ak_")
    assert "role lead, level agent" in made.stderr
    assert secret not in made.stderr
    assert (status(address), status(address, secret)) == (401, 200)

    listed = keys("list", home=home)
    (key,) = json.loads(keys("list", "--json", home=home).stdout)["keys"]
    assert key["last_used_at"] is not None
    assert (key["role"], key["note"], key["revoked_at"]) == ("lead", "Ann", None)
    line = listed.stdout.splitlines()[1].split()
    assert line[:3] == [key["id"], "lead", "agent"]
    for hidden in (secret, secret.removeprefix("ak_")):
        assert hidden not in listed.stdout + json.dumps(key)

    revoked = keys("revoke", key["id"], home=home)
    assert f"key {key['id']} is revoked since" in revoked.stdout
    assert revoked.stderr == f"{OPEN}\n"
    assert (status(address, secret), status(address)) == (401, 200)


@pytest.mark.usefixtures("address")
def test_a_key_as_json_has_its_secret_and_no_word_beside_it(home: Path) -> None:
    made = keys("create", "--role", "qa", "--level", "senior", "--json", home=home)

    issued = json.loads(made.stdout)
    assert issued["secret"].startswith("ak_")
    assert (issued["key"]["level"], made.stderr) == ("senior", "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create", "--role", "boss"), ("--role", "use agent, lead, qa, editor, admin")),
        (("create", "--role", "agent", "--level", "king"), ("--level", "use agent, senior")),
        (("create", "--role", "agent", "--expires", "2020-01-01"), ("--expires", "past")),
        (("revoke", "k-9"), ("there is no key 'k-9'", "assist keys list")),
    ],
)
@pytest.mark.usefixtures("address")
def test_what_does_not_fit_is_one_line_with_its_cure(
    home: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    check_refused(keys(*arguments, home=home), *words)


@pytest.mark.usefixtures("address")
def test_keys_are_those_of_one_workspace(home: Path) -> None:
    keys("create", "--role", "admin", "--workspace", "north", home=home)
    south = keys("list", "--workspace", "south", "--json", home=home)
    assert (json.loads(south.stdout), south.stderr) == ({"keys": []}, f"{OPEN}\n")


def test_doctor_says_who_gets_in(shared_folder: Path) -> None:
    home = shared_folder / "looked-at"

    def access() -> dict[str, object]:
        found = json.loads(run("doctor", "--json", home=home).stdout)
        return next(one for one in found if one["check"] == "access")

    assert access() == {"check": "access", "ok": True, "detail": OPEN}
    assert keys("create", "--role", "admin", home=home).returncode == 0
    assert access() == {"check": "access", "ok": True, "detail": "API keys that are valid: 1"}
