"""What an agent may not grant is asked of somebody who may, and judged again when they answer."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from assist.domain.grants import Granted
from assist.errors import AlreadyDone, BadInput, NotFound, NotPermitted, Stale
from assist.service import approvals
from assist.service.approval_requests import WithdrawApproval
from assist.service.case_requests import CancelRequest
from assist.service.desk import Desk
from tests.builders import NOW
from tests.service.handing_over import (
    TEMPLATE,
    PassingClock,
    a_desk,
    a_refund,
    answered,
    asked,
    decided,
    done,
    opened,
    the_refund,
)
from tests.service.parts import ingested

FREEZE = """\
---
id: freeze
title: Freeze
version: "1"
owner: Payments
effective: 2026-11-25
purpose: Nothing is paid back while the books are closed.
clauses:
  - id: freeze.all
    type: mandatory
    actions: [refund]
    effect: forbid
    reason: The books are closed
    text: No refund is made while the books are closed.
---

# Freeze

No refund is made while the books are closed.
"""


@pytest.fixture
def desk() -> Desk:
    return a_desk()


def booked(desk: Desk) -> tuple[Granted, ...]:
    return desk.parts.grants.of_customer("c-1", NOW - timedelta(days=400))


def capped(folder: Path, amount: str) -> Path:
    """The template's knowledge base, where a lead too may give so much in 90 days and no more."""
    kb = folder / "kb"
    for file in TEMPLATE.rglob("*"):
        if file.is_file():
            (kb / file.relative_to(TEMPLATE)).parent.mkdir(parents=True, exist_ok=True)
            (kb / file.relative_to(TEMPLATE)).write_bytes(file.read_bytes())
    cap = f'cap: {{days: 90, amount: [{{amount: "{amount}", currency: USD}}]}}'
    rules = (kb / "authority.yaml").read_text("utf-8")
    changed = rules.replace("level: lead, action: refund", f"level: lead, action: refund, {cap}")
    assert changed != rules
    (kb / "authority.yaml").write_text(changed, "utf-8")
    return kb


def test_what_is_asked_stands_with_the_verdict_the_clauses_and_the_sums(desk: Desk) -> None:
    with desk.parts.grants.booking("c-1") as booking:
        booking.add(
            Granted(id="g-0", customer_id="c-1", action="refund", level="lead", by="Lee", at=NOW)
        )
    view = opened(desk)
    wanted = asked(desk, view)

    assert (wanted.state, wanted.needs, wanted.level) == ("open", "lead", "agent")
    assert [str(amount) for amount in wanted.amounts] == ["250.00 USD"]
    assert wanted.verdict.arithmetic[-1] == "250.00 USD > 100.00 USD, the agent's limit for refund"
    (clause,) = wanted.clauses
    assert (clause.clause_id, clause.policy_id, clause.version) == (
        "returns.window",
        "returns",
        "1",
    )
    assert "within 30 days of delivery" in clause.text
    assert wanted.actions[0].proof
    assert (wanted.customer_id, wanted.on) == ("c-1", NOW.date())
    assert desk.cases.view(view.case.id).approvals == (wanted,)
    assert [grant.id for grant in wanted.granted] == ["g-0"]
    assert [grant.id for grant in booked(desk)] == ["g-0"]


def test_the_same_request_again_is_what_was_kept_and_its_key_is_no_other_requests(
    desk: Desk,
) -> None:
    view = opened(desk)
    wanted = asked(desk, view)

    assert asked(desk, view) == wanted
    with pytest.raises(AlreadyDone, match="'a-1' is that of another request"):
        asked(desk, view, reason="Because.")
    with pytest.raises(AlreadyDone, match="Mo has asked for"):
        asked(desk, view, key="a-2")


def test_what_is_approved_is_booked_by_who_approved_it_and_counts(desk: Desk) -> None:
    view = opened(desk)
    wanted = asked(desk, view)
    given = answered(desk, wanted)

    assert (given.state, given.answered_by, given.answered_level) == ("approved", "Lee", "lead")
    assert given.answered_verdict is not None
    assert given.answered_verdict.value == "allowed"
    (grant,) = booked(desk)
    assert (grant.by, grant.level, grant.ticket_id) == ("Lee", "lead", "t-1")
    assert (str(grant.amount), grant.clauses) == ("250.00 USD", ("returns.window",))
    assert given.granted_ids == (grant.id,)
    assert answered(desk, wanted) == given
    assert len(booked(desk)) == 1


def test_of_two_answers_the_first_stands_and_the_other_is_told(desk: Desk) -> None:
    wanted = asked(desk, opened(desk))
    refused = answered(desk, wanted, "refuse", reason="It was opened.")

    assert (refused.state, booked(desk)) == ("refused", ())
    for other in ({"key": "y-2"}, {"by": "Kim"}):
        with pytest.raises(AlreadyDone, match="refused by Lee"):
            answered(desk, wanted, "refuse", **other)
    with pytest.raises(AlreadyDone, match="refused by Lee"):
        answered(desk, wanted)


def test_a_level_below_the_one_that_is_needed_neither_approves_nor_refuses(desk: Desk) -> None:
    wanted = asked(desk, opened(desk))

    with pytest.raises(NotPermitted, match=r"senior may not approve .*250\.00 USD > 100\.00 USD"):
        answered(desk, wanted, level="senior")
    with pytest.raises(NotPermitted, match="decided at the level lead"):
        answered(desk, wanted, "refuse", level="senior")
    with pytest.raises(BadInput, match="no level 'king'"):
        answered(desk, wanted, level="king")
    assert (desk.parts.approvals.get(wanted.id).state, booked(desk)) == ("open", ())


def test_who_asks_does_not_approve(desk: Desk) -> None:
    wanted = asked(desk, opened(desk))
    with pytest.raises(NotPermitted, match="Mo has asked for it"):
        answered(desk, wanted, by="Mo")
    assert booked(desk) == ()


def test_who_asks_does_not_approve_under_another_name(desk: Desk) -> None:
    wanted = asked(desk, opened(desk), through="key-1")
    with pytest.raises(NotPermitted, match="through this same key or session"):
        answered(desk, wanted, through="key-1")
    assert booked(desk) == ()
    assert answered(desk, wanted, through="key-2").state == "approved"


def test_a_cap_that_filled_meanwhile_is_said_with_its_sums(tmp_path: Path) -> None:
    desk = a_desk(capped(tmp_path, "400.00"))
    first = asked(desk, opened(desk))
    second = asked(desk, opened(desk, a_refund(ticket_id="t-2")))
    answered(desk, first)

    with pytest.raises(NotPermitted) as caught:
        answered(desk, second)

    assert "+ 250.00 USD = 500.00 USD > 400.00 USD, the lead's cap" in str(caught.value)
    assert "the support manager" in caught.value.cure
    assert desk.parts.approvals.get(second.id).state == "open"
    assert len(booked(desk)) == 1
    assert answered(desk, second, level="manager").state == "approved"


def test_it_is_judged_by_the_rules_of_the_day_the_ticket_came(tmp_path: Path) -> None:
    kb = capped(tmp_path, "900.00")
    (kb / "policies/freeze.md").write_text(FREEZE, "utf-8")
    desk = a_desk(kb, clock=PassingClock(NOW + timedelta(days=10)))
    before = asked(desk, opened(desk, a_refund(created_at=NOW)))

    assert before.on == NOW.date()
    assert answered(desk, before).state == "approved"
    since = opened(desk, a_refund(ticket_id="t-2", created_at=NOW + timedelta(days=6)))
    with pytest.raises(NotPermitted, match="nobody may approve it"):
        asked(desk, since)


def test_rules_that_were_published_since_it_was_asked_decide(tmp_path: Path) -> None:
    kb = capped(tmp_path, "900.00")
    desk = a_desk(kb)
    wanted = asked(desk, opened(desk))
    (kb / "policies/freeze.md").write_text(FREEZE.replace("2026-11-25", "2026-11-01"), "utf-8")
    ingested(desk.parts, kb)
    desk.asked.forget()

    with pytest.raises(NotPermitted, match=r"may not approve .* now: .*freeze\.all"):
        answered(desk, wanted, level="manager")
    assert (desk.parts.approvals.get(wanted.id).state, booked(desk)) == ("open", ())


@pytest.mark.parametrize(
    ("ticket", "told", "words"),
    [
        (a_refund("50.00"), {}, "needs no approval"),
        (a_refund(), {"candidate_id": "i1.c9"}, "no candidate 'i1.c9'"),
        (a_refund(), {"actions": [{"kind": "credit"}]}, "does not credit"),
        (a_refund(), {"actions": [{"kind": "refund", "parameters": {"amuont": 3}}]}, "'amuont'"),
        (a_refund(customer={"region": "US"}), {}, "nobody knows who the customer is"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_with_the_cure(
    desk: Desk, ticket: Any, told: dict[str, Any], words: str
) -> None:
    view = opened(desk, ticket)
    with pytest.raises(BadInput) as caught:
        asked(desk, view, **told)
    assert words in str(caught.value)
    assert caught.value.cure


def test_another_amount_than_the_candidates_can_be_asked_for(desk: Desk) -> None:
    view = opened(desk)
    money = {"amount": "180.00", "currency": "USD"}
    wanted = asked(desk, view, actions=[{"kind": "refund", "parameters": {"amount": money}}])

    assert [str(amount) for amount in wanted.amounts] == ["180.00 USD"]
    answered(desk, wanted)
    after = decided(desk, desk.cases.view(view.case.id), "add_facts")
    assert str(the_refund(after).actions[0].parameters["amount"]) == "180.00 USD"


def test_a_candidate_of_an_older_suggestion_is_stale(desk: Desk) -> None:
    view = opened(desk)
    newer = decided(desk, view, "add_facts")
    with pytest.raises(Stale, match="is not the newest"):
        asked(desk, newer, suggestion_id=view.case.suggestion_id)


def test_a_case_that_ends_takes_what_waits_with_it(desk: Desk) -> None:
    view = opened(desk)
    wanted = asked(desk, view)
    done(desk.cases.cancel(view.case.id, CancelRequest(key="x", by="Mo", reason="twice")))

    kept = desk.parts.approvals.get(wanted.id)
    assert (kept.state, kept.answer_reason) == ("withdrawn", "the case was cancelled")
    with pytest.raises(AlreadyDone, match="is cancelled"):
        asked(desk, view, key="a-2")


def test_what_nobody_needs_is_withdrawn_once(desk: Desk) -> None:
    wanted = asked(desk, opened(desk))
    request = WithdrawApproval(key="x-1", by="Mo", reason="They want another.")

    withdrawn = approvals.withdraw(desk, wanted.id, request)
    assert (withdrawn.state, withdrawn.answer_reason) == ("withdrawn", "They want another.")
    assert approvals.withdraw(desk, wanted.id, request) == withdrawn
    with pytest.raises(AlreadyDone, match="withdrawn by Mo"):
        answered(desk, wanted)
    with pytest.raises(NotFound):
        approvals.withdraw(desk, "a-9", request)


def test_those_that_i_may_answer_come_first(desk: Desk) -> None:
    asked(desk, opened(desk))
    late = a_refund(
        ticket_id="t-2",
        facts={
            "order.total": {"amount": "20.00", "currency": "USD"},
            "order.delivered_at": "2026-09-10",
        },
    )
    asked(desk, opened(desk, late))
    waiting = approvals.listed(desk, ["open"], "lead", 9)
    assert [one.ticket_id for one in waiting] == ["t-1", "t-2"]
    assert {one.needs for one in waiting} == {"lead"}
