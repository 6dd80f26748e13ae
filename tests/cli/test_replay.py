"""`assist replay` in a home with one case, before and after another policy was published."""

import asyncio
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner, Result

import assist
from assist.cli import app
from assist.service.indexing import silent
from assist.service.replaying import Replay
from assist.settings import Settings
from assist.wiring import opened
from tests.builders import NOW, a_ticket

TEMPLATE = Path(assist.__file__).parent / "template"
TICKET = a_ticket(
    "Please refund my order, I do not want it any more.",
    facts={"order.delivered_at": "2026-11-10"},
)


class Replays(NamedTuple):
    """What was printed with the same rules and with others; of what cannot be replayed too."""

    same: Result
    other: Result
    other_json: Result
    alone: Result
    case_id: str


@pytest.fixture(scope="module")
def replays(shared_folder: Path) -> Replays:
    home = shared_folder / "home"
    kb = Path(shutil.copytree(TEMPLATE, shared_folder / "kb"))
    with opened(Settings(home=home)) as desk:
        desk.ingest(kb, progress=silent)
        case = asyncio.run(desk.cases.open(TICKET, at=NOW)).case
        alone = asyncio.run(desk.suggest(a_ticket("How do I log in?", id="t-9"), at=NOW))
    same = run(home, case.suggestion_id)
    policy = kb / "policies" / "returns.md"
    policy.write_text(policy.read_text("utf-8").replace("<= 30", "<= 5"), "utf-8")
    with opened(Settings(home=home)) as desk:
        desk.ingest(kb, progress=silent)
    return Replays(
        same=same,
        other=run(home, case.id),
        other_json=run(home, case.id, "--json"),
        alone=run(home, alone.id),
        case_id=case.id,
    )


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["replay", *arguments, "--home", str(home)])


def test_the_same_ends_well_and_says_so(replays: Replays) -> None:
    assert replays.same.exit_code == 0, replays.same.stderr
    lines = replays.same.stdout.splitlines()
    assert lines[0].endswith(f"of case {replays.case_id}: ticket t-1, revision 1")
    assert lines[1:3] == ["made 2026-11-20 10:00 UTC at level agent", "Nothing differs."]
    assert "Other versions" not in replays.same.stdout


def test_what_differs_is_told_with_what_made_it_and_ends_with_1(replays: Replays) -> None:
    assert replays.other.exit_code == 1, replays.other.stderr
    told = replays.other.stdout
    assert "\nThese differ:\n  verdicts, by policy version\n" in told
    assert "\n    - i1, " in told
    assert "\n    + i1, " in told
    assert "\nOther versions serve now:\n  generation: g1-" in told
    assert "\n  policy version: " in told


def test_json_is_the_whole_replay(replays: Replays) -> None:
    found = Replay.model_validate_json(replays.other_json.stdout)
    assert (replays.other_json.exit_code, found.same, found.case_id) == (1, False, replays.case_id)
    assert {one.what: one.because for one in found.differences}["verdicts"] == "policy version"


def test_a_suggestion_of_no_case_ends_with_2_and_the_cure(replays: Replays) -> None:
    assert (replays.alone.exit_code, replays.alone.stdout) == (2, "")
    assert "no case keeps what suggestion" in replays.alone.stderr
    assert "POST /v1/cases" in replays.alone.stderr
