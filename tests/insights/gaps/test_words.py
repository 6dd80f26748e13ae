"""Keywords and labels of a gap."""

import pytest

from assist.domain.coverage import Covered
from assist.insights.gaps.gate import GATE, gate
from assist.insights.gaps.keywords import keywords
from assist.insights.gaps.labels import LONGEST, label
from assist.insights.gaps.uncovered import Uncovered
from tests.insights.gaps.building import an_issue


def test_keywords_set_a_cluster_apart_from_the_others() -> None:
    found = keywords(
        [
            ["The hub blinks blue", "Why blinks my hub?"],
            ["The invoice lacks VAT", "VAT on my hub?"],
        ],
        ["Where is the parcel of my hub?"],
    )
    assert found[0][0] == "blinks"
    assert found[1][0] == "vat"


def test_texts_without_words_have_no_keywords() -> None:
    assert keywords([["1234 ?"], ["42"]]) == ((), ())


def test_no_cluster_has_no_keywords() -> None:
    assert keywords([]) == ()


def test_a_label_is_the_question_asked() -> None:
    assert label("Hi there. I moved last week. Can I take the hub with me?") == (
        "Can I take the hub with me?"
    )


def test_a_long_label_is_cut_at_a_word() -> None:
    found = label("the hub " * 40)
    assert len(found) <= LONGEST
    assert found.endswith(("the…", "hub…"))


def test_text_without_a_sentence_is_its_own_label() -> None:
    assert label("???") == "???"


def test_the_gate_follows_the_tickets_within_limits() -> None:
    assert gate([]) == (GATE.doubted_within[0], 0.0, GATE.covered)
    assert gate(asked(50, 0.995)).doubted == GATE.doubted_within[1]
    assert gate(asked(50, 0.9, closeness=0.7)).near == pytest.approx(0.7 - GATE.below)
    assert gate(asked(50, 0.9, closeness=0.99)).near == GATE.at_most


def test_a_question_asked_often_counts_once_and_few_questions_tell_nothing() -> None:
    often = [an_issue(f"t-{n}", "the same") for n in range(100)]
    assert gate([*often, *asked(40, 0.9, closeness=0.7)]).near == pytest.approx(0.7 - GATE.below)
    assert gate([*often, *asked(20, 0.9, closeness=0.7)]).near == 0.0


def test_a_gap_is_what_comes_less_near_than_others_or_is_not_covered() -> None:
    bounds = gate(asked(50, 0.9, closeness=0.7))
    less, as_near, bad = ([one.covered for one in asked(5, v, closeness=c)] for v, c in CLUSTERS)
    assert (bounds.lacks(less), bounds.lacks(as_near), bounds.lacks(bad)) == (True, False, True)
    assert not bounds.lacks([])


CLUSTERS = ((0.9, 0.6), (0.9, 0.65), (0.4, 0.9))


def asked(number: int, value: float, closeness: float = 0.0) -> list[Uncovered]:
    """So many questions, all different."""
    covered = Covered(value=value, state="covered", closeness=closeness)
    return [Uncovered(ticket_id=f"t-{n}", text=f"q {n}", covered=covered) for n in range(number)]
