import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app
from assist.domain.knowledge import Generation
from assist.domain.proof import ProofLine
from assist.domain.solution import Action, Candidate
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict
from assist.service.explaining import NO_PROOF
from assist.service.policies import Kept
from assist.settings import Settings
from assist.web.examples import a_suggestion
from assist.wiring import kept
from tests.policies.rules import a_refund

PROOF = (
    ProofLine(part="asked", outcome="stated", text="refund of 120.00 GBP, asked at level agent"),
    ProofLine(
        part="clause",
        outcome="decides",
        text="The window is open.",
        clause_id="returns.window",
        because=("order.delivered_at is 2026-11-02: 18 days before 2026-11-20",),
    ),
    ProofLine(part="clause", outcome="fails", text="The device is worn.", clause_id="returns.worn"),
    ProofLine(part="requirement", outcome="unknown", text="whether it is safe"),
    ProofLine(part="authority", outcome="holds", text="120.00 GBP > 80.00 GBP"),
    ProofLine(part="conclusion", outcome="stated", text="needs approval of the team lead"),
)
LEAD = Verdict(value="needs_approval", level="lead", reason="above the limit")
ALLOWED = Verdict(value="allowed", reason="everybody may ask", clauses=("c.one",))


def a_candidate(candidate_id: str, title: str, *actions: Action, **fields: Any) -> Candidate:
    return Candidate(id=candidate_id, issue_id="i1", title=title, actions=actions, **fields)


def kept_suggestion(suggestion_id: str, *candidates: Candidate, version: str) -> Suggestion:
    return a_suggestion().model_copy(
        update={"id": suggestion_id, "candidates": candidates, "policy_version": version}
    )


REFUND = a_refund("120.00").model_copy(update={"verdict": LEAD, "proof": PROOF})
ASK = Action(kind="ask", verdict=ALLOWED, proof=PROOF[:1])
OLD = Action(kind="credit", verdict=ALLOWED)
VERSION = "5f0c21d4e9b7"
S_NOW = "suggestion 's-now'"


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Iterator[Path]:
    """A home in which one generation serves and three suggestions are kept."""
    home = shared_folder / "home"
    with kept(Settings(home=home)) as store:
        _fill(store)
        yield home


def _fill(store: Kept) -> None:
    generation = Generation(
        id="g3",
        number=3,
        fingerprint=VERSION * 5,
        embedder="none",
        chunking="none",
        created_at=datetime(2026, 11, 19, tzinfo=UTC),
        documents=0,
        passages=0,
    )
    store.knowledge.stage(generation, (), (), {})
    store.knowledge.publish(generation.id)
    two = (
        a_candidate("i1.c1", "Refund it", REFUND, verdict=LEAD, alternative_id="i1.c2"),
        a_candidate("i1.c2", "Ask first", ASK, ASK, verdict=ALLOWED),
    )
    store.suggestions.save(kept_suggestion("s-now", *two, version=VERSION))
    store.suggestions.save(kept_suggestion("s-before", *two, version="0123456789ab"))
    old = a_candidate("i1.c1", "Credit", OLD, verdict=ALLOWED)
    store.suggestions.save(kept_suggestion("s-old", old, version=VERSION))


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(
        app, ["explain", *arguments, "--home", str(home)], env={"COLUMNS": "80"}
    )


def printed(home: Path, *arguments: str) -> str:
    done = run(home, *arguments)
    assert done.exit_code == 0, done.stderr
    return str(done.stdout)


def test_a_candidate_is_explained_line_by_line(home: Path) -> None:
    assert printed(home, "s-now", "i1.c1").splitlines() == [
        "Suggestion s-now for ticket sample, revision 1",
        "made 2026-11-20 15:00 UTC, judged by version 5f0c21d4e9b7, generation g-5f0c21d4",
        "",
        "i1.c1  Refund it: needs approval (lead)",
        "  · asked      refund of 120.00 GBP, asked at level agent",
        "  ➤ rule       The window is open. [returns.window] (this decides)",
        "               - order.delivered_at is 2026-11-02: 18 days before 2026-11-20",
        "  ? must know  whether it is safe",
        "  ✓ authority  120.00 GBP > 80.00 GBP",
        "  · therefore  needs approval of the team lead",
        "  1 rule does not apply (--all shows it)",
        "  → instead Ask first (i1.c2): within your authority",
    ]


def test_rules_that_do_not_apply_are_shown_when_all_is_asked_for(home: Path) -> None:
    shown = printed(home, "s-now", "i1.c1", "--all").splitlines()

    assert "  ✗ rule       The device is worn. [returns.worn]" in shown
    assert not any("--all" in line for line in shown)


def test_without_a_candidate_all_are_explained_and_each_action_of_several_is_named(
    home: Path,
) -> None:
    shown = printed(home, "s-now").splitlines()

    assert "i1.c1  Refund it: needs approval (lead)" in shown
    assert "i1.c2  Ask first: within your authority" in shown
    assert shown.count("  ask: within your authority") == 2


def test_that_other_rules_serve_now_is_said(home: Path) -> None:
    said = (
        "Other rules serve now: version 5f0c21d4e9b7 of 2026-11-19, generation 3. "
        "They may judge otherwise."
    )

    assert said in printed(home, "s-before")
    assert "Other rules" not in printed(home, "s-now")


def test_a_suggestion_from_before_proofs_says_so_and_shows_the_verdict(home: Path) -> None:
    shown = printed(home, "s-old")

    assert NO_PROOF in " ".join(shown.split())
    assert "  · why        everybody may ask" in shown
    assert "  · clauses    c.one" in shown


def test_json_holds_the_proofs_and_both_versions(home: Path) -> None:
    found = json.loads(printed(home, "s-before", "i1.c1", "--json"))

    assert (found["policy_version"], found["serving"]["version"]) == ("0123456789ab", VERSION)
    (candidate,) = found["candidates"]
    assert [ProofLine.model_validate(line) for line in candidate["actions"][0]["proof"]] == list(
        PROOF
    )
    assert candidate["alternative"] == {
        "id": "i1.c2",
        "title": "Ask first",
        "verdict": ALLOWED.model_dump(mode="json"),
    }
    assert candidate["note"] == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("s-now", "i9.c9"),
            f"candidate: {S_NOW} has no candidate 'i9.c9' (its candidates are i1.c1, i1.c2)",
        ),
        (("s-none",), "there is no suggestion 's-none'"),
    ],
)
def test_what_is_not_there_is_one_line_with_the_cure(
    home: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = run(home, *arguments)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"error: {said}\n"
