"""Keywords and labels of a gap."""

from assist.insights.gaps.gate import GATE, gate
from assist.insights.gaps.keywords import keywords
from assist.insights.gaps.labels import LONGEST, label


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
    assert gate([]) == (GATE.doubted_within[0], GATE.gap_within[0])
    assert gate([0.99] * 50) == (GATE.doubted_within[1], GATE.gap_within[1])
    assert gate([0.1] * 90 + [0.9] * 10).gap == GATE.gap_within[0]
