"""Gold: what a reference means among passages, and that each means something."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from assist.domain.knowledge import Passage
from assist.errors import BadInput
from evals.cases import load_cases
from evals.scorers.gold import check_gold, gold_passages, refers
from tests.builders import a_passage
from tests.evals.builders import a_case

CLEANING = a_passage("Rinse it.", document_id="filter", id="filter#1", headings=("Cleaning",))
CHANGING = a_passage(
    "Press it in.\n\n### The last step\n\nWait.",
    document_id="filter",
    id="filter#2",
    headings=("Changing it", "By **hand**"),
)
HOURS = a_passage("We open at nine.", document_id="opening-hours", title="Opening hours")
PASSAGES = (CLEANING, CHANGING, HOURS)
YAML = """\
id: worn-filter
at: 2026-11-20T10:00:00Z
ticket:
  id: t-1
  messages:
    - text: The drop is red.
expect:
  gold:
    filter#Cleaning: 3
    {reference}: 2
"""


def refused(folder: Path, reference: str, passages: Sequence[Passage] = PASSAGES) -> BadInput:
    """What is said of a case file that names this reference in its tenth line."""
    (folder / "worn-filter.yaml").write_text(YAML.format(reference=reference), encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        check_gold(load_cases(folder), passages)
    return refusal.value


@pytest.mark.parametrize(
    ("reference", "meant"),
    [
        ("filter", [CLEANING, CHANGING]),
        ("Filter", [CLEANING, CHANGING]),
        ("filter#Cleaning", [CLEANING]),
        ("filter#changing IT", [CHANGING]),
        ("filter#By hand", [CHANGING]),
        ("filter#The last step", [CHANGING]),
        ("opening-hours#Opening hours", [HOURS]),
        ("filter#Opening hours", []),
        ("filt", []),
    ],
)
def test_a_reference_is_a_document_or_a_heading_of_it(reference: str, meant: list[Passage]) -> None:
    assert [passage for passage in PASSAGES if refers(reference, passage)] == meant


def test_a_document_stands_for_its_passages_and_the_higher_grade_counts() -> None:
    case = a_case(gold={"filter": 1, "filter#Cleaning": 3, "opening-hours": 2})
    assert gold_passages(case, PASSAGES) == {"filter#1": 3, "filter#2": 1, "opening-hours#1": 2}


def test_an_unknown_document_names_file_line_case_and_the_nearest(tmp_path: Path) -> None:
    error = refused(tmp_path, "openning-hours")
    assert error.where == f"{tmp_path / 'worn-filter.yaml'}:10"
    assert error.problem == "expect.gold of worn-filter: no passage is 'openning-hours'"
    assert error.cure.startswith("the nearest are opening-hours")


def test_an_unknown_heading_names_the_nearest_headings_of_its_document(tmp_path: Path) -> None:
    error = refused(tmp_path, "filter#Changing him")
    assert error.where.endswith("worn-filter.yaml:10")
    assert error.cure.startswith("the nearest are filter#Changing it, filter#")
    assert "opening" not in error.cure


def test_gold_in_an_empty_index_says_that_it_is_empty(tmp_path: Path) -> None:
    assert refused(tmp_path, "filter", ()).cure == "there are no passages: ingest"


def test_gold_that_is_there_is_let_through() -> None:
    check_gold([a_case(gold={"filter#Cleaning": 3}), a_case()], PASSAGES)


def test_unknown_gold_is_refused_where_its_passages_are_asked_for() -> None:
    with pytest.raises(BadInput, match="no passage is 'gone'"):
        gold_passages(a_case(gold={"gone": 3}), PASSAGES)
