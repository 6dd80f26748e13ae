"""`assist try-policies`: actions are judged, proven and shown, or given as JSON."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.adapters.documents import DocumentSource
from assist.domain.knowledge import Generation
from assist.settings import Settings
from assist.wiring import kept
from tests.cli.commands import surroundings
from tests.cli.trying import (
    ACTIONS,
    AUTHORITY,
    DEFAULTS,
    FACTS,
    POLICY,
    REFUND,
    a_company,
    judged,
    printed,
    refused,
    run,
)

# test_try_policies_words.py takes these from here.
__all__ = ["ACTIONS", "AUTHORITY", "DEFAULTS", "FACTS", "POLICY"]

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def kb(shared_folder: Path) -> Path:
    return a_company(shared_folder / "kb")


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """An order that was delivered within the window."""
    file = tmp_path / "facts.json"
    file.write_text('{"order": {"delivered_at": "2026-11-02"}}', encoding="utf-8")
    return file


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


def test_an_amount_may_name_its_parameter_and_its_currency(kb: Path, facts: Path) -> None:
    actions = ("refund:total=50 GBP", "refund:total=50,currency=GBP", REFUND)

    found = [judged(kb, "--facts", facts, "--action", action) for action in actions]

    assert found[0] == found[1] == found[2]
    both = judged(kb, "--action", "settle:price=5,fee=2 GBP,currency=GBP")["actions"][0]["action"]
    assert both["parameters"] == {
        "price": {"amount": "5", "currency": "GBP"},
        "fee": {"amount": "2", "currency": "GBP"},
    }


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
