"""Whom to ask inside the company: only what decides, of whom, by when, and never more than two."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from assist.domain.case import Case
from assist.domain.categories import Category
from assist.domain.consultation import Consultation
from assist.domain.facts import FactDeclaration
from assist.domain.issue import Abstention, Fact, Issue
from assist.domain.language import TicketLanguage
from assist.domain.policy import PolicySet
from assist.domain.records import CustomerRecord
from assist.domain.solution import Action, Candidate, Choice
from assist.domain.suggestion import TicketSignal
from assist.domain.verdict import Verdict
from assist.graph.consulting import consultation_due, consultations_for
from assist.policies.priority import prioritize
from tests.builders import NOW, a_hit, a_ticket
from tests.policies.rules import a_clause, a_policy, an_action_type, only_rule, rules

DUE = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
TEXT = "Please refund my hub, because it has been replaced before and it still fails every day."
DECLARED = (
    FactDeclaration(
        path="order.repairs", type="integer", label="earlier repairs", source="agent",
        question="How often was it repaired in our workshop?",
    ),
    FactDeclaration(path="order.promise", type="text", label="earlier promise", source="colleague"),
    FactDeclaration(path="order.batch", type="text", label="batch", source="records"),
    FactDeclaration(path="device.dropped", type="boolean", source="customer", question="Dropped?"),
    FactDeclaration(
        path="order.total", type="money", source="records", question="What did you pay?"
    ),
    FactDeclaration(path="customer.flag", type="boolean", source="agent", account=True),
    FactDeclaration(path="order.id", type="text", source="customer", account=True),
    FactDeclaration(path="device.age", type="number", source="agent"),
)  # fmt: skip
CHOSEN = Choice(candidate_id="i1.c2", reason="the best answer")
NO_ANSWER = Abstention(code="no_evidence", reason="no article covers it", would_help="one")


def company(*policies: Any, **fields: Any) -> PolicySet:
    categories = (
        Category(id="returns", title="Returns", owner="Returns Desk"),
        Category(id="repairs", title="Repairs", owner="Workshop"),
        Category(id="orphan", title="Orphan"),
    )
    given: dict[str, Any] = {
        "facts": DECLARED,
        "categories": categories,
        "actions": (an_action_type(signals=("refund",)),),
        "escalation": only_rule("safety"),
    }
    return rules(*policies, **given | fields)


def an_issue(text: str = TEXT, **fields: Any) -> Issue:
    given = {"id": "i1", "statement": "The hub fails.", "text": text, "category": "returns"}
    return Issue.model_validate(given | fields)


def a_case(issue: Issue, **fields: Any) -> Case:
    given = {"ticket": a_ticket(issue.text), "now": NOW, "issues": (issue,)}
    return Case(**given | fields)


def a_refund_that_waits(*facts: str, **fields: Any) -> Candidate:
    verdict = Verdict(value="unknown", facts=facts, clauses=("returns.window",))
    given = {
        "id": "i1.c1",
        "issue_id": "i1",
        "title": "Refund the purchase",
        "actions": (Action(kind="refund"),),
        "verdict": verdict,
    }
    return Candidate(**given | fields)


def asked(
    *candidates: Candidate,
    issue: Issue | None = None,
    policy_set: PolicySet | None = None,
    filed: str | None = None,
    **fields: Any,
) -> tuple[Consultation, ...]:
    one = issue or an_issue()
    return consultations_for(
        a_case(one, **fields), one, candidates, policy_set or company(), DUE,
        filed_under=lambda _: filed,
    )  # fmt: skip


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


def test_missing_evidence_is_asked_of_the_categorys_owner() -> None:
    (found,) = asked(issue=an_issue(abstention=NO_ANSWER))
    assert found.owner == "Returns Desk"
    assert found.question == "What is the answer? The customer's matter: “The hub fails.”"
    assert found.why == "no article covers it; Returns Desk knows the subject"


def test_a_precedent_is_named_and_whoever_owns_its_category_is_asked() -> None:
    hit = a_hit("It was the cable.", kind="precedent", document_id="t-77", title="Dead hub")
    article = a_hit("Press the button.", document_id="hub")
    hits = {"i1": (article, hit), "i2": ()}
    (found,) = asked(issue=an_issue(abstention=NO_ANSWER), hits=hits, filed="repairs")
    assert found.owner == "Workshop"
    assert found.question == (
        "Does what solved “Dead hub” (t-77) hold here too? The customer's matter: “The hub fails.”"
    )
    assert found.why == (
        "no article covers it; “Dead hub” (t-77) was solved before; Workshop knows the subject"
    )
    (other,) = asked(issue=an_issue(abstention=NO_ANSWER), hits=hits, filed=None)
    assert other.owner == "Returns Desk"


def test_articles_that_contradict_each_other_are_asked_about_by_their_figures() -> None:
    two = Abstention(
        code="conflicting_evidence", reason="two articles give different figures: 14, 30",
        would_help="",
    )  # fmt: skip
    (found,) = asked(issue=an_issue(abstention=two))
    assert found.question == (
        "Which is right: two articles give different figures: 14, 30? "
        "The customer's matter: “The hub fails.”"
    )


@pytest.mark.parametrize("code", ["missing_facts", "out_of_authority"])
def test_what_is_not_a_lack_of_evidence_is_no_question_about_evidence(code: str) -> None:
    abstention = NO_ANSWER.model_copy(update={"code": code})
    assert asked(issue=an_issue(abstention=abstention)) == ()


@pytest.mark.parametrize(("text", "questions"), [("It is not good at all, no", 0), (TEXT, 1)])
def test_whoever_writes_too_little_is_asked_themselves(text: str, questions: int) -> None:
    assert len(asked(issue=an_issue(text, abstention=NO_ANSWER))) == questions


def test_eight_words_are_enough_to_ask_a_colleague_and_seven_are_not() -> None:
    for words, questions in ((7, 0), (8, 1)):
        issue = an_issue(" ".join(["word"] * words), abstention=NO_ANSWER)
        assert len(asked(issue=issue)) == questions


def test_a_long_statement_is_quoted_up_to_a_word() -> None:
    short, long = "a" * 200, "hub " * 60
    (kept,) = asked(issue=an_issue(abstention=NO_ANSWER, statement=short))
    (cut,) = asked(issue=an_issue(abstention=NO_ANSWER, statement=long))
    assert kept.question.endswith(f"“{short}”")
    assert cut.question.endswith("hub hub …”")
    assert len(cut.question) < 260


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


@pytest.mark.parametrize(
    ("category", "rule", "owner"),
    [
        ("returns", "no_evidence", "Returns Desk"),
        ("orphan", "no_evidence", "The Policy's Owner"),
        (None, "no_evidence", "The Policy's Owner"),
    ],
)
def test_without_an_owner_of_the_category_the_policys_owner_is_asked(
    category: str | None, rule: str, owner: str
) -> None:
    policy = a_policy(a_clause("returns.window"), owner="The Policy's Owner")
    policy_set = company(policy, escalation=only_rule(rule))
    issue = an_issue(category=category)
    (found,) = asked(a_refund_that_waits("order.repairs"), issue=issue, policy_set=policy_set)
    assert found.owner == owner


def test_where_nobody_owns_it_the_desk_for_what_has_no_answer_is_asked_or_nobody() -> None:
    issue, waits = an_issue(category="orphan"), a_refund_that_waits("order.repairs")
    desk = company(escalation=only_rule("no_evidence"))
    assert [c.owner for c in asked(waits, issue=issue, policy_set=desk)] == ["Customer Care"]
    assert asked(waits, issue=issue) == ()


def test_what_nobody_has_read_and_what_is_solved_is_asked_about_by_nobody() -> None:
    issue, waits = an_issue(abstention=NO_ANSWER), a_refund_that_waits("order.repairs")
    unread = TicketLanguage(
        code="fi", confidence=0.99, source="detected", reply="en", lacks=("articles",)
    )
    assert asked(waits, issue=issue, language=unread) == ()
    solved = an_issue("Thank you for the hints, the hub works again and blinks white now.",
                      abstention=NO_ANSWER)  # fmt: skip
    signal = (TicketSignal(name="solved", span="works again"),)
    assert asked(issue=solved)
    assert asked(issue=solved, signals=signal) == ()


def test_a_colleague_has_half_of_the_time_until_the_customer_hears_from_us() -> None:
    policy_set = company()
    priority = prioritize(policy_set, text=TEXT, now=NOW)
    issue = an_issue(priority=priority)
    assert priority.clocks.first_response_hours == Decimal(8)
    assert consultation_due(a_case(issue), issue, policy_set) == NOW.replace(hour=14)


def test_without_a_priority_a_colleague_has_a_business_day() -> None:
    issue = an_issue()
    due = consultation_due(a_case(issue), issue, company())
    assert due == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
