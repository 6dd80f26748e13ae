"""What a colleague is asked: only facts and clauses that decide, and never more than two."""

import pytest

from assist.domain.consultation import Consultation
from assist.domain.issue import Fact
from assist.domain.records import CustomerRecord
from assist.domain.solution import Choice
from assist.domain.verdict import Verdict
from tests.builders import a_ticket
from tests.graph.consultations import (
    DUE,
    NO_ANSWER,
    TEXT,
    a_refund_that_waits,
    an_issue,
    asked,
    company,
)
from tests.policies.rules import a_clause, a_policy

CHOSEN = Choice(candidate_id="i1.c2", reason="the best answer")


def test_a_fact_that_is_not_the_customers_to_know_is_asked_of_the_categorys_owner() -> None:
    (found,) = asked(a_refund_that_waits("order.repairs"))
    assert found == Consultation(
        id=found.id,
        ticket_id="t-1",
        issue_id="i1",
        question="Earlier repairs: How often was it repaired in our workshop?",
        fact="order.repairs",
        owner="Returns Desk",
        why="whether “Refund the purchase” may be done depends on it; "
        "it is ours to find out, not the customer's",
        due=DUE,
    )
    assert found.state == "proposed"


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("order.promise", "Earlier promise: what is known about it?"),
        ("order.batch", "Batch: what is known about it?"),
        ("device.age", "Device.age: what is known about it?"),
    ],
)
def test_without_a_worded_question_the_label_is_asked_about(path: str, question: str) -> None:
    (found,) = asked(a_refund_that_waits(path))
    assert (found.fact, found.question) == (path, question)


@pytest.mark.parametrize("path", ["device.dropped", "order.total", "no.such.fact"])
def test_what_the_customer_can_be_asked_is_asked_of_no_colleague(path: str) -> None:
    assert asked(a_refund_that_waits(path)) == ()


def test_an_account_is_looked_into_only_where_somebody_knows_whose() -> None:
    waits = a_refund_that_waits("customer.flag")
    assert asked(waits) == ()
    known = an_issue(facts=(Fact(path="order.id", value="A-1", source="customer"),))
    on_record = an_issue(facts=(Fact(path="order.id", value="A-1", source="records"),))
    assert [c.fact for c in asked(waits, issue=known)] == ["customer.flag"]
    assert asked(waits, issue=on_record) == ()
    for known_by in ({"customer": {"id": "c-1"}}, {"customer": {"email": "ana@example.com"}}):
        assert asked(waits, ticket=a_ticket(TEXT, **known_by))
    assert asked(waits, record=CustomerRecord(id="c-1"))


def test_a_verdict_that_is_known_needs_no_colleague() -> None:
    for value in ("allowed", "needs_approval", "forbidden"):
        verdict = Verdict.model_validate({"value": value, "facts": ("order.repairs",)})
        assert asked(a_refund_that_waits(verdict=verdict)) == ()
    assert asked(a_refund_that_waits(verdict=None)) == ()


@pytest.mark.parametrize(
    ("text", "choice", "questions"),
    [
        ("Please refund my hub.", None, 1),
        ("Please refund my hub.", CHOSEN, 1),
        ("I read about a refund in your terms.", None, 1),
        ("I read about a refund in your terms.", CHOSEN, 0),
        ("My hub is blue and blinks.", None, 0),
        ("My hub is blue and blinks.", CHOSEN, 0),
    ],
)
def test_only_what_the_customer_asks_for_or_speaks_of_is_worth_a_question(
    text: str, choice: Choice | None, questions: int
) -> None:
    found = asked(a_refund_that_waits("order.repairs"), issue=an_issue(text, choice=choice))
    assert len(found) == questions


def test_clauses_that_disagree_are_a_question_to_the_owners_of_their_policies() -> None:
    ours = a_policy(a_clause("returns.window"), owner="Returns Desk", title="Returns")
    theirs = a_policy(a_clause("fraud.stop"), id="fraud", owner="Fraud Desk", title="Fraud")
    verdict = Verdict(
        value="needs_approval", level="manager", conflict=("returns.window", "fraud.stop", "gone")
    )
    (found,) = asked(a_refund_that_waits(verdict=verdict), policy_set=company(ours, theirs))
    assert found.owner == "Returns Desk and Fraud Desk"
    assert found.question == (
        "Which of these goes first here: returns.window (“The text of returns.window.”) "
        "or fraud.stop (“The text of fraud.stop.”)?"
    )
    assert found.why == (
        "whether “Refund the purchase” may be done depends on it: the clauses have equal rank "
        "and disagree, in Returns and Fraud"
    )
    assert found.fact is None


def test_two_clauses_of_one_policy_are_asked_of_its_owner_once() -> None:
    ours = a_policy(a_clause("returns.window"), a_clause("returns.other"), owner="Returns Desk")
    verdict = Verdict(value="needs_approval", conflict=("returns.window", "returns.other"))
    (found,) = asked(a_refund_that_waits(verdict=verdict), policy_set=company(ours))
    assert found.owner == "Returns Desk"


def test_never_more_than_two_and_facts_come_first() -> None:
    issue = an_issue(abstention=NO_ANSWER)
    two = a_refund_that_waits("order.repairs", "order.promise", "order.batch")
    assert [c.fact for c in asked(two, issue=issue)] == ["order.repairs", "order.promise"]
    one = a_refund_that_waits("order.repairs")
    again = a_refund_that_waits("order.repairs", id="i1.c2")
    assert [c.fact for c in asked(one, again, issue=issue)] == ["order.repairs", None]


def test_the_same_question_has_the_same_id_and_another_has_another() -> None:
    waits = a_refund_that_waits("order.repairs", "order.promise")
    first, second = asked(waits)
    again, _ = asked(waits)
    assert first.id == again.id
    assert len({first.id, second.id}) == 2
    (elsewhere,) = asked(a_refund_that_waits("order.repairs"), issue=an_issue(id="i2"))
    (later,) = asked(a_refund_that_waits("order.repairs"), ticket=a_ticket(TEXT, id="t-2"))
    assert len({first.id, elsewhere.id, later.id}) == 3
    assert first.id.startswith("c-")
    assert len(first.id) == 14
