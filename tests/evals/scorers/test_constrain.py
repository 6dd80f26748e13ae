"""Constrain, scored: the clauses that decide the case, and the verdicts on what is proposed."""

from assist.domain.policy import Requirement
from tests.evals.builders import a_candidate, a_suggestion
from tests.evals.scorers.scoring import ALL_MET, missed, offering, scored


def test_a_clause_counts_when_a_verdict_rests_on_it() -> None:
    score = scored("clauses", a_suggestion(), clauses=["returns.window", "returns.opened"])
    assert (score.value, score.explanation) == (0.5, "clause returns.opened is nowhere")
    assert scored("clauses", a_suggestion(), clauses=["returns.window"]) == ALL_MET


def test_a_clause_counts_when_it_is_among_the_requirements() -> None:
    opened = Requirement(
        clause_id="returns.opened",
        type="standard",
        text="An opened box may come back.",
        flexibility="a lead may waive it",
        purpose="A fair way back.",
    )
    found = a_suggestion(requirements=(opened,))
    assert scored("clauses", found, clauses=["returns.opened"]) == ALL_MET


def test_a_verdict_is_that_of_the_action_of_its_kind() -> None:
    refund = offering(a_candidate(), a_candidate("refund", "needs_approval"))
    assert scored("verdicts", refund, verdicts={"refund": "needs_approval"}) == ALL_MET
    assert scored("verdicts", refund, verdicts={"refund": "allowed"}) == missed(
        "refund is needs_approval, expected allowed"
    )


def test_each_expected_verdict_counts() -> None:
    both = offering(a_candidate("credit", "allowed"), a_candidate("refund", "needs_approval"))
    score = scored("verdicts", both, verdicts={"refund": "forbidden", "credit": "allowed"})
    assert score.value == 0.5


def test_a_laxer_verdict_on_the_same_action_is_a_miss() -> None:
    both = offering(a_candidate("refund", "needs_approval"), a_candidate("refund", "allowed"))
    assert scored("verdicts", both, verdicts={"refund": "needs_approval"}) == missed(
        "refund is allowed and needs_approval, expected needs_approval"
    )


def test_an_action_that_nobody_proposes_or_judges_has_no_verdict() -> None:
    absent = scored("verdicts", a_suggestion(), verdicts={"refund": "forbidden"})
    assert absent == missed("no candidate proposes refund, expected forbidden")
    unjudged = a_candidate("refund").actions[0].model_copy(update={"verdict": None})
    bare = offering(a_candidate().model_copy(update={"actions": (unjudged,)}))
    assert scored("verdicts", bare, verdicts={"refund": "forbidden"}) == missed(
        "refund is none, expected forbidden"
    )
