"""A metric beside people's labels: agreement, Cohen's kappa, and what is wrong with labels."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, confusion_matrix

from assist.domain.evaluation import CaseScore, EvalResult
from assist.errors import BadInput
from evals.ragas_run.agreement import agreements
from evals.ragas_run.labels import Label, read_labels
from evals.ragas_run.names import FAITHFULNESS, RECALL
from evals.ragas_run.results import Agreement
from tests.evals.run_builders import a_result

ROWS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=2, max_size=40)


def compared(*rows: tuple[float | None, bool], failed: int = 0) -> Agreement:
    """Scores beside labels, and some labels more whose score failed."""
    results = [a_result(f"c-{n}", **{RECALL: score}) for n, (score, _) in enumerate(rows)]
    labels = [Label(case=f"c-{n}", metric=RECALL, good=good) for n, (_, good) in enumerate(rows)]
    for n in range(failed):
        results.append(a_failure(f"f-{n}"))
        labels.append(Label(case=f"f-{n}", metric=RECALL, good=False))
    (found,) = agreements(results, labels)
    return found


def a_failure(case: str) -> EvalResult:
    broken = {RECALL: CaseScore(value=0.0, explanation="it broke", failed=True)}
    return a_result(case).model_copy(update={"scores": broken})


@given(ROWS)
def test_kappa_and_confusion_are_those_of_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    found = compared(*rows)
    metric, person = [score >= 0.5 for score, _ in rows], [good for _, good in rows]
    cells = found.confusion
    assert [[cells.both_no, cells.metric_only], [cells.person_only, cells.both_yes]] == (
        confusion_matrix(person, metric, labels=[False, True]).tolist()
    )
    if len({*metric, *person}) == 1:
        assert found.kappa is None
    else:
        assert found.kappa == pytest.approx(cohen_kappa_score(metric, person), abs=1e-6)


def test_a_worked_example() -> None:
    # 4 yes/yes, 1 yes/no, 2 no/yes, 3 no/no: seen 7/10, by chance (5·6 + 5·4)/100 = 1/2
    rows = [(0.9, True)] * 4 + [(0.9, False)] + [(0.1, True)] * 2 + [(0.1, False)] * 3
    found = compared(*rows)
    assert found.share == pytest.approx(7 / 10)
    assert found.kappa == pytest.approx((7 / 10 - 1 / 2) / (1 - 1 / 2))


def test_intervals_hold_the_value_and_narrow_with_labels() -> None:
    rows = [(0.9, True)] * 4 + [(0.9, False)] + [(0.1, True)] * 2 + [(0.1, False)] * 3
    few, many = compared(*rows * 2), compared(*rows * 20)
    widths = []
    for found in (few, many):
        assert found.kappa_low is not None
        assert found.kappa is not None
        assert found.kappa_high is not None
        assert found.kappa_low < found.kappa < found.kappa_high
        widths.append(found.kappa_high - found.kappa_low)
    assert widths[1] < widths[0] / 2


def test_one_label_has_no_interval() -> None:
    found = compared((0.9, True))
    assert (found.share, found.share_low, found.kappa, found.kappa_low) == (1.0, None, None, None)


def test_a_score_that_failed_agrees_with_nobody_even_where_the_person_says_no() -> None:
    found = compared((0.9, True), (0.1, False), failed=2)
    assert (found.labels, found.failures, found.confusion.n) == (4, 2, 2)
    assert found.share == 0.5


def test_a_case_that_is_not_eligible_is_counted_apart() -> None:
    found = compared((0.9, True), (None, True))
    assert (found.labels, found.not_eligible, found.share) == (2, 1, 1.0)


def test_labels_are_read_from_both_kinds_of_file(tmp_path: Path) -> None:
    table, lines = tmp_path / "labels.csv", tmp_path / "labels.jsonl"
    table.write_text(f"note,case,metric,good\nx,one,{RECALL},Yes\n,two,{RECALL},no\n", "utf-8")
    lines.write_text(
        f'{{"case": "one", "metric": "{RECALL}", "good": true}}\n\n'
        f'{{"case": "two", "metric": "{RECALL}", "good": "no"}}\n',
        "utf-8",
    )
    wanted = tuple(Label(case=c, metric=RECALL, good=g) for c, g in (("one", True), ("two", False)))
    assert read_labels(table) == read_labels(lines) == wanted


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "case,good\none,yes\n", "a.csv:1: has no column metric"),
        ("a.csv", f"case,metric,good\none,{RECALL},maybe\n", "a.csv:2: good: .*say yes or no"),
        ("a.csv", f"case,metric,good\none,{RECALL},\n", "a.csv:2: good: .*say yes or no"),
        ("a.csv", "case,metric,good\none,ragas_recal,yes\n", "a.csv:2: metric: .*'ragas_recal'"),
        ("a.csv", "case,metric,good\n", "a.csv: holds no labels"),
        ("a.jsonl", "{'case'", "a.jsonl:1: is no JSON"),
        ("a.jsonl", "[1]", "a.jsonl:1: is no JSON object"),
        ("a.jsonl", '{"case": "one"}', "a.jsonl:1: metric: Field required"),
        (
            "a.csv",
            f"case,metric,good\none,{RECALL},yes\none,{RECALL},no\n",
            f"a.csv:3: a second label of one for {RECALL}",
        ),
    ],
)
def test_a_bad_label_names_file_line_and_field(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(BadInput) as caught:
        read_labels(tmp_path / name)
    assert re.search(said, str(caught.value))


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (Label(case="onne", metric=RECALL, good=True), "no case 'onne'.*one"),
        (Label(case="one", metric=FAITHFULNESS, good=True), "was not scored.*--judge"),
    ],
)
def test_a_label_of_what_was_not_scored_is_said(label: Label, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        agreements([a_result("one", **{RECALL: 1.0})], [label])
