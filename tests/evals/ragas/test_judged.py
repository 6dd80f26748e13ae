"""ragas' metrics with a judge over real HTTP: their numbers, their failures, what is kept."""

import asyncio
import json
from pathlib import Path

import pytest

from assist.domain.evaluation import CaseScore
from evals import ragas_scores
from evals.ragas_run.judge import Judge
from evals.ragas_run.names import FAITHFULNESS, JUDGED, NOISE, PRECISION, RECALL, RELEVANCY
from tests.evals.ragas.builders import FOUND, REFERENCE, a_sample
from tests.evals.ragas.judging import Script, a_judge
from tests.fake_embedder import ToyEmbedder

FAIR = Script(
    hold={FOUND[0]: ("one", "two"), FOUND[1]: (), REFERENCE.split(".")[0]: ("one",)},
    helps=(FOUND[1],),
)
GARBLED = ("not JSON at all", '{"other": 1}', '{"verdict": NaN}', "")


def asked(judge: Judge) -> dict[str, CaseScore]:
    measured = ragas_scores.judged(judge, ToyEmbedder())
    return asyncio.run(ragas_scores.scored(a_sample(), measured))


def judged(folder: Path, script: Script = FAIR, behavior: str = "good") -> dict[str, CaseScore]:
    with a_judge(folder, script, behavior) as (judge, _):
        return asked(judge)


def test_the_metrics_are_what_can_be_reckoned_from_the_verdicts(tmp_path: Path) -> None:
    found = judged(tmp_path)
    assert {name: score.failed for name, score in found.items()} == dict.fromkeys(JUDGED, False)
    values = {name: score.value for name, score in found.items()}
    # faithfulness: both of two statements hold in what was found, shown as one text
    # relevancy: the question made up for the reply is the customer's, and so is its vector
    # context precision: the second of two passages helps: 1/2; recall: one of two attributed
    # noise: both statements rest on the first passage, the reference denies one of them: 1 - 1/2
    by_hand = {FAITHFULNESS: 1.0, RELEVANCY: 1.0, PRECISION: 0.5, RECALL: 0.5, NOISE: 0.5}
    assert values == pytest.approx(by_hand, abs=1e-6)


def test_a_statement_that_nothing_holds_lowers_faithfulness(tmp_path: Path) -> None:
    found = judged(tmp_path, Script(hold={FOUND[0]: ("one",)}))
    assert found[FAITHFULNESS].value == 0.5


def test_a_reply_that_evades_is_not_relevant(tmp_path: Path) -> None:
    assert judged(tmp_path, Script(noncommittal=1))[RELEVANCY].value == 0.0


@pytest.mark.parametrize("text", GARBLED)
@pytest.mark.parametrize(
    ("field", "metrics"),
    [
        ("verdict", {FAITHFULNESS, PRECISION, NOISE}),
        ("noncommittal", {RELEVANCY}),
        ("attributed", {RECALL}),
    ],
)
def test_a_reply_that_cannot_be_read_is_a_counted_failure_of_its_metrics_alone(
    tmp_path: Path, text: str, field: str, metrics: set[str]
) -> None:
    found = judged(tmp_path, Script(hold=FAIR.hold, changed={field: text}))
    assert {name for name, score in found.items() if score.failed} == metrics
    assert {found[name].value for name in metrics} == {0.0}
    assert all(found[name].explanation.startswith("the metric failed: ") for name in metrics)


def test_a_list_of_nothing_is_a_failure_and_not_a_number(tmp_path: Path) -> None:
    found = judged(tmp_path, Script(attributed=(), changed={"statements": '{"statements": []}'}))
    assert {name for name, score in found.items() if score.failed} == {FAITHFULNESS, RECALL, NOISE}


def test_a_verdict_that_is_neither_yes_nor_no_is_a_failure(tmp_path: Path) -> None:
    found = judged(tmp_path, Script(attributed=(1, 0, -1)))
    assert found[RECALL].failed
    assert "the reply says -1, not 0 or 1" in found[RECALL].explanation


def test_a_judge_that_leaves_out_a_statement_raises_no_score(tmp_path: Path) -> None:
    one = json.dumps({"statements": [{"statement": "one", "reason": "r", "verdict": 1}]})
    found = judged(tmp_path, Script(changed={"verdict": one}))
    assert found[FAITHFULNESS].failed
    assert "gave 1 verdicts on 2 statements" in found[FAITHFULNESS].explanation


@pytest.mark.parametrize("behavior", ["broken_for_ever", "no_headers", "stall_in_stream"])
def test_a_judge_that_breaks_or_stalls_is_a_failure_of_every_metric(
    tmp_path: Path, behavior: str
) -> None:
    found = judged(tmp_path, behavior=behavior)
    assert {name: (one.value, one.failed) for name, one in found.items()} == dict.fromkeys(
        JUDGED, (0.0, True)
    )


def test_a_second_run_asks_nothing_and_finds_the_same(tmp_path: Path) -> None:
    first = judged(tmp_path)
    with a_judge(tmp_path, FAIR) as (judge, server):
        assert asked(judge) == first
        assert server.requests == []


def test_a_run_that_was_cut_asks_only_for_what_is_missing(tmp_path: Path) -> None:
    with a_judge(tmp_path / "whole", FAIR) as (judge, server):
        whole = asked(judge)
        needed = len(server.requests)
    kept = sorted((tmp_path / "whole").iterdir())
    kept[0].unlink()
    kept[1].write_text('{"statements": [', "utf-8")
    with a_judge(tmp_path / "whole", FAIR) as (judge, server):
        assert asked(judge) == whole
        assert len(server.requests) == 2
    assert needed == len(kept)


def test_a_failure_is_not_kept_and_is_asked_again(tmp_path: Path) -> None:
    assert judged(tmp_path, behavior="broken_for_ever")[RECALL].failed
    assert judged(tmp_path)[RECALL].value == 0.5


def test_another_model_is_asked_anew(tmp_path: Path) -> None:
    judged(tmp_path)
    with a_judge(tmp_path, FAIR, model="another") as (judge, server):
        asked(judge)
        assert {json.loads(body)["model"] for body in server.requests} == {"another"}


def test_it_is_asked_at_temperature_zero(tmp_path: Path) -> None:
    with a_judge(tmp_path, FAIR) as (judge, server):
        asked(judge)
        assert {json.loads(body)["temperature"] for body in server.requests} == {0}
