"""`assist check-policies`, as a support lead and as a pipeline run it."""

import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from typer.testing import CliRunner

from assist.cli import app
from tests.cli.commands import assist, check_refused

KB = Path(__file__).parents[2] / "kb_corpus"
POLICY = """\
---
id: returns
title: Returns
version: "1"
owner: Care
effective: 2026-01-01
review_due: 2026-11-19
purpose: A fair way back.
clauses:
  - id: returns.call
    type: standard
    actions: [callback]
    effect: allow
    reason: Anybody may call.
    text: Everybody is called back.
  - id: returns.paid
    type: standard
    actions: [callback]
    when: order.paid == true
    effect: forbid
    reason: It is paid.
    text: Who has paid is not called back.
---
Everybody is called back. Who has paid is not called back.
"""
ASKS = "facts:\n  - {path: order.paid, type: boolean, source: records}\n"


def check(*arguments: object) -> CompletedProcess[str]:
    """`assist check-policies ARGUMENTS` in this process, which has everything loaded."""
    done = CliRunner().invoke(app, ["check-policies", *map(str, arguments)])
    return CompletedProcess(["check-policies"], done.exit_code, done.stdout, done.stderr)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge base with one conflict."""
    (tmp_path / "kb/policies").mkdir(parents=True)
    (tmp_path / "kb/policies/returns.md").write_text(POLICY)
    (tmp_path / "kb/facts.yaml").write_text(ASKS)
    return tmp_path / "kb"


def test_the_sample_company_is_clean(tmp_path: Path) -> None:
    rules = tmp_path / "kb_corpus"
    rules.mkdir()
    shutil.copytree(KB / "policies", rules / "policies")
    for file in KB.glob("*.yaml"):
        shutil.copy(file, rules)
    done = assist("check-policies", str(rules), "--strict")
    assert (done.returncode, done.stdout) == (0, ""), done.stdout
    assert done.stderr == "0 errors, 0 warnings\n"


def test_a_conflict_is_printed_with_its_line_and_the_command_fails(folder: Path) -> None:
    done = check(folder)
    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    place = f"{folder}/policies/returns.md:10: error conflict: "
    assert line.startswith(place + "returns.call and returns.paid (returns.md:16) rank alike")
    assert "where order.paid is true" in line
    assert line.endswith("(say in one of them that it steps back where the other holds)")
    assert done.stderr == "1 error, 0 warnings\n"


def test_warnings_fail_only_where_they_are_told_to(folder: Path) -> None:
    policy = folder / "policies/returns.md"
    policy.write_text(POLICY.replace("effect: forbid", "effect: allow"))
    overdue = (folder, "--on", "2026-11-20")
    done = check(*overdue)
    assert done.returncode == 0
    assert done.stderr == "0 errors, 1 warning\n"
    assert done.stdout.startswith(f"{policy}:7: warning review-due: returns was due for review")
    assert check(*overdue, "--strict").returncode == 1


def test_the_log_for_code_hosts_names_files_as_the_command_was_given_them(folder: Path) -> None:
    (folder / "facts.yaml").write_text(ASKS + "  - {path: order.nr, type: texxt}\n")
    done = check(folder, "--json")
    assert done.returncode == 1
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "malformed"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"{folder}/facts.yaml"
    assert place["region"]["startLine"] == 3
    assert done.stderr == "1 error, 0 warnings\n"


def test_a_policy_that_cannot_be_read_is_not_passed_over(folder: Path) -> None:
    (folder / "policies/broken.md").write_text("---\nid: [\n---\nText.\n")
    done = check(folder)
    assert done.returncode == 1
    assert f"{folder}/policies/broken.md" in done.stdout
    assert "error unread: " in done.stdout


def test_a_folder_that_is_not_there_and_a_day_that_is_none_are_refused(tmp_path: Path) -> None:
    check_refused(check(tmp_path / "nowhere"), "no such file or folder")
    check_refused(check(KB, "--on", "soon"), "--on", "'soon' is no date")


def test_a_policy_with_a_colon_in_a_plain_text_is_told_how_to_write_it(folder: Path) -> None:
    policy = folder / "policies/returns.md"
    policy.write_text(POLICY.replace("reason: It is paid.", "reason: It is so: paid."))
    (folder / "actions.yaml").write_text("actions: [{kind: callback, title: Call back}]")
    done = check(folder, "--strict")
    (line,) = (text for text in done.stdout.splitlines() if "no-grant" not in text)
    assert line.startswith(f"{policy}:21: error unread: not YAML: mapping values")
    assert "put it in quotes, or below a line that ends in >-" in line


def test_two_editions_with_one_id_are_told_to_have_their_own(folder: Path) -> None:
    (folder / "policies/returns-2025.md").write_text(POLICY)
    done = check(folder)
    (line,) = (text for text in done.stdout.splitlines() if "already used" in text)
    assert line.endswith("a new edition has one too and names the old one in supersedes)")
