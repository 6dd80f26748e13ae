"""`assist try-policies` for a company of one clause."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from assist.cli import app

POLICY = """\
---
id: returns
title: Returns
version: "1"
owner: Care
effective: 2026-01-01
purpose: A fair way back.
clauses:
  - id: returns.window
    type: standard
    actions: [refund]
    when: days_since(order.delivered_at) <= 30
    effect: allow
    reason: The 30-day window is open.
    text: A device can be returned within 30 days of delivery.
---
# Returns

A device can be returned within 30 days of delivery.
"""
FACTS = """\
facts:
  - {path: order.delivered_at, type: date, question: "When did the parcel arrive?", source: records}
  - {path: order.total, type: money}
  - {path: customer.region, type: choice, choices: [UK, US]}
"""
ACTIONS = """\
actions:
  - kind: refund
    title: Refund
    parameters: {total: {type: money}}
    cost_parameter: total
  - kind: callback
    title: Call back
    parameters: {at: {type: date}, urgent: {type: boolean}}
  - kind: settle
    title: Settle
    parameters: {price: {type: money}, fee: {type: money}}
"""
AUTHORITY = """\
approvers: {lead: the team lead}
grants:
  - {level: agent, action: refund, limit: [{amount: "80.00", currency: GBP}]}
  - {level: lead, action: refund}
  - {level: agent, action: callback}
  - {level: agent, action: settle}
"""
REFUND = "refund:amount=50,currency=GBP"
DEFAULTS = (
    "packaged defaults stand in for categories.yaml, sla.yaml, escalation.yaml, "
    "ticket_template.yaml\n"
)


def a_company(root: Path) -> Path:
    """A company of one clause, written into this folder."""
    (root / "policies").mkdir(parents=True)
    (root / "policies/returns.md").write_text(POLICY, encoding="utf-8")
    for name, text in (("facts", FACTS), ("actions", ACTIONS), ("authority", AUTHORITY)):
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


def run(*arguments: object, stdin: str | None = None) -> Result:
    """The command, however it ends."""
    return CliRunner().invoke(
        app, ["try-policies", *map(str, arguments)], input=stdin, env={"COLUMNS": "100"}
    )


def printed(kb: Path, *arguments: object, **options: Any) -> str:
    """What the command prints for 20 November 2026, all being well."""
    done = run(kb, "--date", "2026-11-20", *arguments, **options)
    assert done.exit_code == 0, done.stderr
    assert done.stderr == DEFAULTS
    return str(done.stdout)


def refused(*arguments: object, stdin: str | None = None) -> str:
    """The one line on stderr of a command that ends with 2."""
    done = run(*arguments, stdin=stdin)
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    return str(line).removeprefix("error: ")


def judged(kb: Path, *arguments: object, **options: Any) -> dict[str, Any]:
    """The same as JSON."""
    found: dict[str, Any] = json.loads(printed(kb, "--json", *arguments, **options))
    return found
