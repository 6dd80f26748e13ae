import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assist.adapters.documents import DocumentSource
from assist.cli import app
from assist.domain.knowledge import Generation
from assist.settings import Settings
from assist.wiring import kept
from tests.cli.commands import surroundings

ROOT = Path(__file__).parent.parent.parent
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


@pytest.fixture(scope="module")
def kb(shared_folder: Path) -> Path:
    """A company of one clause."""
    root = shared_folder / "kb"
    (root / "policies").mkdir(parents=True)
    (root / "policies/returns.md").write_text(POLICY, encoding="utf-8")
    for name, text in (("facts", FACTS), ("actions", ACTIONS), ("authority", AUTHORITY)):
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """An order that was delivered within the window."""
    file = tmp_path / "facts.json"
    file.write_text('{"order": {"delivered_at": "2026-11-02"}}', encoding="utf-8")
    return file


def run(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(
        app, ["try-policies", *map(str, arguments)], input=stdin, env={"COLUMNS": "100"}
    )


def printed(kb: Path, *arguments: object, **options: Any) -> str:
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
    found: dict[str, Any] = json.loads(printed(kb, "--json", *arguments, **options))
    return found


def test_an_action_is_shown_with_its_proof_and_its_verdict(kb: Path, facts: Path) -> None:
    shown = printed(kb, "--facts", facts, "--action", REFUND)

    lines = shown.splitlines()
    assert lines[0] == f"Judged for 2026-11-20 at level agent, by {kb} as it is now, not published"
    assert lines[2] == "refund (total: 50.00 GBP): within your authority"
    assert lines[3].startswith("  · asked")
    assert "18 days before 2026-11-20" in shown
    assert lines[-1].startswith("  ➤ therefore  allowed")
    assert "instead" not in shown
    assert "ask:" not in shown


def test_what_is_beyond_the_level_names_who_may_and_what_may_be_done_instead(
    kb: Path, facts: Path
) -> None:
    shown = printed(kb, "--facts", facts, "--action", "refund:amount=120,currency=GBP")

    assert "refund (total: 120.00 GBP): needs approval (lead)" in shown
    assert "Approved by: the team lead" in shown
    assert "  → instead refund (total: 80.00 GBP): " in shown


def test_facts_that_are_missing_are_asked_for(kb: Path) -> None:
    shown = printed(kb, "--action", REFUND)

    assert "refund (total: 50.00 GBP): depends on missing facts" in shown
    assert "ask: When did the parcel arrive? [order.delivered_at, from the records]" in shown


def test_several_actions_are_shown_each_and_together(kb: Path, facts: Path) -> None:
    shown = printed(kb, "--facts", facts, "--action", REFUND, "--action", REFUND)

    assert shown.count("refund (total: 50.00 GBP): within your authority") == 2
    assert "All together: needs approval (lead)" in shown


def test_json_holds_the_whole_answer(kb: Path, facts: Path) -> None:
    found = judged(kb, "--facts", facts, "--action", REFUND, "--action", "callback:at=2026-11-21")

    assert found["verdict"]["value"] == "allowed"
    assert [one["action"]["kind"] for one in found["actions"]] == ["refund", "callback"]
    assert found["actions"][1]["action"]["parameters"] == {"at": "2026-11-21"}
    assert found["version"] == "unpublished"


def test_facts_may_come_from_stdin(kb: Path) -> None:
    given = '{"order.delivered_at": "2026-10-20"}'

    assert judged(kb, "--facts", "-", "--action", REFUND, stdin=given)["verdict"]["value"] == (
        "needs_approval"
    )


def test_the_level_and_the_region_can_be_given(kb: Path, facts: Path) -> None:
    found = judged(
        kb, "--facts", facts, "--level", "lead", "--region", "UK",
        "--action", "refund:amount=120,currency=GBP",
    )  # fmt: skip

    assert (found["verdict"]["value"], found["scope"]["region"]) == ("allowed", "UK")


def test_earlier_grants_are_read_from_a_file(kb: Path, facts: Path, tmp_path: Path) -> None:
    granted = tmp_path / "granted.json"
    granted.write_text('[{"action": "refund", "at": "2026-10-01"}]', encoding="utf-8")

    found = judged(kb, "--facts", facts, "--granted", granted, "--action", REFUND)

    assert found["verdict"]["value"] == "allowed"
    granted.write_text(
        '[{"action": "refund", "amount": "50.00 GBP", "at": "2026-10-01"}]', encoding="utf-8"
    )
    found = judged(kb, "--facts", facts, "--granted", granted, "--action", REFUND)
    assert found["verdict"]["value"] == "allowed"
    granted.write_text('[{"action": "refund", "at": "soon"}]', encoding="utf-8")
    told = refused(
        kb, "--date", "2026-11-20", "--granted", granted, "--action", REFUND
    )  # fmt: skip
    assert told.startswith("granted.0.at")


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("refnd", "there is no action 'refnd' (did you mean refund?)"),
        ("refund:amount=120", "120 has no currency (name it, e.g. 120 GBP)"),
        ("refund:amount=90.00EUR", "'90.00EUR' is no amount (write amount=90.00,currency=EUR)"),
        ("refund:total=9gbp", "'9gbp' is no amount (write total=9,currency=GBP)"),
        ("refund:amount=-1,currency=GBP", "-1 is negative (give it as a positive amount)"),
        ("refund:amount=x,currency=GBP", "'x GBP' is no amount (write e.g. 49.90 USD)"),
        ("refund:amount=1,currency=gbp", "'gbp' is no ISO 4217 currency (did you mean GBP?)"),
        ("refund:currency=GBP", "GBP without an amount (give the amount too, or leave"),
        ("refund:totl=1 GBP", "refund has no parameter 'totl' (did you mean total?)"),
        ("refund:amount", "'amount' in 'refund:amount' is no name=value (write e.g. refund:"),
        ("refund:total=1 GBP,total=2 GBP", "'total' stands twice in 'refund:total=1 GBP,total=2"),
        ("settle:amount=1,currency=GBP", "settle has no parameter 'amount'"),
        ("callback:urgent=yes", "'yes' is neither true nor false (write true or false)"),
        ("ask:amount=1", "ask has no parameters (write ask)"),
    ],
)
def test_what_is_wrong_with_an_action_is_one_line_with_the_cure(
    kb: Path, action: str, said: str
) -> None:
    told = refused(kb, "--date", "2026-11-20", "--action", action)

    assert told.startswith(f"--action: {said}")


def test_a_date_that_is_wrong_for_its_parameter_is_named(kb: Path) -> None:
    told = refused(kb, "--date", "2026-11-20", "--action", "callback:at=soon")

    assert told.startswith('actions.0.parameters.at: "soon" is no date (give a date in quotes')


def test_an_amount_may_name_its_parameter_and_its_currency(kb: Path, facts: Path) -> None:
    actions = ("refund:total=50 GBP", "refund:total=50,currency=GBP", REFUND)

    found = [judged(kb, "--facts", facts, "--action", action) for action in actions]

    assert found[0] == found[1] == found[2]
    both = judged(kb, "--action", "settle:price=5,fee=2 GBP,currency=GBP")["actions"][0]["action"]
    assert both["parameters"] == {
        "price": {"amount": "5", "currency": "GBP"},
        "fee": {"amount": "2", "currency": "GBP"},
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"order.deliverd_at": "2026-11-02"}', "facts.order.deliverd_at: the fact"),
        ('{"order.delivered_at": 5}', "facts.order.delivered_at: 5 is no date"),
        ('{"customer.region": "FR"}', 'facts.customer.region: "FR" is no choice (give one of UK'),
        ("{", "--facts: - is not JSON"),
        ("[]", "--facts: - holds no JSON object of facts by path"),
    ],
)
def test_facts_that_cannot_be_read_are_one_line_with_the_cure(
    kb: Path, text: str, said: str
) -> None:
    told = refused(
        kb, "--date", "2026-11-20", "--action", REFUND, "--facts", "-", stdin=text
    )  # fmt: skip

    assert told.startswith(said)


def test_options_that_are_missing_or_wrong_are_named(kb: Path, tmp_path: Path) -> None:
    day, action = ("--date", "2026-11-20"), ("--action", REFUND)

    assert refused(kb, *action).startswith("--date: is missing (e.g. --date 2026-11-20")
    assert refused(kb, *day).startswith("--action: is missing")
    assert refused(kb, "--date", "20.11.2026", *action) == (
        "--date: '20.11.2026' is no date (write it as 2026-11-20)"
    )
    assert refused(kb, *day, *action, "--level", "boss").startswith("level: there is no level")
    missing = refused(kb, *day, *action, "--facts", tmp_path / "none.json")
    assert missing.startswith("--facts: ")
    assert "No such file" in missing
    assert refused(kb, *day, *action, "--facts", "-", "--granted", "-").startswith("--granted: ")
    assert refused(tmp_path / "none", *day, *action).endswith("(give a path that exists)")


def test_a_policy_that_cannot_be_read_is_refused_with_its_line(kb: Path, tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    broken = POLICY.replace("days_since(order.delivered_at)", "days_since(order.delivered)")
    (policies / "returns.md").write_text(broken, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "actions.yaml").write_text(ACTIONS, encoding="utf-8")
    (tmp_path / "authority.yaml").write_text(AUTHORITY, encoding="utf-8")

    told = refused(tmp_path, "--date", "2026-11-20", "--action", REFUND)

    assert "returns.md:12" in told
    assert "'order.delivered' is not declared" in told


def test_without_a_folder_the_rules_that_serve_in_the_home_are_tried(
    kb: Path, facts: Path, shared_folder: Path
) -> None:
    home = shared_folder / "home"
    reading = DocumentSource().read(kb, None)
    generation = Generation(
        id="g1",
        number=1,
        fingerprint="5f0c21d4e9b7" * 5,
        embedder="none",
        chunking="none",
        created_at=datetime(2026, 11, 19, tzinfo=UTC),
        documents=1,
        passages=0,
    )
    asked = ("--date", "2026-11-20", "--facts", facts, "--action", REFUND, "--home", home)
    assert refused(*asked).startswith("nothing has been ingested yet")
    with kept(Settings(home=home)) as store:
        store.knowledge.stage(generation, reading.documents, (), reading.files)
        store.knowledge.publish(generation.id)

    done = run(*asked)

    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(
        "Judged for 2026-11-20 at level agent, by version 5f0c21d4e9b7 of 2026-11-19, generation 1"
    )


def test_a_folder_is_tried_without_a_home_a_model_or_an_index(kb: Path, tmp_path: Path) -> None:
    arguments = ["try-policies", str(kb), "--date", "2026-11-20", "--action", "callback"]
    program = (
        "import sys; from assist.cli import app\n"
        f"app({arguments!r}, standalone_mode=False)\n"
        "loaded = {'torch', 'sentence_transformers', 'langgraph', 'sklearn'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=surroundings() | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "within your authority" in done.stdout
    assert list(tmp_path.iterdir()) == []
