"""The words of `assist try-policies`: who knows, who approves, what is left out."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assist.cli import app
from tests.cli.test_try_policies import ACTIONS, AUTHORITY, DEFAULTS, FACTS, POLICY

CLAUSES = """\
  - id: returns.worn
    type: standard
    actions: [refund]
    when: device.hours > 30
    effect: forbid
    reason: The device is worn.
    text: A device that ran for more than 30 hours stays.
  - id: returns.most
    type: standard
    actions: [settle]
    effect: limit
    limit: [{amount: "50.00", currency: GBP}]
    reason: Above this we want to know why.
    text: A settlement is at most 50.00 GBP.
---
"""
PROSE = "A device that ran for more than 30 hours stays. A settlement is at most 50.00 GBP."
HOURS = """\
  - {path: device.hours, type: number, question: "How long did it run?", source: colleague}
"""


@pytest.fixture(scope="module")
def kb(shared_folder: Path) -> Path:
    """A company with a fact that a colleague knows, a limit, and a file that nobody reads."""
    root = shared_folder / "words"
    (root / "policies").mkdir(parents=True)
    policy = POLICY.replace("---\n# Returns", f"{CLAUSES}# Returns") + PROSE + "\n"
    (root / "policies/returns.md").write_text(policy, encoding="utf-8")
    (root / "stray.yaml").write_text("- 1\n", encoding="utf-8")
    for name, text in (("facts", FACTS + HOURS), ("actions", ACTIONS), ("authority", AUTHORITY)):
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def printed(kb: Path, *arguments: Any, facts: str = "{}") -> str:
    asked = ["try-policies", kb, "--date", "2026-11-20", "--facts", "-", *arguments]
    done = CliRunner().invoke(app, [*map(str, asked)], input=facts, env={"COLUMNS": "100"})
    assert (done.exit_code, done.stderr) == (0, DEFAULTS)
    return str(done.stdout)


REFUND = ("--action", "refund:amount=50,currency=GBP")
IN_TIME = '{"order.delivered_at": "2026-11-02", "device.hours": 30}'


def test_a_fact_is_asked_from_a_colleague(kb: Path) -> None:
    assert "ask: How long did it run? [device.hours, from a colleague]" in printed(kb, *REFUND)


def test_rules_that_do_not_apply_are_counted_and_shown_with_all(kb: Path) -> None:
    short = printed(kb, *REFUND, facts=IN_TIME)
    whole = printed(kb, *REFUND, "--all", facts=IN_TIME)

    assert short.splitlines()[-1] == "  1 rule does not apply (--all shows it)"
    assert "returns.worn" not in short
    assert "✗ rule       returns.worn (standard) forbids it" in whole
    assert "- device.hours is 30\n" in whole
    assert "--all" not in whole


def test_at_the_top_a_second_of_that_level_approves(kb: Path) -> None:
    settle = ("--action", "settle:price=40 GBP,fee=20 GBP")

    shown = printed(kb, *settle, "--level", "manager")

    assert "Approved by: a second manager" in shown
    assert "therefore  needs the approval of a second manager: Above this" in shown
    assert "Approved by: the team lead" in printed(
        kb, "--action", "refund:amount=90,currency=GBP", facts=IN_TIME
    )
