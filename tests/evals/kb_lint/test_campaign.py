"""Faults are planted by seed, each in articles of its own, and findings are held against them."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from assist.domain.gaps import GapKind, LintFinding
from evals.kb_lint.campaign import Campaign, judged, planted
from evals.kb_lint.plants import Plant
from evals.kb_lint.report import markdown

KB = Path(__file__).parents[3] / "kb_corpus"
ON = date(2026, 11, 20)


def finding(kind: GapKind, *documents: str, message: str = "wrong") -> LintFinding:
    return LintFinding(kind=kind, documents=documents, message=message)


PLANTS = (
    Plant(kind="contradictory", documents=("a", "b"), how="5 -> 9"),
    Plant(kind="stale", documents=("c",), how="review"),
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_copy_holds_thirty_faults_in_articles_of_their_own(seed: int) -> None:
    with planted(KB, seed, ON) as (_, plants):
        named = [document for plant in plants for document in plant.documents]

    assert Counter(p.kind for p in plants) == {
        "contradictory": 8,
        "duplicate": 8,
        "stale": 7,
        "unfindable": 7,
    }
    assert len(named) == len(set(named))


def test_the_same_seed_plants_the_same_and_another_one_plants_otherwise() -> None:
    with planted(KB, 1, ON) as (copy, plants):
        texts = {path.name: path.read_text("utf-8") for path in copy.glob("articles/*.md")}
    with planted(KB, 1, ON) as (again, same):
        assert same == plants
        assert texts == {p.name: p.read_text("utf-8") for p in again.glob("articles/*.md")}
    with planted(KB, 2, ON) as (_, others):
        assert others != plants


def test_the_base_itself_is_left_as_it_was_and_the_copy_is_gone_afterwards() -> None:
    before = {path: path.read_bytes() for path in KB.glob("articles/*.md")}
    with planted(KB, 1, ON) as (copy, _):
        assert copy.is_dir()

    assert not copy.exists()
    assert before == {path: path.read_bytes() for path in KB.glob("articles/*.md")}


def test_a_finding_counts_where_kind_and_all_documents_are_those_of_a_plant() -> None:
    copy = judged(1, PLANTS, [finding("contradictory", "b", "a"), finding("stale", "c")], [])

    assert (copy.recall, copy.precision, copy.strict) == (1.0, 1.0, 1.0)


def test_a_finding_about_nothing_planted_is_false_and_one_of_another_kind_beside() -> None:
    found = [finding("stale", "c"), finding("duplicate", "a", "x"), finding("duplicate", "x", "y")]
    copy = judged(1, PLANTS, found, [])

    assert copy.missed == PLANTS[:1]
    assert copy.beside == (found[1],)
    assert copy.false == (found[2],)
    assert (copy.recall, copy.precision) == (0.5, 2 / 3)
    assert copy.strict == 1 / 3


def test_what_is_wrong_in_the_base_itself_counts_neither_way() -> None:
    known = finding("duplicate", "x", "y")
    copy = judged(1, PLANTS, [known, finding("duplicate", "x", "y", message="more")], [known])

    assert [one.message for one in copy.false] == ["more"]


def test_the_report_names_what_was_missed_and_what_is_none() -> None:
    copy = judged(4, PLANTS, [finding("stale", "c"), finding("duplicate", "x", "y")], [])
    told = "\n".join(markdown(Campaign(on=ON, clean=(), copies=(copy,))))

    assert "| 4 | 1 of 2 | 0.50 | 0.50 | 0.50 |" in told
    assert "- missed, contradictory in a, b: 5 -> 9" in told
    assert "- false, duplicate in x, y: wrong" in told
