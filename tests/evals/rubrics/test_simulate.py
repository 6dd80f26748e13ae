"""`assist-evals simulate` on a home in which agents have worked, and on its service."""

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner, Result

from assist.cli import app as assist
from evals.cli import app
from evals.rubrics.grading import Scorecard
from evals.scripted_llm.server import ScriptedServer
from evals.simulating.results import Simulation
from tests.cli.commands import ASSIST, surroundings
from tests.evals.worked import INVENTED, Worked


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["simulate", *arguments])


def read(result: Result) -> Simulation:
    assert result.exit_code == 0, result.stderr
    return Simulation.model_validate_json(result.stdout)


def card_of(simulation: Simulation, case_id: str) -> Scorecard:
    return next(card for card in simulation.cards if card.conversation == case_id)


@pytest.fixture(scope="module")
def simulation(worked: Worked) -> Simulation:
    return read(simulate("--rubric", "email", "--home", str(worked.home), "--json"))


def test_each_ticket_is_looked_at_once_with_or_without_a_case(
    simulation: Simulation, worked: Worked
) -> None:
    looked_at = [card.conversation for card in simulation.cards]
    assert set(looked_at) > set(worked[1:])
    assert len(looked_at) == len(set(looked_at)) == 6
    assert sum(one.startswith("s-") for one in looked_at) == 1


def test_what_the_agent_invented_fails_and_is_quoted(
    simulation: Simulation, worked: Worked
) -> None:
    card = card_of(simulation, worked.edited)
    assert card.score == 0
    assert card.passed is False
    invented = card.answer("invented-policy")
    assert invented is not None
    assert (invented.answer, invented.quote) == ("yes", INVENTED)


def test_a_draft_that_was_sent_as_it_was_is_supported(
    simulation: Simulation, worked: Worked
) -> None:
    card = card_of(simulation, worked.accepted)
    facts, solved = card.answer("facts-supported"), card.answer("solved")
    assert facts is not None
    assert facts.state != "needs a person"
    assert facts.answer != "no"
    assert solved is not None
    assert (solved.answer, solved.reason) == ("yes", "solved, rated 4 of 5")


def test_what_was_handed_over_is_no_harm(simulation: Simulation, worked: Worked) -> None:
    missed = card_of(simulation, worked.handed_over).answer("danger-not-handed-over")
    assert missed is not None
    assert missed.answer == "no"


def test_what_nobody_can_tell_is_counted_and_not_guessed(simulation: Simulation) -> None:
    tone = next(item for item in simulation.items if item.item == "tone")
    assert (tone.answered, tone.needs_person, tone.shares) == (0, 6, {})
    assert all(card.failed == 0 for card in simulation.cards)


def test_so_many_as_are_asked_for(worked: Worked) -> None:
    few = read(simulate("--rubric", "chat", "--last", "2", "--home", str(worked.home), "--json"))
    assert few.conversations == 2


def test_a_page_for_people_tells_the_table_the_harm_and_what_differs(worked: Worked) -> None:
    result = CliRunner().invoke(
        app,
        ["simulate", "--rubric", "email", "--against", "chat", "--home", str(worked.home)],
        env={"COLUMNS": "160"},
    )
    assert result.exit_code == 0, result.stderr
    assert "E-mail scorecard 1.0 over 6 conversations: score" in result.stdout
    assert f"{worked.edited}  score 0: invented-policy: " in result.stdout
    assert "Against chat 1.0" in result.stdout
    assert "answers need a person" in result.stdout


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    """A model for every role, that says of each question that it does not apply."""
    with ScriptedServer(good=lambda _: '{"answer": "n.a.", "reason": "Nothing of it."}') as server:
        monkeypatch.setenv("ASSIST_LLM__BASE_URL", server.url)
        monkeypatch.setenv("ASSIST_LLM__MODEL", "drafter")
        yield server


def test_the_model_that_drafts_is_no_judge_unless_it_is_told_to_be(
    worked: Worked, model: ScriptedServer, tmp_path: Path
) -> None:
    asked = ("--rubric", "email", "--home", str(worked.home), "--last", "1", "--json")
    result = simulate(*asked)
    assert not model.requests
    assert "note: the judge is the model that drafts" in result.stderr
    told = read(simulate(*asked, "--judge-own-drafts", "--judge-cache", str(tmp_path)))
    tone = next(item for item in told.items if item.item == "tone")
    assert (tone.not_applicable, tone.needs_person) == (1, 0)
    assert model.requests


def test_another_model_judges_and_what_it_said_is_kept_in_the_home(
    worked: Worked, model: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_LLM__MODELS", '{"judge": "reader"}')
    asked = ("--rubric", "email", "--home", str(worked.home), "--last", "1", "--json")
    first = read(simulate(*asked))
    count = len(model.requests)
    assert count
    assert read(simulate(*asked)).cards == first.cards
    assert len(model.requests) == count
    assert list((worked.home / "judged").glob("*.json"))


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    result = simulate("--rubric", "chat", "--home", str(gone))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no home" in result.stderr
    assert not gone.exists()


class Served(NamedTuple):
    """The home's service, and files with keys of two roles."""

    url: str
    agent: Path
    qa: Path


@pytest.fixture(scope="module")
def served(worked: Worked, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("keys")
    keys = [_key(worked, folder, role) for role in ("agent", "qa")]
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [*ASSIST, "serve", "--port", str(port)],
        env=surroundings() | {"ASSIST_HOME": str(worked.home)},
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        assert server.stderr is not None
        told = f"listening on http://127.0.0.1:{port}\n"
        assert told in iter(server.stderr.readline, "")
        yield Served(f"http://127.0.0.1:{port}", *keys)
        server.terminate()
        server.communicate(timeout=60)


def _key(worked: Worked, folder: Path, role: str) -> Path:
    made = CliRunner().invoke(
        assist, ["keys", "create", "--role", role, "--home", str(worked.home)]
    )
    assert made.exit_code == 0, made.stderr
    file = folder / role
    file.write_text(made.stdout.split()[0] + "\n", encoding="utf-8")
    return file


def test_a_service_tells_its_cases_the_same_as_the_home(
    served: Served, simulation: Simulation, worked: Worked
) -> None:
    asked = ("--rubric", "email", "--url", served.url, "--json")
    found = read(simulate(*asked, "--key-file", str(served.agent)))
    assert {card.conversation for card in found.cards} == set(worked[1:])
    for card in found.cards:
        here = card_of(simulation, card.conversation)
        assert [(a.item, a.answer) for a in card.answers] == [
            (a.item, a.answer) for a in here.answers
        ]


def test_a_key_that_may_not_check_drafts_leaves_them_to_a_person_and_says_so(
    served: Served, worked: Worked
) -> None:
    asked = ("--rubric", "email", "--url", served.url, "--json")
    result = simulate(*asked, "--key-file", str(served.qa))
    assert "note: the key may not check drafts" in result.stderr
    invented = card_of(read(result), worked.edited).answer("invented-policy")
    assert invented is not None
    assert invented.state == "needs a person"


def test_the_home_is_read_beside_its_server(served: Served, worked: Worked) -> None:
    asked = ("--rubric", "chat", "--home", str(worked.home), "--json")
    assert read(simulate(*asked)).conversations == 6


@pytest.mark.parametrize(
    ("url", "said"),
    [("http://127.0.0.1:9", "does not answer"), ("no address", "no address")],
)
def test_a_service_that_is_not_there_is_said(url: str, said: str) -> None:
    result = simulate("--rubric", "chat", "--url", url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_a_service_that_wants_a_key_is_said(served: Served) -> None:
    result = simulate("--rubric", "chat", "--url", served.url)
    assert result.exit_code == 2
    assert "answered 401" in result.stderr
