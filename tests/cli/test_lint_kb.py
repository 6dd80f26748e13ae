"""`assist lint-kb`, as a KB editor and as a pipeline run it."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app

CLEAN = """\
---
id: filters
title: Change the filter of the kettle
review_due: 2027-06-30
---
Change the filter of the kettle every 3 months.
Rinse a new filter under cold water before it goes into the kettle.
"""
OVERDUE = CLEAN.replace("2027-06-30", "2026-05-31")
CONTRADICTING = """\
---
id: limescale
title: Take limescale off the kettle
---
Change the filter of the kettle every 9 months.
Boil vinegar in the kettle to take limescale off.
"""


def lint(folder: Path, *arguments: str, **articles: str) -> Result:
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    named = ["lint-kb", *arguments, "--on", "2026-11-20", "--home", str(folder / "home")]
    return CliRunner().invoke(app, named)


def test_a_knowledge_base_with_nothing_wrong_exits_0_and_says_so(tmp_path: Path) -> None:
    done = lint(tmp_path, str(tmp_path), filters=CLEAN)

    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing is wrong" in done.stderr


def test_findings_exit_1_with_documents_message_and_quotes(tmp_path: Path) -> None:
    done = lint(tmp_path, str(tmp_path), filters=CLEAN, limescale=CONTRADICTING)

    assert done.exit_code == 1
    assert "contradictory  filters, limescale" in done.stdout
    assert "“3 months” against “9 months”" in done.stdout
    assert "“Change the filter of the kettle every 9 months.”" in done.stdout
    assert done.stderr.strip() == "1 contradictory"


def test_json_is_one_document_with_every_field(tmp_path: Path) -> None:
    done = lint(tmp_path, str(tmp_path), "--json", filters=OVERDUE)

    (finding,) = json.loads(done.stdout)
    assert done.exit_code == 1
    assert finding["kind"] == "stale"
    assert finding["documents"] == ["filters"]
    assert finding["evidence"][0]["source"] == "document:filters"


def test_the_table_has_a_row_for_each_finding(tmp_path: Path) -> None:
    table = tmp_path / "findings.csv"
    lint(tmp_path, str(tmp_path), "--csv", str(table), filters=OVERDUE, limescale=CONTRADICTING)

    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert [row["kind"] for row in rows] == ["contradictory", "stale"]
    assert rows[0]["documents"] == "filters limescale"


def test_only_the_kinds_that_were_asked_for_are_looked_for(tmp_path: Path) -> None:
    asked = ("--kind", "duplicate", "--kind", "stale")
    done = lint(tmp_path, str(tmp_path), *asked, filters=OVERDUE, limescale=CONTRADICTING)

    assert done.stderr.strip() == "1 stale"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--kind", "policy_silent"), "there is no kind 'policy_silent'"),
        (("--on", "yesterday"), "'yesterday' is no date"),
        (("--csv", "/nowhere/at/all.csv"), "No such file or directory"),
    ],
)
def test_what_cannot_be_done_exits_2_and_says_why(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    (tmp_path / "filters.md").write_text(OVERDUE, "utf-8")
    named = ["lint-kb", str(tmp_path), "--home", str(tmp_path / "home"), *arguments]
    done = CliRunner().invoke(app, named)

    assert done.exit_code == 2
    assert says in done.stderr


def test_a_folder_that_is_not_there_exits_2(tmp_path: Path) -> None:
    done = lint(tmp_path, str(tmp_path / "absent"))

    assert done.exit_code == 2
    assert "absent" in done.stderr


def test_a_folder_without_articles_exits_2(tmp_path: Path) -> None:
    assert lint(tmp_path, str(tmp_path)).exit_code == 2


def test_without_a_folder_what_serves_is_looked_at(home: Path, tmp_path: Path) -> None:
    (tmp_path / "filters.md").write_text(OVERDUE, "utf-8")
    ingested = CliRunner().invoke(app, ["ingest", str(tmp_path), "--home", str(home)])
    done = CliRunner().invoke(app, ["lint-kb", "--home", str(home), "--on", "2026-11-20"])

    assert ingested.exit_code == 0
    assert (done.exit_code, done.stderr.strip()) == (1, "1 stale")
