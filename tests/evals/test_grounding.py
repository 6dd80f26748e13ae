"""The measured sets of grounding: what is read, and what is counted."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assist.errors import BadInput
from assist.ports import Vectors
from evals.grounding.items import items
from evals.grounding.measuring import report, scored

CASE = """- id: p01-001
  passage: {id: "kettle.md#use-and-care", text: "The kettle holds 2 liters."}
  edit: number
  'true': The kettle holds 2 liters.
  edited: The kettle holds 3 liters.
"""


def embed(texts: Sequence[str]) -> Vectors:
    """Every text is near every other."""
    return np.full((len(texts), 4), 0.5, dtype=np.float32)


@pytest.mark.parametrize(
    ("name", "folder"), [("minimal", "grounding"), ("paraphrase", "grounding_paraphrase")]
)
def test_each_case_is_a_true_sentence_and_its_edited_twin(
    tmp_path: Path, name: str, folder: str
) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "01.yaml").write_text(CASE, "utf-8")
    true, edited = items(name, cases=tmp_path)
    assert (true.supported, edited.supported) == (True, False)
    assert true.sources[0].heading == "kettle md use and care"
    found = report(list(scored([true, edited], embed)))
    assert (found["caught"], found["false_alarms"]) == (1.0, 0.0)
    assert found["sentences_marked_of_supported"] == 0.0
    assert found["sentences_marked_of_unsupported"] == 1.0


def test_a_set_without_files_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no cases"):
        items("paraphrase", cases=tmp_path)


def test_a_case_without_its_passage_is_refused(tmp_path: Path) -> None:
    (tmp_path / "grounding").mkdir()
    (tmp_path / "grounding" / "01.yaml").write_text("- id: g01-001\n", "utf-8")
    with pytest.raises(BadInput, match="broken case"):
        items("minimal", cases=tmp_path)
