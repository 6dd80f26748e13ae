"""A small set through the whole measurement, and sets that are not there."""

import json
from pathlib import Path

import pytest

from assist.domain.knowledge import Document
from assist.errors import BadInput
from evals.coverage.items import Asked, CoverageSet, read
from evals.coverage.running import SEEDS, few, report
from tests.retrieval.covering.builders import a_coverer

COVERED = Asked(text="how do i reset my hub", documents=frozenset({"reset"}), label="covered")
GAP = Asked(text="which vaccines does our puppy need", documents=frozenset(), label="far")


def test_a_report_tells_gaps_near_and_far_from_what_is_covered() -> None:
    documents = (Document(id="reset", text="reset"), Document(id="refund", text="refund"))
    asked = (COVERED, GAP, Asked("when do i get a refund", frozenset({"refund"}), "covered"))
    found = report(CoverageSet("toy", documents, asked), a_coverer())
    assert found["document_right"] == 1.0
    assert found["against"]["far"]["auroc"]["value"] == 1.0  # type: ignore[index]
    near = found["near"]
    assert near["gaps"] == 10  # type: ignore[index]
    assert near["covered"] == 10  # type: ignore[index]


def test_one_document_alone_is_judged_by_its_questions_and_by_all_others() -> None:
    documents = (Document(id="reset", text="reset"), Document(id="refund", text="refund"))
    asked = (COVERED, GAP, Asked("when do i get my refund", frozenset({"refund"}), "covered"))
    found = few(CoverageSet("toy", documents, asked), a_coverer(), 1)
    for label in ("near", "far"):
        assert found[label]["covered"] == SEEDS  # type: ignore[index]
        assert found[label]["gaps"] == SEEDS  # type: ignore[index]
        assert found[label]["auroc"]["value"] > 0.9  # type: ignore[index]


def test_a_set_is_read_with_its_gaps_and_what_was_said_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gap_mtragun"
    folder.mkdir()
    row = {
        "text": "and how long?",
        "label": "UNANSWERABLE",
        "contexts": [],
        "messages": [
            {"role": "customer", "text": "Is there a fee?"},
            {"role": "agent", "text": "There is one."},
            {"role": "customer", "text": "and how long?"},
        ],
    }
    (folder / "items.jsonl").write_text(json.dumps(row), "utf-8")
    monkeypatch.setenv("ASSIST_EVALSETS", str(tmp_path))
    (asked,) = read("mtragun").asked
    assert asked == Asked("and how long?", frozenset(), "unanswerable", "There is one.")


@pytest.mark.parametrize("name", ["clinc", "mtragun", "faq"])
def test_a_set_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("ASSIST_EVALSETS", str(tmp_path))
    with pytest.raises(BadInput, match=name):
        read(name)
