"""Each scorer on suggestions that do and do not meet what a case states."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Question, Suggestion
from evals.scorers import SCORERS
from evals.scorers.scorer import Part, share_met
from tests.evals.builders import (
    GROUNDS,
    STAFF,
    a_candidate,
    a_case,
    a_draft,
    a_fact,
    a_hit_on,
    a_priority,
    a_suggestion,
    an_abstained_suggestion,
    an_escalation,
    an_issue,
    known_passages,
)


def scored(name: str, suggestion: Suggestion, **expect: Any) -> CaseScore:
    return SCORERS[name].score(a_case(**expect), suggestion, GROUNDS)


ALWAYS = {
    "authority",
    "candidates_differ",
    "candidates_valid",
    "citations",
    "cost",
    "grounding",
    "integrity",
    "latency",
    "promises",
    "reading",
    "tone",
}
"""What needs no expectation."""


@pytest.mark.parametrize("name", [name for name in SCORERS if name not in ALWAYS])
def test_what_a_case_does_not_state_is_unscored(name: str) -> None:
    assert scored(name, a_suggestion()).value is None


@pytest.mark.parametrize("name", [name for name in SCORERS if name not in ALWAYS])
def test_a_failed_case_is_zero_only_in_what_it_states(name: str) -> None:
    states_outcome = a_case(outcome="answer")
    score = SCORERS[name].failed(states_outcome, "the ticket is empty")
    assert score.value == (0.0 if name in {"outcome", "abstention"} else None)


@pytest.mark.parametrize("name", sorted(ALWAYS))
def test_a_failed_case_always_fails_what_needs_no_expectation(name: str) -> None:
    score = SCORERS[name].failed(a_case(), "no index")
    assert score == CaseScore(value=0.0, explanation="no suggestion: no index")


def test_registry_names_are_the_scorers_own() -> None:
    assert [scorer.name for scorer in SCORERS.values()] == list(SCORERS)


def test_an_answer_where_an_abstention_was_due_scores_nothing() -> None:
    score = scored("outcome", a_suggestion(), outcome="abstain", abstention="no_evidence")
    assert score == CaseScore(value=0.0, explanation="answer instead of abstain")


def test_an_abstention_where_an_answer_was_due_says_its_reason() -> None:
    score = scored("outcome", an_abstained_suggestion(), outcome="answer")
    assert score.value == 0
    assert "no_evidence: nothing is written about it" in score.explanation


@pytest.mark.parametrize(("code", "value"), [("no_evidence", 1.0), ("missing_facts", 0.5)])
def test_the_right_outcome_with_the_wrong_code_is_half_right(code: str, value: float) -> None:
    suggestion = an_abstained_suggestion(code)
    assert scored("outcome", suggestion, outcome="abstain", abstention="no_evidence").value == value


@pytest.mark.parametrize(("category", "value"), [("filters", 1.0), ("billing", 0.0)])
def test_category_is_that_of_the_main_issue(category: str, value: float) -> None:
    assert scored("category", a_suggestion(), category=category).value == value


def test_a_missing_category_is_named_as_missing() -> None:
    score = scored("category", a_suggestion(issue=an_issue(category=None)), category="billing")
    assert score.explanation == "no category instead of billing"


@pytest.mark.parametrize(("levels", "value"), [(["P2", "P3"], 1.0), (["P1", "P2"], 0.0)])
def test_any_acceptable_priority_will_do(levels: list[str], value: float) -> None:
    suggestion = a_suggestion(priority=a_priority("P3"))
    assert scored("priority", suggestion, priority=levels).value == value


@pytest.mark.parametrize(("count", "value"), [(2, 1.0), (1, 0.0)])
def test_issues_are_counted(count: int, value: float) -> None:
    suggestion = a_suggestion(issues=(an_issue(), an_issue(id="i2", statement="It leaks.")))
    score = scored("issues", suggestion, issues=count)
    assert score.value == value
    assert ("It leaks." in score.explanation) == (value == 0)


def test_one_of_several_documents_is_enough_evidence() -> None:
    assert scored("evidence", a_suggestion(), documents=["hours", "filter"]).value == 1


def test_an_internal_document_is_evidence_when_it_was_found() -> None:
    found = a_suggestion(hits=(a_hit_on(STAFF),))
    assert scored("evidence", found, documents=["staff"]).value == 1
    assert scored("evidence", a_suggestion(), documents=["staff"]).value == 0


def test_a_customer_document_that_was_only_found_is_no_evidence() -> None:
    silent = a_suggestion(hits=(a_hit_on(known_passages("filter#1")),), draft=a_draft())
    score = scored("evidence", silent, documents=["filter"])
    assert score == CaseScore(value=0.0, explanation="none of filter; cites nothing")


def test_a_document_that_must_not_be_cited_costs_its_share() -> None:
    silent = a_suggestion(hits=(a_hit_on(STAFF),))
    score = scored("evidence", silent, documents=["staff"], never_documents=["filter"])
    assert score == CaseScore(value=0.5, explanation="cites filter")


def test_wording_ignores_case_and_line_breaks() -> None:
    draft = a_draft(a_fact("The water\nfilter lasts 90 days."))
    assert scored("wording", a_suggestion(draft=draft), says=["WATER FILTER lasts"]).value == 1


def test_wording_counts_what_is_missing_and_what_is_too_much() -> None:
    score = scored("wording", a_suggestion(), says=["90 days", "rinse"], never_says=["filter"])
    assert score.value == pytest.approx(1 / 3)
    assert score.explanation == "does not say “rinse”; says “filter”"


@pytest.mark.parametrize(("verdict", "value"), [("needs_approval", 1.0), ("allowed", 0.0)])
def test_a_verdict_is_that_of_the_action_of_its_kind(verdict: str, value: float) -> None:
    refund = a_candidate("refund", verdict)
    suggestion = a_suggestion(candidates=(a_candidate(), refund))
    assert scored("verdicts", suggestion, verdicts={"refund": "needs_approval"}).value == value


def test_a_laxer_verdict_on_the_same_action_is_a_miss() -> None:
    both = (a_candidate("refund", "needs_approval"), a_candidate("refund", "allowed"))
    score = scored("verdicts", a_suggestion(candidates=both), verdicts={"refund": "needs_approval"})
    assert score.explanation == "refund is allowed and needs_approval, expected needs_approval"


def test_an_action_that_nobody_proposes_has_no_verdict() -> None:
    score = scored("verdicts", a_suggestion(), verdicts={"refund": "forbidden"})
    assert score == CaseScore(
        value=0.0, explanation="no candidate proposes refund, expected forbidden"
    )


def test_a_clause_counts_when_a_verdict_rests_on_it() -> None:
    score = scored("clauses", a_suggestion(), clauses=["returns.window", "returns.opened"])
    assert score == CaseScore(value=0.5, explanation="clause returns.opened is nowhere")


def test_a_needless_escalation_scores_nothing() -> None:
    suggestion = a_suggestion(escalation=an_escalation("legal"))
    score = scored("escalation", suggestion, escalation={"needed": False})
    assert score == CaseScore(value=0.0, explanation="escalated (legal), without need")


def test_a_missed_escalation_scores_nothing() -> None:
    expected = {"needed": True, "codes": ["safety"]}
    score = scored("escalation", a_suggestion(), escalation=expected)
    assert score == CaseScore(value=0.0, explanation="not escalated")


def test_an_escalation_for_half_its_reasons_keeps_the_share() -> None:
    suggestion = a_suggestion(escalation=an_escalation("safety", "legal"))
    expected = {"needed": True, "codes": ["safety", "press"]}
    score = scored("escalation", suggestion, escalation=expected)
    assert score.value == pytest.approx(2 / 3)
    assert score.explanation == "no trigger press, only safety, legal"


@pytest.mark.parametrize("asked", ["jug.model", "WHICH JUG", "do you have"])
def test_a_question_is_known_by_its_fact_or_its_words(asked: str) -> None:
    question = Question(fact="jug.model", text="Which jug do you have?", settles="which filter")
    suggestion = a_suggestion(questions=(question,))
    assert scored("questions", suggestion, asks=[asked]).value == 1


def test_a_question_that_is_not_asked_is_named() -> None:
    score = scored("questions", a_suggestion(), asks=["order.id"])
    assert score == CaseScore(value=0.0, explanation="does not ask order.id; asks nothing")


@given(st.lists(st.booleans(), min_size=1))
def test_a_score_is_full_exactly_when_every_part_is_met(met: list[bool]) -> None:
    score = share_met([Part(m, "missing") for m in met])
    assert score.value is not None
    assert 0 <= score.value <= 1
    assert (score.value == 1) == all(met)
    assert (score.value == 0) == (not any(met))
    assert (score.explanation == "") == all(met)
