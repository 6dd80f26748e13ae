"""Every finding word for word: its place, how bad it is, what it says, and the cure."""

from datetime import date
from typing import Any

import pytest

from assist.domain.knowledge import Document, ReadProblem
from assist.policies.audit.findings import Finding, of_problem
from assist.policies.audit.sarif import sarif
from tests.policies.audit.company import ACTIONS, AUTHORITY, a_document, a_rule, forbids, look

CLOSED = "order.items > 3 && order.items < 4"
ODD = "order.items * order.items == 77"
WHY = "is not analyzed: it calculates with order.items"
PLAIN = "use a fact of its own or plain comparisons"
GBP = [{"amount": "5", "currency": "GBP"}]
BOTH = [*GBP, {"amount": "5", "currency": "USD"}]
ALL = a_document(a_rule())
OTHERS = a_rule(actions=["refund", "credit"])
REPAIR = "{kind: repair, title: Repair"
SAME = "let the clause and its sentence name the same "


def files(was: str, becomes: str) -> dict[str, str]:
    """The small company's files with this change in one of them."""
    named = {"actions.yaml": ACTIONS, "authority.yaml": AUTHORITY}
    return {name: text.replace(was, becomes) for name, text in named.items() if was in text}


def told(*documents: Document, **given: Any) -> list[tuple[str, str, str, str, str]]:
    return [
        (f.code, f.severity, f"{f.file}:{f.line}", f.message, f.cure)
        for f in look(*documents, **given)
    ]


def the_clause(*rules: dict[str, Any], **fields: Any) -> list[tuple[str, ...]]:
    return [found for found in told(a_document(*rules, **fields)) if found[0] != "no-clause"]


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([a_rule(), a_rule("never", when=CLOSED)],
         ("never-true", "error", "policies/returns.md:22",
          f"returns.never never holds: no case meets {CLOSED}", "correct the condition")),
        ([a_rule(), a_rule("odd", when=ODD)],
         ("not-decided", "warning", "policies/returns.md:22",
          f"it is not known whether {ODD} can hold, because returns.odd's condition {WHY}", PLAIN)),
        ([a_rule(), forbids("few", "order.items < 3"), a_rule("all", type="mandatory")],
         ("overruled", "error", "policies/returns.md:10",
          ("returns.first never decides refund, credit, repair: wherever it holds, returns.all "
           "goes first"), "narrow the stronger clause, or remove this one")),
        ([a_rule("ask", effect="limit", limit=GBP, text="Up to £5.")],
         ("no-currency", "error", "policies/returns.md:12",
          "returns.ask has no amount in USD of US",
          "add the amount, or narrow the clause to the regions it is for")),
        ([a_rule("most", effect="limit", limit=BOTH, text="Up to £6 or £7.50.")],
         ("figures-differ", "warning", "policies/returns.md:12",
          "returns.most limits to 5.00 GBP, and its sentence names 6, 7.50", SAME + "amount")),
        ([a_rule(text="After 12 days or 5 weeks.", when="days_since(order.placed_at) > 30 && "
                 "days_since(order.delivered_at) > 9")],
         ("figures-differ", "warning", "policies/returns.md:12",
          "returns.first counts 9, 30 days, and its sentence names 12 days, 35 days",
          SAME + "days")),
        ([a_rule(effect="limit", limit=BOTH, period_days=60, text="£5.00 in one month.")],
         ("figures-differ", "warning", "policies/returns.md:12",
          "returns.first counts 60 days, and its sentence names 28 to 31 days", SAME + "days")),
        ([a_rule(text="In the UK and the EU it is so.")],
         ("region-differs", "warning", "policies/returns.md:12",
          ("the sentence of returns.first speaks of UK, EU, and the clause holds for US, UK, EU"),
          "ask the region in the condition, or correct the sentence")),
    ],
)  # fmt: skip
def test_what_a_clause_is_told(rules: list[dict[str, Any]], found: tuple[str, ...]) -> None:
    assert the_clause(*rules)[0] == found


def test_clauses_that_overrule_one_together_are_both_named() -> None:
    some = a_rule("some", when="order.items < 5", effect="forbid")
    few = a_rule("few", when="order.items < 3", type="mandatory")
    more = a_rule("more", when="order.items > 2", type="exception")
    apart = forbids("apart", "order.items > 9", type="mandatory", actions=["refund"])
    (finding,) = the_clause(some, few, more, apart)
    assert finding[3] == (
        "returns.some never decides refund, credit, repair: wherever it holds, "
        "returns.few and returns.more goes first"
    )
    third = a_rule("third", when="order.items == 1", type="mandatory")
    (finding,) = [f for f in the_clause(some, few, more, third) if "returns.some" in f[3]]
    assert finding[3].endswith("returns.few, returns.third and returns.more goes first")


def test_what_two_clauses_that_disagree_are_told() -> None:
    paid, many = a_rule("paid", when="order.paid == true"), forbids("many", "order.items > 3")
    assert the_clause(paid, many) == [
        ("conflict", "error", "policies/returns.md:20",
         ("returns.many and returns.paid (returns.md:10) rank alike and disagree about refund, "
          "credit, repair: forbid against allow, where order.items is 4, order.paid is true "
          "(on 2026-01-01)"),
         "say in one of them that it steps back where the other holds"),
    ]  # fmt: skip
    total = "order.total > money('5', 'GBP')"
    one = a_rule("a", effect="needs_approval", level="lead", when=total)
    other = a_rule("b", effect="needs_approval", level="manager", when="device.state == 'new'")
    (finding,) = the_clause(one, other)
    assert finding[3].endswith(
        "credit, repair: needs_approval lead against needs_approval manager, where order.total is "
        "5.01 GBP, device.state is new (on 2026-01-01)"
    )
    beside = the_clause(a_rule("a"), forbids("b", "true"))
    (finding,) = [found for found in beside if found[0] == "conflict"]
    assert finding[3].endswith("allow against forbid, where whatever the facts are (on 2026-01-01)")


def test_what_cannot_be_told_of_two_clauses_is_said() -> None:
    paid = a_rule("paid", when=f"{ODD} || order.paid == true")
    unpaid = forbids("odd", "order.items * order.items == 78 || order.paid == false")
    assert the_clause(paid, unpaid) == [
        ("not-decided", "warning", "policies/returns.md:22",
         ("it is not known whether returns.odd and returns.paid (returns.md:10) can disagree "
          f"about one case, because returns.odd's condition {WHY}"), PLAIN),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "rule", "found"),
    [
        (files(REPAIR, REPAIR + f", when: '{CLOSED}'"), a_rule(),
         ("never-true", "error", "actions.yaml:4",
          f"repair never applies: no case meets {CLOSED}", "correct the condition")),
        (files(REPAIR, REPAIR + f", when: '{ODD}'"), a_rule(),
         ("not-decided", "warning", "actions.yaml:4",
          f"it is not known whether {ODD} can hold, because {WHY.partition(': ')[2]}", PLAIN)),
        (files("action: repair", "action: repair, when: 'false'"), a_rule(),
         ("never-true", "error", "authority.yaml:6",
          "the grant of repair never applies: no case meets false", "correct the condition")),
        ({}, OTHERS,
         ("no-clause", "warning", "actions.yaml:4", "no clause of any policy governs repair",
          "add a clause that allows or forbids it")),
        (files("  - {level: agent, action: repair}\n", ""), a_rule(),
         ("no-grant", "warning", "actions.yaml:4",
          "no grant names repair, so only manager may do it", "add a grant to authority.yaml")),
        (files("lead: the team lead, ", ""), a_rule(),
         ("no-approver", "warning", "authority.yaml:1",
          "nobody is named who approves at the level lead", "add lead to approvers")),
        (files("action: repair", f"action: repair, limit: {GBP}"), a_rule(),
         ("no-currency", "error", "authority.yaml:6",
          "the limit of agent for repair has no amount in USD, in which customers pay",
          "add the amount")),
        (files("agent, action: repair", "lead, action: repair")
         | files(REPAIR, REPAIR + ", alternatives: [repair2]}\n  - {kind: repair2, title: R"),
         a_rule(actions=["refund", "credit", "repair", "repair2"]),
         ("no-alternative", "warning", "actions.yaml:4",
          "agent may never grant any alternative of repair: repair2",
          "add one that agent may grant")),
    ],
)  # fmt: skip
def test_what_actions_and_grants_are_told(
    changed: dict[str, str], rule: dict[str, Any], found: tuple[str, ...]
) -> None:
    assert told(a_document(rule), files=changed)[0] == found


def test_what_a_grant_of_something_forbidden_is_told_once() -> None:
    never = forbids("never", "true", actions=["repair"])
    once = "  - {level: agent, action: repair}\n"
    twice = files(once, once + "  - {level: lead, action: repair}\n")
    assert told(a_document(OTHERS, never), files=twice) == [
        ("never-allowed", "warning", "authority.yaml:6",
         "policies forbid repair in every case, so nobody may grant it",
         "remove the grant, or narrow the clause that forbids"),
    ]  # fmt: skip


def test_what_an_approval_that_cannot_be_given_is_told() -> None:
    ask = a_rule("ask", effect="needs_approval", level="lead", actions=["repair"])
    higher = files("agent, action: repair", "manager, action: repair")
    assert told(a_document(OTHERS, ask), files=higher) == [
        ("approver-may-not", "warning", "policies/returns.md:22",
         "returns.ask asks for lead, who may not grant repair either",
         "ask a level that may, or add a grant of repair for lead"),
    ]  # fmt: skip


def test_what_policies_are_told_about_their_days_and_scopes() -> None:
    old = a_document(a_rule(), policy="old", expires="2026-06-01")
    late = a_document(a_rule(), policy="new", effective="2026-06-03", supersedes="old 1")
    (gap,) = told(old, late)
    assert gap[3:] == (
        "from 2026-06-01 until 2026-06-03 neither old nor new holds",
        "let old expire on 2026-06-03, or begin earlier",
    )
    first = a_document(a_rule(), effective="2026-02-01", expires="2026-03-01")
    newer = a_document(a_rule(), policy="newer", supersedes="returns 1")
    assert told(first, newer) == [
        ("never-in-force", "error", "policies/returns.md:4",
         "returns holds on no day: another edition supersedes it on all of them",
         "correct effective, expires or who supersedes it"),
    ]  # fmt: skip
    assert told(a_document(a_rule(), regions=["UKK", "US"]))[0] == (
        "unknown-scope", "error", "policies/returns.md:8", "no case can have the region 'UKK'",
        "did you mean UK?",
    )  # fmt: skip


def test_what_a_policy_whose_review_is_due_is_told() -> None:
    document = a_document(a_rule(), review_due="2026-11-20")
    (due,) = told(document, on=date(2026, 11, 21))
    assert due == (
        "review-due", "warning", "policies/returns.md:7",
        "returns was due for review on 2026-11-20", "review it, and set the next day",
    )  # fmt: skip
    nowhere = document.model_copy(update={"source": ""})
    assert told(nowhere, on=date(2026, 11, 21))[0][2] == "returns:7"
    article = document.model_copy(update={"kind": "kb"})
    assert [f[0] for f in told(article, ALL, on=date(2026, 11, 21))] == []
    soon = a_document(a_rule(), review_due="soon")
    assert told(soon, on=date(2026, 11, 21)) == []


def test_what_the_source_could_not_read_is_a_finding_too() -> None:
    problem = ReadProblem(
        severity="error", where="kb/policies/a.md:3", problem="no front matter", cure="add it"
    )
    assert of_problem(problem) == Finding(
        code="unread", severity="error", file="kb/policies/a.md", line=3,
        message="no front matter", cure="add it",
    )  # fmt: skip
    whole = problem.model_copy(update={"severity": "warning", "where": "kb/a.bin"})
    found = of_problem(whole)
    assert (found.severity, found.file, found.line) == ("warning", "kb/a.bin", 0)


def test_a_fault_of_form_is_told_as_its_file_tells_it() -> None:
    wrong = {"actions.yaml": "actions:\n  - {kind: refund}"}
    assert told(files=wrong)[0] == (
        "malformed", "error", "actions.yaml:2", "actions.0.title: is missing", "add 'title'",
    )  # fmt: skip


def test_columns_of_the_log_are_counted_as_the_format_says() -> None:
    log: Any = sarif([], "1")
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    assert log["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
