"""Propose, scored: candidates that could be carried out, and that differ."""

from decimal import Decimal
from typing import Any

import pytest

from assist.domain.draft import Citation
from assist.domain.solution import Action, Candidate
from assist.domain.suggestion import Suggestion
from tests.evals.builders import FILTER, a_candidate, a_citation
from tests.evals.scorers.scoring import ALL_MET, missed, offering, scored, value


def changed(candidate: Candidate, **fields: Any) -> Candidate:
    return candidate.model_copy(update=fields)


def unjudged(kind: str) -> Candidate:
    """A candidate whose one action bears no verdict."""
    return changed(a_candidate(kind), actions=(Action(kind=kind),))


def test_a_candidate_that_tells_something_is_valid() -> None:
    assert scored("candidates_valid", offering(a_candidate())) == ALL_MET


def test_there_must_be_a_candidate_to_look_at() -> None:
    score = scored("candidates_valid", offering())
    assert (score.value, score.explanation) == (None, "there is no candidate")


@pytest.mark.parametrize(
    ("candidate", "fault"),
    [
        (changed(a_candidate(), actions=()), "does nothing"),
        (unjudged("refund"), "has an action without a verdict"),
        (changed(a_candidate("refund"), verdict=None), "has actions and no verdict"),
        (a_candidate(issue_id="i9"), "is of i9, which is no issue"),
        (
            a_candidate(citations=(a_citation("It lasts for ever."),)),
            "not verbatim in filter#1: “It lasts for ever.”",
        ),
    ],
)
def test_a_candidate_that_cannot_be_carried_out_is_named(candidate: Candidate, fault: str) -> None:
    assert scored("candidates_valid", offering(candidate)) == missed(f"“Tell them” {fault}")


def test_telling_needs_no_verdict_of_its_own_and_steps_are_enough() -> None:
    assert scored("candidates_valid", offering(unjudged("inform"))) == ALL_MET
    steps = changed(a_candidate(), actions=(), steps=("Rinse it.",))
    assert scored("candidates_valid", offering(steps)) == ALL_MET


def beyond_authority(alternative: Candidate, **fields: Any) -> Suggestion:
    """A refund that needs approval, with another candidate that may be named instead."""
    refund = a_candidate("refund", "needs_approval", title="Refund it", **fields)
    return offering(refund, alternative)


CREDIT = a_candidate("credit", id="i1.c2", title="Give a credit")


def test_what_is_beyond_authority_names_the_best_within_it() -> None:
    named = beyond_authority(CREDIT, alternative_id="i1.c2")
    assert scored("candidates_valid", named) == ALL_MET


@pytest.mark.parametrize(
    ("alternative", "named", "fault"),
    [
        (CREDIT, None, "is needs_approval and names nothing within authority"),
        (CREDIT, "i1.c9", "names i1.c9 as the best within authority, which is none"),
        (CREDIT, "i1.c1", "names “Refund it” as within authority, which is needs_approval"),
        (
            a_candidate("credit", "forbidden", id="i1.c2", title="Give a credit",
                        alternative_id="i1.c3"),
            "i1.c2",
            "names “Give a credit” as within authority, which is forbidden",
        ),
    ],
)  # fmt: skip
def test_what_is_named_within_authority_is_there_and_within_it(
    alternative: Candidate, named: str | None, fault: str
) -> None:
    score = scored("candidates_valid", beyond_authority(alternative, alternative_id=named))
    assert f"“Refund it” {fault}" in score.explanation


def test_what_is_named_within_authority_solves_the_same_issue() -> None:
    elsewhere = changed(CREDIT, issue_id="i2")
    score = scored("candidates_valid", beyond_authority(elsewhere, alternative_id="i1.c2"))
    assert "names “Give a credit” as within authority, which is of i2" in score.explanation


def test_each_candidate_counts() -> None:
    idle = changed(a_candidate(), actions=())
    assert value("candidates_valid", offering(a_candidate(), idle)) == 0.5


def second(kind: str = "inform", **fields: Any) -> Candidate:
    return a_candidate(kind, id="i1.c2", title="Do it", **fields)


def test_two_candidates_that_do_the_same_are_one() -> None:
    twice = scored("candidates_differ", offering(a_candidate(), second()))
    assert twice == missed("“Tell them” and “Do it” do the same")


TEN_STEPS = ("Rinse the new filter well and press it in slowly.",)
OTHER_STEPS = ("Ask the shop where it was bought for another jug.",)


@pytest.mark.parametrize(
    "other",
    [
        second("refund"),
        second(citations=(a_citation("Rinse it under cold water."),)),
        second(steps=OTHER_STEPS),
    ],
)
def test_candidates_differ_by_what_is_done_by_their_steps_or_by_what_they_quote(
    other: Candidate,
) -> None:
    first = a_candidate(steps=TEN_STEPS, citations=(a_citation(),))
    assert scored("candidates_differ", offering(first, other)) == ALL_MET


def test_the_same_action_on_another_sum_is_another_solution() -> None:
    def waiting(days: int) -> tuple[Action, ...]:
        return (Action(kind="loan", parameters={"days": Decimal(days)}),)

    week = changed(a_candidate(), actions=waiting(7))
    assert value("candidates_differ", offering(week, changed(second(), actions=waiting(14)))) == 1
    assert value("candidates_differ", offering(week, changed(second(), actions=waiting(7)))) == 0


def test_one_word_changed_is_still_the_same_list_of_steps() -> None:
    long = " ".join(f"word{at}" for at in range(20))
    first = a_candidate(steps=(long,))
    assert value("candidates_differ", offering(first, second(steps=(f"{long} more",)))) == 0


def test_candidates_of_different_issues_are_not_compared() -> None:
    apart = offering(a_candidate(), changed(second(), issue_id="i2"))
    score = scored("candidates_differ", apart)
    assert (score.value, score.explanation) == (None, "no issue has two candidates")


def test_the_quote_of_a_passage_always_stands() -> None:
    whole = Citation(passage_id=FILTER.id, document_id=FILTER.document_id, quote=FILTER.text)
    assert scored("candidates_valid", offering(a_candidate(citations=(whole,)))) == ALL_MET
