"""The recipe in `docs/operations.md`: its account suffices, units and proxy fit the code."""

import configparser
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from typer.main import get_command
from typer.testing import CliRunner

from assist.adapters.postgres.database import Database
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.knowledge import PostgresKnowledge
from assist.cli import app
from assist.cli.answering import KEEP_ALIVE
from assist.cli.settings import setting_fields
from assist.cli.supervising import AFTER_DRAIN
from assist.domain.load import LoadSettings
from assist.settings import FROM_FILE, Settings
from tests.contracts.knowledge_store import publish

PAGE = (Path(__file__).parents[1] / "docs/operations.md").read_text(encoding="utf-8")
RECIPE = PAGE.partition("## One way to deploy it\n")[2].partition("\n## ")[0]
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```", RECIPE, re.MULTILINE | re.DOTALL))
LOAD = LoadSettings()


def units() -> dict[str, configparser.RawConfigParser]:
    """The unit files by name."""
    found = {}
    for name, content in re.findall(
        r"^# /etc/systemd/system/(\S+).*?\n(.*?)(?=^# /etc|\Z)",
        BLOCKS["ini"],
        re.MULTILINE | re.DOTALL,
    ):
        found[name] = configparser.RawConfigParser(strict=True)
        found[name].optionxform = str  # type: ignore[assignment,method-assign]
        found[name].read_string(content)
    return found


@pytest.fixture
def account(home: Path) -> Iterator[str]:
    """The URL of the account and the database that the recipe makes on a server that is new."""
    with EmbeddedPostgres.start(home) as server:
        admin = Database(server.url)
        with admin.administer() as connection:
            for statement in filter(None, map(str.strip, BLOCKS["sql"].split(";"))):
                connection.execute(text(statement))
        admin.close()
        url = make_url(server.url).set(username="assist", database="assist")
        yield url.render_as_string(hide_password=False)


def test_the_account_of_the_recipe_can_do_all_and_no_more(account: str) -> None:
    database = Database(account)
    database.migrate()
    publish(PostgresKnowledge(database))
    assert PostgresKnowledge(database).current() is not None

    with database.own() as connection:
        rights = "SELECT rolsuper, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = 'assist'"
        assert not any(connection.execute(text(rights)).one())
    database.close()


def test_the_units_start_commands_that_exist_with_options_that_they_have() -> None:
    found = units()
    assert set(found) == {"assist.service", "assist-chroma.service"}
    assist = found["assist.service"]["Service"]["ExecStart"].split()
    chroma = found["assist-chroma.service"]["Service"]["ExecStart"].split()

    helped = CliRunner().invoke(app, [assist[1], "--help"], env={"COLUMNS": "200"}).output
    assert assist[1] in get_command(app).commands  # type: ignore[attr-defined]
    assert all(option in helped for option in assist if option.startswith("--"))
    program = Path(sys.executable).with_name("chroma")
    said = subprocess.run(
        [program, chroma[1], "--help"], capture_output=True, text=True, check=True
    )
    assert all(option in said.stdout for option in chroma if option.startswith("--"))


def test_the_settings_of_the_unit_are_settings_and_secrets_stand_in_files() -> None:
    given = dict(
        one.split("=", 1) for one in units()["assist.service"]["Service"]["Environment"].split()
    )
    known = {f"ASSIST_{name.upper()}" for name, _ in setting_fields(Settings)}

    assert {name.removesuffix(FROM_FILE.upper()) for name in given} <= known
    assert "ASSIST_DATABASE_URL" not in given
    assert "ASSIST_DATABASE_URL_FILE" in given


def test_whoever_waits_for_the_server_waits_long_enough() -> None:
    stop = int(units()["assist.service"]["Service"]["TimeoutStopSec"])
    (read,) = map(int, re.findall(r"proxy_read_timeout (\d+)s;", BLOCKS["nginx"]))
    (body,) = map(int, re.findall(r"client_max_body_size (\d+)m;", BLOCKS["nginx"]))

    assert stop > LOAD.drain_seconds + AFTER_DRAIN
    assert read > LOAD.seconds
    assert KEEP_ALIVE > 60  # how long nginx keeps an idle connection
    assert body == Settings.model_fields["max_upload_mb"].default
    assert "proxy_buffering off;" in BLOCKS["nginx"]
