"""Agreement by step, and our reason wherever the two differ."""

import csv
import io
from typing import Any

import numpy as np
import pytest

from assist.domain.suggestion import Suggestion
from evals.history.results import History, Replayed
from evals.history.solved import Did
from evals.history.steps import Step, steps
from evals.history.table import as_csv
from tests.evals.builders import (
    FILTER,
    a_candidate,
    a_draft,
    a_hit_on,
    a_sentence,
    a_suggestion,
    an_abstained_suggestion,
    an_escalation,
    an_issue,
)
from tests.fake_embedder import ToyEmbedder

EMBED = ToyEmbedder().embed


def compared(suggestion: Suggestion | None = None, **did: Any) -> dict[str, Step]:
    found = steps(Did.model_validate(did), suggestion or a_suggestion(), EMBED)
    return {step.step: step for step in found}


def test_what_the_row_does_not_say_is_not_compared() -> None:
    assert compared() == {}
    assert list(compared(category="filters")) == ["category"]


def test_the_same_category_agrees_and_another_says_how_the_issue_was_understood() -> None:
    assert compared(category="filters")["category"].agrees
    other = compared(category="returns")["category"]
    assert (other.value, other.theirs, other.ours) == (0.0, "returns", "filters")
    assert "The filter must be changed." in other.why


@pytest.mark.parametrize(("theirs", "value"), [("P3", 1.0), ("P2", 0.5), ("P1", 0.0)])
def test_a_priority_one_level_off_is_half_right(theirs: str, value: float) -> None:
    step = compared(priority=theirs)["priority"]
    assert (step.value, step.agrees) == (value, value == 1)
    assert step.why == ("" if step.agrees else "one customer")


def test_actions_are_compared_as_sets_of_kinds_and_to_inform_is_none() -> None:
    assert compared(actions=[])["actions"].agrees
    assert compared(actions=["inform"])["actions"].agrees
    refund = a_suggestion(candidates=(a_candidate("refund"),))
    assert compared(refund, actions=["refund"])["actions"].agrees
    part = compared(refund, actions=["refund", "credit"])["actions"]
    assert (part.value, part.agrees, part.theirs) == (0.5, False, "credit, refund")
    assert part.why == "it answers the question"


def test_an_abstention_is_the_reason_that_nothing_was_done() -> None:
    step = compared(an_abstained_suggestion(), actions=["refund"])["actions"]
    assert (step.ours, step.value) == ("none", 0.0)
    assert "no_evidence: nothing is written about it" in step.why


def test_what_the_rules_say_to_what_they_did_is_told() -> None:
    forbidden = a_candidate("refund", "forbidden", instead_of=None)
    other = a_candidate("inform").model_copy(update={"id": "i1.c1"})
    suggestion = a_suggestion(candidates=(other, forbidden.model_copy(update={"id": "i1.c2"})))
    assert "refund: forbidden" in compared(suggestion, actions=["refund"])["actions"].why


def test_an_escalation_is_told_with_its_triggers() -> None:
    needed = a_suggestion(escalation=an_escalation("legal"))
    assert compared(needed, escalated=True)["escalation"].agrees
    step = compared(needed, escalated=False)["escalation"]
    assert (step.theirs, step.ours, step.why) == ("kept", "escalated", "legal: their words")
    assert compared(escalated=True)["escalation"].why == "nothing calls for it"


def test_two_replies_are_as_near_as_their_vectors() -> None:
    suggestion = a_suggestion()
    same = compared(suggestion, reply=suggestion.draft.text)["reply"]
    assert same.value == pytest.approx(1.0, abs=1e-5)
    assert same.agrees
    a, b = EMBED([suggestion.draft.text, "Bring the parcel to the office."])
    other = compared(suggestion, reply="Bring the parcel to the office.")["reply"]
    assert other.value == pytest.approx(min(1.0, max(0.0, float(np.dot(a, b)))), abs=1e-6)


def test_a_reply_is_covered_by_what_was_found_statement_by_statement() -> None:
    suggestion = a_suggestion(hits=(a_hit_on(FILTER),))
    full = compared(suggestion, reply="The water filter lasts 90 days.")["coverage"]
    assert (full.value, full.agrees, full.ours) == (1.0, True, "1 found in filter")
    half = compared(
        suggestion, reply="The water filter lasts 90 days. The lamp costs 40 dollars in Peru."
    )["coverage"]
    assert (half.value, half.agrees) == (0.5, False)
    assert half.why == "not found: The lamp costs 40 dollars in Peru."
    assert "coverage" not in compared(suggestion, reply="Which jug is it?")


def test_a_cell_that_a_spreadsheet_would_run_is_quoted() -> None:
    row = Replayed(
        line=1, ticket_id="=cmd|' /C calc'!A0", at="2026-11-20", solved=True, csat=None,
        suggestion_id="s-1", steps=tuple(compared(category="@sum").values()),
    )  # fmt: skip
    history = History(
        source="f",
        generation="g",
        policy_version="p",
        seconds=0,
        groups=(),
        replayed=(row,),
        bad=(),
    )
    (cells,) = csv.DictReader(io.StringIO(as_csv(history)))
    assert cells["ticket_id"] == "'=cmd|' /C calc'!A0"
    assert cells["category_theirs"] == "'@sum"
    assert (cells["category_agrees"], cells["solved"], cells["csat"]) == ("no", "yes", "")
    assert cells["reply_why"] == ""


def test_an_issue_of_second_rank_is_named() -> None:
    second = an_issue(id="i2", category="returns")
    suggestion = a_suggestion(
        issues=(an_issue(), second), draft=a_draft(a_sentence("Hi.", "courtesy"))
    )
    assert "(another issue's)" in compared(suggestion, category="returns")["category"].why
