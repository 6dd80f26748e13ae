"""What a wrong policy is told, word for word, and what is read of a sound one."""

from datetime import date
from typing import Any

import pytest

from assist.domain.knowledge import Document
from assist.policies.reading import find_faults, open_rulebook, read_policy_set
from tests.policies.rules import CLAUSE, a_policy_document, clause_with

KINDS = "known: callback, inform, ask, escalate"
USD = {"amount": "5.00", "currency": "USD"}


def told(*documents: Document, **files: str) -> list[tuple[str, str, str]]:
    """Each fault as its place, its problem and its cure."""
    given = {f"{name}.yaml": text for name, text in files.items()}
    return [(f.where, f.problem, f.cure) for f in find_faults(given, documents)]


@pytest.mark.parametrize(
    ("fields", "line", "problem", "cure"),
    [
        ({"text": "A device can be kept."}, 15,
         ".text: the text of returns.window is not a sentence of the policy's prose",
         "copy the sentence word for word"),
        ({"when": "order.nr == 1"}, 12,
         ".when: the fact 'order.nr' is not declared", "declare it in facts.yaml"),
        ({"actions": ["ask", "refnd"]}, 9,
         ".actions.1: the action 'refnd' is not declared in actions.yaml", KINDS),
        ({"actions": []}, 9, ".actions: governs no action", "name at least one"),
        ({"effect": "require", "facts": ["order.id", "no.such"]}, 9,
         ".facts.1: the fact 'no.such' is not declared in facts.yaml",
         ("known: order.id, order.placed_at, order.total, account.status, error.message, "
          "problem.since, customer.region")),
        ({"effect": "needs_approval", "level": "boss"}, 9,
         ".level: the level 'boss' is not declared in authority.yaml",
         "known: agent, senior, lead, manager"),
        ({"effect": "limit", "limit": [USD, {"amount": "-5", "currency": "GBP"}]}, 9,
         ".limit.1: -5.00 GBP is negative", "give it as a positive amount"),
        ({"effect": "limit", "limit": [USD, USD]}, 9,
         ".limit.1: USD is given twice", "remove one"),
        ({"effect": "needs_approval"}, 9, ": needs_approval needs level", "add level"),
        ({"effect": "require"}, 9, ": require needs facts", "add facts"),
        ({"effect": "limit"}, 9, ": limit needs limit", "add limit"),
        ({"level": "lead"}, 9,
         ".level: allow has no level", "remove level or use effect: needs_approval"),
        ({"facts": ["order.id"]}, 9,
         ".facts: allow has no facts", "remove facts or use effect: require"),
        ({"limit": [USD], "effect": "forbid"}, 9,
         ".limit: forbid has no limit", "remove limit or use effect: limit"),
        ({"period_days": 30}, 9,
         ".period_days: allow has no period_days", "remove period_days or use effect: limit"),
        ({"id": "window"}, 9,
         ".id: 'window' does not start with its policy's id", "call it returns.window"),
        ({"id": "sales.late.window"}, 9,
         ".id: 'sales.late.window' does not start with its policy's id",
         "call it returns.window"),
        ({"id": "returnswindow"}, 9,
         ".id: 'returnswindow' does not start with its policy's id",
         "call it returns.returnswindow"),
        ({"wehn": "true"}, 9, ".wehn: unknown key 'wehn'", "correct or remove the key"),
        ({"policy_id": "x"}, 9, ".policy_id: unknown key 'policy_id'", "remove the key"),
        ({"type": "strict"}, 9,
         (".type: input should be 'mandatory', 'exception', 'discretionary' or 'standard', "
          "not 'strict'"), "correct the value"),
    ],
)  # fmt: skip
def test_what_a_clause_is_told(fields: dict[str, Any], line: int, problem: str, cure: str) -> None:
    assert told(a_policy_document(clauses=clause_with(**fields))) == [
        (f"policies/returns.md:{line}", f"clauses.0{problem}", cure)
    ]


@pytest.mark.parametrize(
    ("fields", "line", "problem", "cure"),
    [
        ({"clauses": ["window"]}, 9,
         "clauses.0: must be a map", "write id, type, actions, effect, reason, text"),
        ({"clauses": "none"}, 9, "clauses: must be a list", "start each clause with a dash"),
        ({"clauses": clause_with() * 2}, 9,
         "clauses.1.id: the clause 'returns.window' also stands in returns.md:9",
         "rename one"),
        ({"expires": "2025-12-31"}, 1,
         "expires: 2025-12-31 is not after effective, 2026-01-01", "put the dates in order"),
        ({"expires": "2026-01-01"}, 1,
         "expires: 2026-01-01 is not after effective, 2026-01-01", "put the dates in order"),
        ({"purpos": "x"}, 1, "purpos: unknown key 'purpos'", "correct or remove the key"),
        ({"owner": None}, 1, "owner: is missing", "add 'owner'"),
        ({"effective": "soon"}, 1,
         "effective: input should be a valid date or datetime, input is too short, not 'soon'",
         "correct the value"),
    ],
)  # fmt: skip
def test_what_a_policy_is_told(fields: dict[str, Any], line: int, problem: str, cure: str) -> None:
    assert told(a_policy_document(**fields)) == [(f"policies/returns.md:{line}", problem, cure)]


def elsewhere(document: Document, name: str, policy_id: str | None = None) -> Document:
    """The same document in another file, under its own id or under this one."""
    fields = {"source": name, "id": policy_id or document.id}
    return document.model_copy(update=fields)


def test_a_policy_and_its_clauses_stand_in_one_file_only() -> None:
    one = a_policy_document()
    other = elsewhere(a_policy_document(), "policies/zz.md")
    assert told(one, other) == [
        ("policies/zz.md:1", "id: the policy 'returns' also stands in returns.md:1",
         ("give every policy its own id; a new edition has one too and names the old one in "
         "supersedes")),
        ("policies/zz.md:9",
         "clauses.0.id: the clause 'returns.window' also stands in returns.md:9",
         "rename one"),
    ]  # fmt: skip


def test_every_fault_of_a_clause_is_told_at_its_own_place_in_the_list() -> None:
    unread, wrong = "window", clause_with(id="returns.other", when="order.nr == 1")[0]
    listed = a_policy_document(clauses=[CLAUSE, unread, wrong])
    assert [problem for _, problem, _ in told(listed)] == [
        "clauses.1: must be a map",
        "clauses.2.when: the fact 'order.nr' is not declared",
    ]


def test_levels_of_a_broken_file_are_not_missing_from_a_clause() -> None:
    asks = a_policy_document(clauses=clause_with(effect="needs_approval", level="boss"))
    assert [where for where, *_ in told(asks, authority="levels: [")] == ["authority.yaml:1"]


def test_the_days_of_a_policy_may_be_one() -> None:
    document = a_policy_document(expires="2026-01-02")
    (policy,) = read_policy_set({}, (document,), "v1").policies
    assert (policy.effective, policy.expires) == (date(2026, 1, 1), date(2026, 1, 2))


def test_what_the_front_matter_leaves_out_the_document_tells() -> None:
    bare = a_policy_document(id=None, title=None, clauses=clause_with())
    (policy,) = read_policy_set({}, (bare,), "v1").policies
    assert (policy.id, policy.title) == ("returns", "Returns")
    other = bare.model_copy(update={"title": "On returns"})
    (policy,) = read_policy_set({}, (other,), "v1").policies
    assert policy.title == "On returns"
    own = a_policy_document(title="Sending back")
    (policy,) = read_policy_set({}, (own,), "v1").policies
    assert policy.title == "Sending back"


@pytest.mark.parametrize("key", ["kind", "audience", "language", "review_due", "category", "tags"])
def test_what_a_policy_says_as_a_document_rules_nothing(key: str) -> None:
    assert told(a_policy_document(**{key: "x"})) == []


def test_a_document_that_came_from_no_file_is_named_by_its_id() -> None:
    document = elsewhere(a_policy_document(owner=None), "", policy_id="returns-2026")
    assert told(document)[0][0] == "returns-2026:1"


def test_only_policies_with_clauses_rule_and_they_come_by_their_ids() -> None:
    def policy(name: str) -> Document:
        given = clause_with(id=f"{name}.window")
        document = a_policy_document(id=name, clauses=given)
        return elsewhere(document, f"policies/{name}.md", policy_id=name)

    article = policy("article").model_copy(update={"kind": "kb"})
    read = read_policy_set({}, (policy("b"), article, policy("c"), policy("a")), "v1")
    assert [found.id for found in read.policies] == ["a", "b", "c"]


def test_a_sentence_may_be_wrapped_otherwise_than_in_the_prose() -> None:
    wrapped = clause_with(text="A device  can\nbe returned within 30 days.")
    assert told(a_policy_document(clauses=wrapped)) == []
    within = clause_with(text="returned within 30 days. Ask")
    assert told(a_policy_document(clauses=within)) == []


def test_a_book_with_faults_still_says_what_could_be_read() -> None:
    good, bad = clause_with()[0], clause_with(id="returns.other", type="strict")[0]
    document = a_policy_document(clauses=[bad, good])
    book, faults = open_rulebook({}, (document,))
    assert len(list(faults)) == 1
    (page,) = book.policies
    assert page.policy is not None
    assert [clause.id for clause in page.policy.clauses] == ["returns.window"]
    assert [(clause.id, at) for clause, at in page.located()] == [
        ("returns.window", ("clauses", 1))
    ]
    headless, faults = open_rulebook({}, (a_policy_document(owner=None),))
    assert len(list(faults)) == 1
    assert headless.policies[0].policy is None
    assert headless.policies[0].policy_id == "returns"
