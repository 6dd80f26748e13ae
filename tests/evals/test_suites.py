"""Reading suites, and finding what they name."""

from pathlib import Path

import pytest

from assist.errors import BadInput
from evals.suites import ROOT, find, load_suite

OWN = Path(__file__).parents[1] / "data" / "evals" / "suites.yaml"


def test_the_packaged_core_suite_gates_every_breach_of_integrity() -> None:
    suite = load_suite("core")
    assert (suite.corpus, suite.cases) == ("kb_corpus", "evals/cases/core")
    assert suite.thresholds["integrity"] == 1.0


def test_a_misspelt_suite_is_told_the_nearest_one() -> None:
    with pytest.raises(BadInput) as caught:
        load_suite("jog", OWN)
    assert "there is no suite 'jog' (did you mean jug?)" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("suites:\n  s: {corpus: a}", "suites.yaml:2: suites.s.cases: is missing"),
        (
            "suites:\n  s:\n    corpus: a\n    cases: b\n    thresholds: {tone: 1.0}",
            "suites.yaml:2: suites.s: there is no scorer 'tone'",
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
