"""What was approved is the agent's to do, once, and the record says who approved it."""

import pytest

from assist.errors import Stale
from assist.graph.casework.record import as_markdown
from assist.service.desk import Desk
from assist.service.granting import void
from assist.service.recording import recorded
from tests.service.handing_over import (
    a_desk,
    a_refund,
    answered,
    asked,
    came_out,
    decided,
    opened,
    the_refund,
)


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def test_the_next_suggestion_knows_who_approved_it_and_may_be_sent(desk: Desk) -> None:
    view = opened(desk)
    before = the_refund(view)
    assert before.verdict is not None
    assert before.verdict.value == "needs_approval"
    given = answered(desk, asked(desk, view))

    told = desk.cases.view(view.case.id)
    assert told.changed == (f"Lee approved: {before.title}",)
    with pytest.raises(Stale, match="Lee approved"):
        decided(desk, told, "edit", text="We refund you 250.00 USD.")
    after = decided(desk, told, "add_facts")

    refund = the_refund(after)
    assert refund.verdict is not None
    assert (refund.verdict.value, refund.verdict.approved_by) == ("allowed", given.approver)
    assert after.suggestion is not None
    assert after.suggestion.choice is not None
    assert after.suggestion.choice.candidate_id == refund.id
    assert "250.00 USD" in after.suggestion.draft.text
    flags = [flag for one in after.suggestion.draft.sentences for flag in one.flags]
    assert "over_authority" not in flags
    assert after.changed == ()


def test_once_it_was_told_it_is_spent_and_is_not_promised_again(desk: Desk) -> None:
    view = opened(desk)
    answered(desk, asked(desk, view))
    view = decided(desk, desk.cases.view(view.case.id), "add_facts")
    view = decided(desk, view, "accept")
    view = came_out(desk, view, "not_solved", tried="It did not come.")

    verdict = the_refund(view).verdict
    assert verdict is not None
    assert (verdict.value, verdict.approved_by) == ("needs_approval", "")


def test_a_question_to_the_customer_spends_no_approval(desk: Desk) -> None:
    view = opened(desk)
    answered(desk, asked(desk, view))
    view = decided(desk, desk.cases.view(view.case.id), "add_facts")
    decided(desk, view, "ask_customer", text="To which card?")
    view = opened(desk, a_refund(revision=2))

    verdict = the_refund(view).verdict
    assert verdict is not None
    assert verdict.value == "allowed"


def test_what_was_taken_back_is_approved_no_more(desk: Desk) -> None:
    view = opened(desk)
    given = answered(desk, asked(desk, view))
    void(desk.parts, given.granted_ids[0], by="Lee", reason="the wrong order")

    verdict = the_refund(decided(desk, desk.cases.view(view.case.id), "add_facts")).verdict
    assert verdict is not None
    assert verdict.value == "needs_approval"


def test_a_refusal_is_told_and_stands_in_no_answers_way(desk: Desk) -> None:
    view = opened(desk)
    answered(desk, asked(desk, view), "refuse", reason="It was opened.")

    told = desk.cases.view(view.case.id)
    assert told.changed == (f"Lee refused: {the_refund(view).title} (It was opened.)",)
    assert decided(desk, told, "edit", text="We cannot.").case.status == "waiting"


def test_the_records_deviation_names_who_approved_it(desk: Desk) -> None:
    view = opened(desk)
    answered(desk, asked(desk, view))
    view = decided(desk, desk.cases.view(view.case.id), "add_facts")
    refund = the_refund(view)
    decided(desk, view, "choose", candidate_id=refund.id, text="We refund you 250.00 USD.")

    record = recorded(desk.parts, view.case.id)
    deviation = record.deviations[-1]
    assert deviation.approved.startswith("Lee (lead) on 2026-11-20")
    assert [one.state for one in record.approvals] == ["approved"]
    page = as_markdown(record)
    assert "approved: Refund the order of 250.00 USD, asked by Mo (agent): It never worked." in page
    assert "250.00 USD &lt;= " in page or "250.00 USD > 100.00 USD" in page
    assert "by Lee (lead): It is fair." in page
