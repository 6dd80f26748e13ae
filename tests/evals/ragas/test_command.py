"""`assist-evals ragas` over a run that was kept."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner, Result

from assist.errors import BadInput
from evals.cli import app
from evals.ragas_run.names import (
    FAITHFULNESS,
    ID_PRECISION,
    ID_RECALL,
    JUDGED,
    MODEL_FREE,
    TEXT_RECALL,
)
from evals.scripted_llm.server import ScriptedServer
from evals.suites import ROOT, load_suite
from tests.evals.ragas.judging import Script

DATA = ROOT / "tests" / "data" / "evals"
GOLD = {"filter-change": 3}


def called(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a suite of its own, whose first case names gold, and a run of it in `run`."""
    folder = tmp_path_factory.mktemp("kept")
    shutil.copytree(DATA / "cases", folder / "cases")
    shutil.copytree(DATA / "kb", folder / "kb")
    first = folder / "cases" / "1-filter-how-to.yaml"
    case = yaml.safe_load(first.read_text("utf-8"))
    case["expect"]["gold"] = GOLD
    first.write_text(yaml.safe_dump(case), "utf-8")
    set_suite(folder)
    done = called("run", "jug", "--suites", f"{folder}/suites.yaml", "--out", f"{folder}/run")
    assert done.exit_code == 0, done.output
    return folder


def set_suite(folder: Path, **fields: Any) -> None:
    suite = {"corpus": str(folder / "kb"), "cases": str(folder / "cases")} | fields
    (folder / "suites.yaml").write_text(yaml.safe_dump({"suites": {"jug": suite}}), "utf-8")


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    shutil.copytree(kept, tmp_path, dirs_exist_ok=True)
    set_suite(tmp_path)
    return tmp_path


def ragas(folder: Path, *more: str) -> Result:
    return called("ragas", f"{folder}/run", "--suites", f"{folder}/suites.yaml", *more)


def told(folder: Path, *more: str) -> dict[str, Any]:
    done = ragas(folder, "--json", *more)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def judging(
    monkeypatch: pytest.MonkeyPatch, folder: Path, script: Script | None = None
) -> Iterator[ScriptedServer]:
    with ScriptedServer(good=script or Script()) as server:
        monkeypatch.setenv("ASSIST_LLM__BASE_URL", server.url)
        monkeypatch.setenv("ASSIST_LLM__MODEL", "drafts")
        monkeypatch.setenv("ASSIST_LLM__MODELS", '{"judge": "judges"}')
        monkeypatch.setenv("ASSIST_LLM__FORM", "schema")
        monkeypatch.setenv("ASSIST_HOME", str(folder / "home"))
        yield server


def test_metrics_that_ask_no_model_are_scored_case_by_case(folder: Path) -> None:
    found = told(folder)
    scores = {one["case_id"]: one["scores"] for one in found["results"]}
    assert set(scores["filter-how-to"]) == set(MODEL_FREE)
    assert scores["filter-how-to"][ID_RECALL]["value"] == 1.0
    assert scores["filter-how-to"][TEXT_RECALL]["value"] == 1.0
    # the other passage of the two is found as well
    assert scores["filter-how-to"][ID_PRECISION]["value"] == 0.5
    assert scores["foreign-question"][ID_RECALL]["value"] is None
    assert found["judge"] is None
    assert {one["scorer"]: one["n"] for one in found["summaries"]} == dict.fromkeys(MODEL_FREE, 1)


def test_a_person_reads_a_table_and_a_file_holds_all(folder: Path) -> None:
    done = ragas(folder, "--out", f"{folder}/ragas.json")
    assert done.exit_code == 0, done.output
    assert "ragas 0.4.3, no judge" in " ".join(done.output.split())
    assert ID_RECALL in done.output
    assert json.loads((folder / "ragas.json").read_text("utf-8"))["suite"] == "jug"


def test_a_judge_is_named_and_its_replies_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with judging(monkeypatch, folder) as server:
        first = told(folder, "--judge")
        assert first["judge"] == "judges"
        assert {one["scorer"] for one in first["summaries"]} == {*MODEL_FREE, *JUDGED}
        asked = len(server.requests)
        assert asked > 0
        assert told(folder, "--judge")["results"] == first["results"]
        assert len(server.requests) == asked
    assert list((folder / "home" / "ragas-judged").iterdir())


def test_a_failure_stands_in_the_table_with_its_reason(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with judging(monkeypatch, folder, Script(changed={"classifications": "{}"})):
        output = " ".join(ragas(folder, "--judge").output.split())
    assert "ragas_context_recall: the metric failed" in output


def test_a_judge_that_nobody_set_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSIST_LLM__BASE_URL", raising=False)
    done = ragas(folder, "--judge")
    assert done.exit_code == 2
    assert "no model is set that could judge" in done.output


def test_a_model_does_not_judge_its_own_drafts_unasked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "run" / "run.json"
    run = json.loads(file.read_text("utf-8"))
    run["versions"]["models"] = {"draft": "judges", "judge": "judges"}
    for result in run["results"]:
        result["suggestion"]["mode"] = "llm"
    file.write_text(json.dumps(run), "utf-8")
    with judging(monkeypatch, folder):
        refused = ragas(folder, "--judge")
        assert refused.exit_code == 2
        assert "judges drafted what it is to judge" in refused.output
        found = told(folder, "--judge", "--judge-own-drafts")
    assert found["drafter"] == "judges"
    assert found["notes"][0].startswith("judges judged its own drafts")


def test_personal_data_is_hidden_from_the_judge(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "run" / "cases.json"
    cases = json.loads(file.read_text("utf-8"))
    for case in cases:
        case["ticket"]["messages"][0]["text"] += " I am Ana Lima, ana@example.org."
        case["ticket"]["customer"] = {"name": "Ana Lima"}
    file.write_text(json.dumps(cases), "utf-8")
    with judging(monkeypatch, folder) as server:
        told(folder, "--judge")
        sent = b"\n".join(server.requests)
    assert b"red drop" in sent
    assert b"Ana Lima" not in sent
    assert b"ana@example.org" not in sent


def test_people_and_a_metric_are_compared(folder: Path) -> None:
    labels = folder / "labels.csv"
    labels.write_text(f"case,metric,good\nfilter-how-to,{ID_RECALL},yes\n", "utf-8")
    (found,) = told(folder, "--labels", str(labels))["agreement"]
    assert (found["metric"], found["labels"], found["share"]) == (ID_RECALL, 1, 1.0)
    assert "beside people's labels" in ragas(folder, "--labels", str(labels)).output


def test_a_threshold_that_is_missed_shuts_the_gate(folder: Path) -> None:
    set_suite(folder, ragas={ID_RECALL: 1.0})
    assert ragas(folder).exit_code == 0
    set_suite(folder, ragas={ID_PRECISION: 0.9})
    assert ragas(folder).exit_code == 1


def test_a_judged_threshold_is_refused_unless_the_suite_says_that_a_judge_may_gate(
    folder: Path,
) -> None:
    set_suite(folder, ragas={FAITHFULNESS: 0.5})
    with pytest.raises(BadInput, match="judge_may_gate does not say true"):
        load_suite("jug", folder / "suites.yaml")
    set_suite(folder, ragas={FAITHFULNESS: 0.5}, judge_may_gate=True)
    done = ragas(folder)
    assert done.exit_code == 1  # nobody was asked: a gate does not open by itself


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ragas": {"ragas_recal": 0.5}}, "ragas has no metric 'ragas_recal'"),
        ({"thresholds": {ID_RECALL: 0.5}}, "stands under ragas"),
    ],
)
def test_a_suite_that_names_a_metric_wrongly_is_said(
    folder: Path, fields: dict[str, Any], said: str
) -> None:
    set_suite(folder, **fields)
    with pytest.raises(BadInput, match=said):
        load_suite("jug", folder / "suites.yaml")


def test_a_run_without_its_cases_is_said(folder: Path) -> None:
    (folder / "run" / "cases.json").unlink()
    done = ragas(folder)
    assert done.exit_code == 2
    assert "is not kept beside the run" in " ".join(done.output.split())


def test_a_corpus_that_changed_is_said(folder: Path) -> None:
    article = folder / "kb" / "articles" / "filter.md"
    article.write_text(article.read_text("utf-8") + "\nNew words.\n", "utf-8")
    done = ragas(folder)
    assert done.exit_code == 2
    assert "the corpus is not the one it was run over" in " ".join(done.output.split())
