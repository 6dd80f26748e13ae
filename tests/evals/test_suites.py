"""Reading suites, and finding what they name."""

from pathlib import Path

import pytest

from assist.errors import BadInput
from evals.running.choosing import cases_of
from evals.suites import ROOT, Suite, find, load_suite

OWN = Path(__file__).parents[1] / "data" / "evals" / "suites.yaml"


def test_the_packaged_core_suite_gates_every_breach_of_integrity() -> None:
    suite = load_suite("core")
    assert suite.corpus == "kb_corpus"
    assert "evals/cases/core" in suite.cases
    assert suite.thresholds["integrity"] == 1.0


def test_one_folder_of_cases_stands_for_a_list_of_one() -> None:
    assert load_suite("jug", OWN).cases == ("tests/data/evals/cases",)


def test_a_trial_passes_by_what_the_suite_says_else_by_outcome_and_harm() -> None:
    assert {"outcome", "integrity"} <= set(load_suite("jug", OWN).passing)
    assert Suite(corpus="a", cases=("b",), passes=("wording",)).passing == ("wording",)


def test_an_id_that_stands_in_two_folders_is_an_error_that_names_both(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        text = "id: same\nat: 2026-11-20T10:00:00Z\nticket: {text: Hi}\nexpect: {outcome: answer}\n"
        (tmp_path / name / "a.yaml").write_text(text, encoding="utf-8")
    folders = (str(tmp_path / "one"), str(tmp_path / "two"))
    with pytest.raises(BadInput, match="'same' stands twice") as caught:
        cases_of(Suite(corpus="a", cases=folders))
    assert "/two" in str(caught.value)
    assert "/one" in str(caught.value)


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no \.yaml file with a case"):
        cases_of(Suite(corpus="a", cases=(str(tmp_path),)))


def test_a_misspelt_suite_is_told_the_nearest_one() -> None:
    with pytest.raises(BadInput) as caught:
        load_suite("jog", OWN)
    assert "there is no suite 'jog' (did you mean jug?)" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("suites:\n  s: {corpus: a}", "suites.yaml:2: suites.s.cases: is missing"),
        (
            "suites:\n  s:\n    corpus: a\n    cases: b\n    thresholds: {tune: 1.0}",
            "suites.yaml:2: suites.s: there is no scorer 'tune'",
        ),
        (
            "suites:\n  s: {corpus: a, cases: []}",
            "suites.yaml:2: suites.s.cases: name at least one folder",
        ),
        (
            "suites:\n  s:\n    corpus: a\n    cases: b\n    slices: {uk: {tune: 1.0}}",
            "suites.yaml:2: suites.s: there is no scorer 'tune'",
        ),
        (
            "suites:\n  s:\n    corpus: a\n    cases: b\n    thresholds: {issues: 90}",
            "suites.yaml:5: suites.s.thresholds.issues: input should be less",
        ),
    ],
)
def test_a_wrong_suite_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "suites.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_suite("s", file)
    assert str(caught.value).startswith(f"{tmp_path}/{said}")


def test_a_suites_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        load_suite("core", tmp_path / "none.yaml")


def test_a_path_is_found_from_the_current_folder_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find("kb_corpus") == ROOT / "kb_corpus"
    (tmp_path / "kb_corpus").mkdir()
    assert find("kb_corpus") == tmp_path / "kb_corpus"


def test_a_path_that_is_nowhere_is_refused() -> None:
    with pytest.raises(BadInput, match="not found") as caught:
        find("no/such/corpus")
    assert caught.value.where == "no/such/corpus"
