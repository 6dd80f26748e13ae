"""What is covered by a small knowledge base, what is not, and what changes that."""

import numpy as np
import pytest

from assist.errors import NoIndex
from assist.retrieval.covering.judge import AT_ONCE, Coverer
from tests.fake_embedder import ToyEmbedder
from tests.retrieval.covering.builders import REFUND, RESET, a_coverer, lines_of

ASKED = "how do i reset my hub"
FOREIGN = "which vaccines does our puppy need before boarding"


def test_what_is_asked_in_other_words_is_covered_and_what_nobody_wrote_about_is_not() -> None:
    known, foreign = a_coverer().judge_each([ASKED, FOREIGN])
    assert (known.state, known.document_id) == ("covered", "reset")
    assert foreign.state == "not"
    assert known.passage_id.startswith("reset#")


def test_with_its_article_left_out_a_question_is_a_gap_and_others_stay() -> None:
    whole = a_coverer(reset=RESET, refund=REFUND, lamp=("the lamp is dark", "turn on the lamp"))
    less = whole.without(frozenset({"reset"}))
    asked = [ASKED, "when does my refund come"]
    (before, other), (after, same) = whole.judge_each(asked), less.judge_each(asked)
    assert after.value < before.value
    assert after.state != "covered"
    assert (other.document_id, same.document_id) == ("refund", "refund")


def test_an_article_added_covers_what_it_is_about() -> None:
    asked = ["does the puppy need vaccines"]
    (before,) = a_coverer().judge_each(asked)
    drafted = ("does my puppy need vaccines", "which vaccines does a puppy need", "puppy vaccines")
    (after,) = a_coverer().also(lines_of("puppy", drafted)).judge_each(asked)
    assert after.value > before.value
    assert after.document_id == "puppy"


def test_the_order_of_lines_and_of_texts_changes_nothing() -> None:
    coverer = a_coverer()
    turned = Coverer.of(coverer.lines[::-1], coverer.vectors[::-1], coverer.embed)
    one, two = coverer.judge_each([ASKED, FOREIGN])
    again = turned.judge_each([FOREIGN, ASKED])
    assert [c.value for c in again] == pytest.approx([two.value, one.value], abs=1e-3)


def test_more_texts_than_are_compared_at_once_are_judged_as_each_alone() -> None:
    coverer = a_coverer()
    many = coverer.judge_each([ASKED, FOREIGN] * AT_ONCE)
    assert many[:2] * AT_ONCE == many
    assert coverer.judge_each([]) == ()


def test_a_follow_up_is_read_after_what_was_said_too() -> None:
    coverer = a_coverer()
    alone, after = coverer.judge_each(
        ["and how long", "and how long"], ["", "A refund for your order does take a while."]
    )
    assert after.value > alone.value


def test_a_story_does_not_hide_the_sentence_that_asks() -> None:
    story = (
        "We moved to the lake with both dogs last spring and love it there, though the winters are "
        "long and the road is often closed by snow for days. My sister came along too, with three "
        f"cats and a parrot that sings. {ASKED.capitalize()}?"
    )
    coverer = a_coverer()
    (told,) = coverer.judge_each([story])
    (whole,) = coverer.evidence(coverer.measure([story])).tolist()
    assert told.value > float(coverer.scale.values(np.array([whole], np.float32))[0])


def test_each_sign_says_what_it_saw() -> None:
    (judged,) = a_coverer().judge_each([ASKED])
    assert [sign.name for sign in judged.signs] == ["nearest", "neighbors", "inside"]
    assert "how do i reset the hub" in judged.signs[0].says


def test_a_knowledge_base_of_one_line_judges() -> None:
    known, foreign = a_coverer(one=("how do i reset the hub",)).judge_each([ASKED, FOREIGN])
    assert known.value > foreign.value


def test_without_any_line_nothing_can_be_judged() -> None:
    with pytest.raises(NoIndex, match="no text"):
        Coverer.of([], np.zeros((0, 64), np.float32), ToyEmbedder().embed)
    with pytest.raises(NoIndex):
        a_coverer(one=RESET).without(frozenset({"one"}))
