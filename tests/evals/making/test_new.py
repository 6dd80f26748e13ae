"""`assist-evals new --from-case`: what a decision settles, and nothing of the customer's."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evals.cases import EvalCase, load_cases
from evals.cli import app
from tests.evals.worked import SECRETS, Worked


def new(worked: Worked, case_id: str, *arguments: str) -> Result:
    asked = ["new", "--from-case", case_id, "--home", str(worked.home)]
    return CliRunner().invoke(app, [*asked, *arguments])


@pytest.fixture(scope="module")
def made(worked: Worked, tmp_path_factory: pytest.TempPathFactory) -> dict[str, EvalCase]:
    """A case of each way to decide, read back as any case is read."""
    folder = tmp_path_factory.mktemp("made")
    ways = ("edited", "accepted", "handed_over", "chosen")
    for way in ways:
        done = new(worked, getattr(worked, way), "--out", str(folder / f"{way}.yaml"))
        assert done.exit_code == 0, done.stderr
    return {way: load_cases(folder)[at] for at, way in enumerate(sorted(ways))}


def test_a_case_of_a_decision_is_read_and_says_that_nobody_has_reviewed_it(
    made: dict[str, EvalCase],
) -> None:
    for case in made.values():
        assert case.provenance == "decided-case"
        assert case.review is None
        assert "decided-case" in case.tags


def test_nothing_that_says_who_it_was_is_in_the_file(worked: Worked) -> None:
    text = new(worked, worked.edited).stdout
    assert not [secret for secret in SECRETS if secret in text]
    assert "<NAME_1>" in text
    assert "<EMAIL_1>" in text


def test_what_was_known_then_comes_with_the_ticket(made: dict[str, EvalCase]) -> None:
    ticket = made["edited"].ticket
    assert ticket.customer.region == "US"
    assert (ticket.customer.id, ticket.customer.name, ticket.metadata) == ("someone", None, {})
    assert ticket.facts["order.delivered_at"] == "2026-11-10"


def test_what_was_gone_with_is_acceptable(made: dict[str, EvalCase]) -> None:
    assert made["chosen"].expect.acceptable == ("refund",)
    assert "none" in made["accepted"].expect.acceptable
    assert "refund" not in made["accepted"].expect.acceptable
    assert made["accepted"].expect.outcome == "answer"


def test_what_was_handed_over_needs_it_and_what_was_solved_alone_does_not(
    made: dict[str, EvalCase],
) -> None:
    handed, solved, open_ = (
        made[way].expect.escalation for way in ("handed_over", "accepted", "chosen")
    )
    assert handed is not None
    assert handed.needed
    assert "legal" in handed.codes
    assert handed.path is not None
    assert handed.path.team
    assert solved is not None
    assert not solved.needed
    assert open_ is None


def test_what_the_sent_text_quotes_is_gold(made: dict[str, EvalCase]) -> None:
    expect = made["accepted"].expect
    assert expect.documents == ("reset-password",)
    assert expect.gold
    assert all(ref.startswith("reset-password") for ref in expect.gold)
    assert set(expect.gold.values()) == {3}


def test_what_cannot_be_known_is_left_out(made: dict[str, EvalCase]) -> None:
    for case in made.values():
        expect = case.expect
        assert (expect.priority, expect.says, expect.never_says) == ((), (), ())
    assert made["handed_over"].expect.category is None


def test_a_case_that_nobody_decided_on_makes_none(worked: Worked) -> None:
    result = new(worked, worked.undecided)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nobody has decided on it yet" in result.stderr


def test_an_unknown_case_and_a_home_that_is_not_there_are_said(
    worked: Worked, tmp_path: Path
) -> None:
    assert "case-9" in new(worked, "case-9").stderr
    gone = tmp_path / "gone"
    result = CliRunner().invoke(app, ["new", "--from-case", "case-1", "--home", str(gone)])
    assert result.exit_code == 2
    assert not gone.exists()


def test_nobodys_file_is_written_over(worked: Worked, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("mine", encoding="utf-8")
    result = new(worked, worked.accepted, "--out", str(file))
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert file.read_text(encoding="utf-8") == "mine"
