"""Decide, scored: an answer or an abstention, and what is chosen."""

from typing import Any

import pytest

from assist.domain.suggestion import Suggestion
from tests.evals.builders import a_candidate, a_suggestion, an_abstained_suggestion
from tests.evals.scorers.scoring import ALL_MET, missed, offering, scored


def test_an_outcome_is_an_answer_or_an_abstention() -> None:
    assert scored("outcome", a_suggestion(), outcome="answer") == ALL_MET
    silent = an_abstained_suggestion()
    assert scored("outcome", silent, outcome="abstain", abstention="no_evidence") == ALL_MET


def test_an_answer_where_an_abstention_was_due_scores_nothing() -> None:
    score = scored("outcome", a_suggestion(), outcome="abstain", abstention="no_evidence")
    assert score == missed("answer instead of abstain")


@pytest.mark.parametrize("matter", [{"documents": ["loans"]}, {"gold": {"loans#Terms": 3}}])
def test_an_answer_on_another_matter_is_none(matter: dict[str, Any]) -> None:
    score = scored("outcome", a_suggestion(), outcome="answer", **matter)
    assert score == missed("answers, and not on the matter: rests on filter")
    helps = {"gold": {"loans#Terms": 1, "filter": 3}}
    assert scored("outcome", a_suggestion(), outcome="answer", **helps) == ALL_MET


def test_an_abstention_where_an_answer_was_due_says_its_reason() -> None:
    score = scored("outcome", an_abstained_suggestion(), outcome="answer")
    assert score == missed("abstain instead of answer (no_evidence: nothing is written about it)")


def test_the_right_outcome_with_the_wrong_code_is_half_right() -> None:
    silent = an_abstained_suggestion("missing_facts")
    score = scored("outcome", silent, outcome="abstain", abstention="no_evidence")
    assert (score.value, score.explanation) == (0.5, "code missing_facts, not no_evidence")


def test_silence_is_kept_where_nothing_is_known() -> None:
    silent = an_abstained_suggestion()
    assert scored("abstention", silent, outcome="abstain") == ALL_MET
    assert scored("abstention", silent, outcome="abstain", abstention="no_evidence") == ALL_MET
    wrong = scored("abstention", silent, outcome="abstain", abstention="missing_facts")
    assert wrong == missed("abstains for no_evidence, not missing_facts")


def test_silence_is_kept_nowhere_else() -> None:
    assert scored("abstention", a_suggestion(), outcome="answer") == ALL_MET
    assert scored("abstention", a_suggestion(), outcome="abstain") == missed(
        "answers where it should abstain"
    )
    assert scored("abstention", an_abstained_suggestion(), outcome="answer") == missed(
        "abstains (no_evidence: nothing is written about it)"
    )


REFUND = offering(a_candidate("refund"), a_candidate("credit", id="i1.c2"))
"""A refund is chosen, a credit only offered."""


def test_one_of_the_acceptable_actions_is_chosen() -> None:
    assert scored("choice", REFUND, acceptable=["refund", "replacement"]) == ALL_MET
    assert scored("choice", REFUND, acceptable=["credit", "replacement"]) == missed(
        "chooses refund, not credit or replacement"
    )


def test_an_unacceptable_action_may_be_offered_and_never_chosen() -> None:
    assert scored("choice", REFUND, unacceptable=["credit"]) == ALL_MET
    assert scored("choice", REFUND, unacceptable=["refund"]) == missed("chooses refund")


@pytest.mark.parametrize("suggestion", [an_abstained_suggestion(), offering(a_candidate("inform"))])
def test_telling_and_keeping_silent_are_no_actions(suggestion: Suggestion) -> None:
    assert scored("choice", suggestion, acceptable=["none"]) == ALL_MET
    assert scored("choice", suggestion, unacceptable=["none"]) == missed("chooses none")
