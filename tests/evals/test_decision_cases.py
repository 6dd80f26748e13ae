"""Decision cases: how they are read, and what is refused in them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assist.domain.base import Money
from assist.errors import BadInput
from evals.decisions.files import load_decisions
from evals.suites import ROOT
from tests.evals.decision_builders import CRACKED, DATA, WINDOW, a_case, decision, expecting, read


def test_cases_are_read_by_file_name_and_know_their_place() -> None:
    found = load_decisions(DATA / "decisions")
    assert [(f.file, f.case.id) for f in found] == [
        ("1-window", "last-day"),
        ("1-window", "day-after"),
        ("2-amounts", "a-penny-more"),
        ("2-amounts", "unseen-jug"),
    ]


def test_one_sentence_stands_for_a_list_of_one() -> None:
    assert expecting(sentence=WINDOW).expect.sentence == (WINDOW,)
    assert expecting(sentence=[WINDOW, CRACKED]).expect.sentence == (WINDOW, CRACKED)


def test_what_was_granted_before_is_dated_back_from_the_case() -> None:
    pounds = {"amount": "5.00", "currency": "GBP"}
    granted = [
        {"action": "refund", "amount": pounds, "days_ago": 9},
        {"action": "filter", "at": "2026-02-28"},
        {"action": "filter", "days_ago": 0},
    ]
    ledger = decision(granted=granted).ledger()
    assert ledger is not None
    assert [(g.action, str(g.at.date()), g.counts) for g in ledger] == [
        ("refund", "2026-03-01", True),
        ("filter", "2026-02-28", True),
        ("filter", "2026-03-10", True),
    ]
    assert [g.amount for g in ledger] == [Money.model_validate(pounds), None, None]


def test_without_a_word_nothing_was_granted_and_unknown_means_that_nobody_knows() -> None:
    assert decision().ledger() == ()
    assert decision(granted="unknown").ledger() is None


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"exect": {}}, "a.yaml:9: case in-time: exect: unknown key 'exect'"),
        ({"why": " "}, "case in-time: why: string should have at least 1 character"),
        ({"actions": []}, "case in-time: actions: tuple should have at least 1 item"),
        ({"date": "2026-02-30"}, "case in-time: date: input should be a valid date"),
        ({"id": "In time"}, "case In time: id: string should match pattern"),
        ({"tags": ["Edge"]}, "case in-time: tags.0: string should match pattern"),
        ({"granted": [{"action": "filter"}]}, "granted"),
        (
            {"expect": {"verdict": "needs_approval"}},
            "case in-time: expect: level says who may: give it for needs_approval",
        ),
        (
            {"expect": {"verdict": "allowed", "level": "lead"}},
            "case in-time: expect: level says who may: give it for needs_approval",
        ),
        (
            {"expect": {"verdict": "allowed", "facts": ["jug.cracked"]}},
            "case in-time: expect: facts are what must be asked",
        ),
        (
            {"expect": {"verdict": "allowed", "policy": "returns"}},
            "case in-time: expect: policy says where the sentence stands",
        ),
        (
            {"expect": {"verdict": "allowed", "alternative": {"kind": "filter"}}},
            "case in-time: expect: an alternative is for what is not allowed",
        ),
    ],
)
def test_a_malformed_case_names_file_line_case_and_field(
    tmp_path: Path, changed: dict[str, Any], problem: str
) -> None:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, a_case(**changed))
    assert problem in str(caught.value)
    assert caught.value.where.startswith(f"{tmp_path}/a.yaml:")


def test_a_grant_is_dated_in_one_way_only(tmp_path: Path) -> None:
    both = {"action": "filter", "days_ago": 1, "at": "2026-03-01"}
    with pytest.raises(BadInput, match="say when it was, by either days_ago or at"):
        read(tmp_path, a_case(granted=[both]))


def test_a_case_without_an_id_is_named_by_its_number(tmp_path: Path) -> None:
    nameless = {key: value for key, value in a_case().items() if key != "id"}
    with pytest.raises(BadInput, match="case 2: id: is missing"):
        read(tmp_path, a_case(), nameless)


def test_an_id_that_stands_twice_is_named_with_both_files(tmp_path: Path) -> None:
    text = yaml.safe_dump({"cases": [a_case()]})
    (tmp_path / "0.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        read(tmp_path, a_case())
    assert "case in-time: id: stands twice" in str(caught.value)
    assert "the first is in 0.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- id: a", "must be `key: value` lines"),
        ("case: []", "a.yaml:1: case: the file must be a list of cases under `cases`"),
        ("cases: []", "the file must be a list of cases under `cases`"),
        ("cases: {a: 1}", "the file must be a list of cases under `cases`"),
        ("cases: [1]", "case 1: "),
        ("cases: [", "not YAML"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_refused(
    tmp_path: Path, text: str, problem: str
) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_decisions(tmp_path)
    assert problem in str(caught.value)


def test_a_folder_without_decisions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no \.yaml file with a case"):
        load_decisions(tmp_path)


def test_the_case_in_the_readme_is_one(tmp_path: Path) -> None:
    readme = (ROOT / "evals" / "README.md").read_text(encoding="utf-8")
    (written,) = [part for part in readme.split("```") if part.startswith("yaml\ncases:")]
    (tmp_path / "a.yaml").write_text(written.removeprefix("yaml\n"), encoding="utf-8")
    (shown,) = load_decisions(tmp_path)
    assert (shown.case.expect.level, shown.case.expect.verdict) == ("senior", "needs_approval")
