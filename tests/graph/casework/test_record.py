"""What a case leaves behind: what was known, suggested, decided, and how it ended."""

from datetime import date
from typing import Any

import pytest

from assist.domain.case_event import CaseEvent
from assist.domain.categories import Cause
from assist.domain.escalation import Escalation
from assist.graph.casework.record import as_markdown, record_of
from tests.builders import NOW
from tests.graph.casework.cases import a_case, an_event, decided, opened
from tests.graph.casework.records import CAUSE, CITED, DRAFT, MONDAY, RULES, recorded, suggested
from tests.policies.rules import granted

SOLVED = an_event(3, "outcome", at=MONDAY, kind="solved", rating=5, comment="Green now.")


def test_the_issue_is_told_in_the_words_of_the_customer_with_what_is_known() -> None:
    (issue,) = recorded().issues

    assert issue.words == "Please refund it."
    assert [(fact.path, fact.source) for fact in issue.environment] == [
        ("order.id", "customer"),
        ("order.total", "records"),
    ]


def test_all_candidates_are_kept_with_their_verdicts_and_what_was_taken() -> None:
    (issue,) = recorded(decided(2, "accept", text=DRAFT.text)).issues

    first, second = issue.considered
    assert (first.suggested, first.taken) == (True, True)
    assert (second.suggested, second.taken) == (False, False)
    assert second.verdict is not None
    assert second.verdict.level == "lead"
    assert issue.choice is not None
    assert issue.choice.reason == "0.8 against 0.6"


def test_another_candidate_that_was_taken_is_a_deviation_that_names_whose_approval_it_needs() -> (
    None
):
    record = recorded(decided(2, "choose", text="Here is a credit.", candidate_id="i1.c2"))

    (deviation,) = record.deviations
    assert deviation.candidate == "i1.c2 A credit"
    assert (deviation.needs, deviation.by, deviation.event) == ("lead", "Kim", 2)
    assert [one.taken for one in record.issues[0].considered] == [False, True]


def test_an_edited_draft_is_a_deviation_with_the_words_that_changed() -> None:
    (deviation,) = recorded(decided(2, "edit", text="Hello Ana. Restart the hub.")).deviations
    assert (deviation.kind, deviation.changed, deviation.words) == ("edit", 2, 4)


@pytest.mark.parametrize(
    "decision",
    [
        decided(2, "accept", text=DRAFT.text),
        decided(2, "edit", text="Hello.\nRestart  the hub."),
        decided(2, "add_facts", facts={"order.id": "FW-2"}),
    ],
)
def test_what_was_sent_as_it_was_drafted_is_no_deviation(decision: CaseEvent) -> None:
    assert recorded(decision).deviations == ()


def test_a_rejection_is_a_deviation_with_its_reason_and_no_text() -> None:
    (deviation,) = recorded(decided(2, "reject", reason="It is beside the point.")).deviations
    assert (deviation.reason, deviation.text, deviation.changed) == (
        "It is beside the point.", "", 0,
    )  # fmt: skip


ACCEPTED = decided(2, "accept", text=DRAFT.text)
CREDITED = decided(2, "choose", text="Here is a credit.", candidate_id="i1.c2")
TICKED = decided(2, "edit", text="Hello.", ticked=[CAUSE.check])
ONLY_CAUSE = "the only cause thought of, and what was answered helped"
TWO = (CAUSE, Cause(statement="The hub is broken."))


@pytest.mark.parametrize(
    ("events", "causes", "state"),
    [
        ((ACCEPTED, SOLVED), (CAUSE,), (True, ONLY_CAUSE)),
        ((ACCEPTED, SOLVED), TWO, (False, "solved, and nobody said which of 2 causes it was")),
        ((CREDITED, SOLVED), (CAUSE,), (False, "solved by something that shows no cause")),
        ((ACCEPTED,), (CAUSE,), (False, "the case is not solved")),
        ((TICKED,), TWO, (True, "its check was made")),
    ],
)
def test_a_cause_is_confirmed_only_by_what_shows_it(
    events: tuple[CaseEvent, ...], causes: tuple[Cause, ...], state: tuple[bool, str]
) -> None:
    (issue,) = recorded(*events, suggestion=suggested(causes=causes)).issues
    assert (issue.causes[0].confirmed, issue.causes[0].why) == state
    assert not any(cause.confirmed for cause in issue.causes[1:])


def test_a_clause_has_the_edition_of_its_policy() -> None:
    (clause,) = recorded().clauses
    assert (clause.policy_id, clause.version, clause.effective) == (
        "returns", "3", date(2026, 9, 1),
    )  # fmt: skip


@pytest.mark.parametrize("kept", [None, RULES.model_copy(update={"version": "another"})])
def test_where_the_rules_are_not_kept_clauses_have_no_edition_and_it_is_said(kept: Any) -> None:
    record = recorded(rules=kept)
    assert record.clauses[0].version == ""
    assert record.notes == ("the rules of version test are not kept: no editions",)


def test_what_was_approved_for_another_ticket_is_not_in_the_record() -> None:
    mine, other = granted(ticket_id="t-1"), granted(id="g-2", ticket_id="t-2")
    assert recorded(granted=(mine, other)).granted == (mine,)


def test_an_escalation_is_kept_with_who_handed_it_over_and_why() -> None:
    handed = decided(2, "escalate", reason="They sue.", at=MONDAY)
    record = recorded(handed)
    assert record.escalation is not None
    assert (record.escalation.by, record.escalation.at, record.escalation.reason) == (
        "Kim", MONDAY, "They sue.",
    )  # fmt: skip
    assert recorded().escalation is None


def test_an_escalation_that_was_called_for_and_not_made_is_kept_too() -> None:
    record = recorded(suggestion=suggested(escalation=Escalation(needed=True)))
    assert record.escalation is not None
    assert (record.escalation.by, record.escalation.at) == ("", None)


def test_every_outcome_is_kept_and_the_last_one_counts() -> None:
    failed = an_event(3, "outcome", kind="not_solved", tried="It stays red.")
    again = decided(4, "accept", text=DRAFT.text)
    solved = an_event(5, "outcome", at=MONDAY, kind="solved", rating=4)
    record = recorded(ACCEPTED, failed, again, solved)

    assert [one.kind for one in record.outcomes] == ["not_solved", "solved"]
    assert record.outcome is not None
    assert (record.outcome.rating, record.outcome.by) == (4, "Kim")
    assert (record.status, record.opened_at, record.closed_at) == ("solved", NOW, MONDAY)


def test_a_case_that_goes_on_is_not_closed() -> None:
    record = recorded(ACCEPTED)
    assert (record.closed_at, record.outcome) == (None, None)


def test_links_name_what_it_rests_on() -> None:
    links = recorded().links
    assert links.suggestion_ids == ("s-1",)
    assert (links.generations, links.policy_versions) == (("g-1",), ("test",))
    assert links.citations == (CITED,)


def test_a_case_without_a_suggestion_has_a_record_that_says_so() -> None:
    record = record_of(a_case(opened()), (opened(),), [], (), rules=None)
    assert record.issues == ()
    assert "no suggestion was made" in record.notes[0]
    assert "Suggestions: none" in as_markdown(record)


@pytest.mark.parametrize("case", [a_case(work=None), a_case()])
def test_a_suggestion_alone_has_no_record(case: Any) -> None:
    with pytest.raises(AssertionError, match="no record"):
        record_of(case, (), [], (), rules=None)
