"""The questions to colleagues: about facts, about clauses that disagree, about missing evidence."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from assist.domain.case import Case
from assist.domain.consultation import Consultation
from assist.domain.facts import FactDeclaration
from assist.domain.issue import Issue
from assist.domain.knowledge import Passage
from assist.domain.policy import Clause, Policy, PolicySet
from assist.domain.solution import Candidate
from assist.graph.questions import VAGUE_WORDS

MAX_QUOTED = 200
"""Characters of a statement that a question quotes."""

FiledUnder = Callable[[str], str | None]
"""The category id that a document is filed under, by the document's id."""


class Asking(NamedTuple):
    """What every question about one issue shares."""

    case: Case
    issue: Issue
    policy_set: PolicySet
    due: datetime

    def ask(
        self, what: str, question: str, *, owner: str, why: str, fact: str | None = None
    ) -> Consultation:
        """The question; the same one about the same issue of a ticket has the same id."""
        parts = (self.case.ticket.id, self.issue.id, what)
        digest = hashlib.sha256("\x00".join(parts).encode()).hexdigest()
        return Consultation(
            id=f"c-{digest[:12]}",
            ticket_id=self.case.ticket.id,
            issue_id=self.issue.id,
            question=question,
            fact=fact,
            owner=owner,
            why=why,
            due=self.due,
        )


def about_facts(asking: Asking, candidates: Sequence[Candidate]) -> Iterator[Consultation]:
    """The facts that leave a verdict open and are not the customer's to know."""
    declared = {d.path: d for d in asking.policy_set.facts}
    for candidate in candidates:
        verdict = candidate.verdict
        if verdict is None or verdict.value != "unknown":
            continue
        owner = _owner(asking, (asking.issue.category,), verdict.clauses)
        for fact in (declared[path] for path in verdict.facts if path in declared):
            if owner and _is_ours_to_know(fact) and _can_be_found(fact, asking):
                why = f"whether “{candidate.title}” may be done depends on it; {_OURS[fact.source]}"
                yield asking.ask(
                    f"fact {fact.path}", _worded(fact), owner=owner, why=why, fact=fact.path
                )


_OURS = {
    "agent": "it is ours to find out, not the customer's",
    "colleague": "a colleague knows it",
    "records": "our records do not hold it, and the customer cannot tell",
}
"""Why a fact is asked inside the company, by who supplies it."""


def _is_ours_to_know(fact: FactDeclaration) -> bool:
    """What an agent or a colleague supplies; and what is missing on record and nobody can ask for.

    Questions of facts on record are put to the customer, where the company has worded one. What a
    signal in the ticket would have told, such as smoke, is asked of nobody who was not there.
    """
    if fact.signal is not None:
        return False
    return fact.source in ("agent", "colleague") or (fact.source == "records" and not fact.question)


def _can_be_found(fact: FactDeclaration, asking: Asking) -> bool:
    """A fact of an account needs somebody whose account it is, or something of theirs to go by."""
    customer = asking.case.ticket.customer
    account = {d.path for d in asking.policy_set.facts if d.account}
    known = asking.case.record or customer.id or customer.email
    return (
        not fact.account
        or bool(known)
        or any(f.path in account and f.source == "customer" for f in asking.issue.facts)
    )


def _worded(fact: FactDeclaration) -> str:
    label = fact.label or fact.path
    return f"{label[:1].upper()}{label[1:]}: {fact.question or 'what is known about it?'}"


def about_conflicts(asking: Asking, candidates: Sequence[Candidate]) -> Iterator[Consultation]:
    """The clauses that disagree, to those who own their policies."""
    clauses = {c.id: (p, c) for p in asking.policy_set.policies for c in p.clauses}
    for candidate in candidates:
        ids = candidate.verdict.conflict if candidate.verdict else ()
        found = [clauses[clause_id] for clause_id in ids if clause_id in clauses]
        owners = _each(policy.owner for policy, _ in found if policy.owner)
        if owners:
            why = (
                f"whether “{candidate.title}” may be done depends on it: the clauses have equal "
                f"rank and disagree, in {' and '.join(_each(p.title for p, _ in found))}"
            )
            yield asking.ask(
                f"conflict {' '.join(sorted(ids))}", _which(found),
                owner=" and ".join(owners), why=why,
            )  # fmt: skip


def _which(found: Sequence[tuple[Policy, Clause]]) -> str:
    quoted = " or ".join(f"{clause.id} (“{clause.text}”)" for _, clause in found)
    return f"Which of these goes first here: {quoted}?"


def about_evidence(asking: Asking, filed_under: FiledUnder) -> Iterator[Consultation]:
    """Where no article answers, or two contradict each other, and the customer is clear enough."""
    issue, abstention = asking.issue, asking.issue.abstention
    if abstention is None or len(issue.text.split()) < VAGUE_WORDS:
        return
    if abstention.code not in ("no_evidence", "conflicting_evidence"):
        return
    precedent = _precedent(asking.case, issue)
    filed = filed_under(precedent.document_id) if precedent else None
    owner = _owner(asking, (filed, issue.category))
    if not owner:
        return
    named = f"“{precedent.title}” ({precedent.document_id})" if precedent else ""
    matter = f"The customer's matter: “{_shortened(issue.statement or issue.text)}”"
    if abstention.code == "conflicting_evidence":
        question = f"Which is right: {abstention.reason}? {matter}"
    elif named:
        question = f"Does what solved {named} hold here too? {matter}"
    else:
        question = f"What is the answer? {matter}"
    solved = f"; {named} was solved before" if named else ""
    yield asking.ask(
        "evidence",
        question,
        owner=owner,
        why=f"{abstention.reason}{solved}; {owner} knows the subject",
    )


def _precedent(case: Case, issue: Issue) -> Passage | None:
    """The solved ticket nearest to this one, if any was found."""
    hits = case.hits.get(issue.id, ())
    return next((hit.passage for hit in hits if hit.kind == "precedent"), None)


def _owner(asking: Asking, categories: Sequence[str | None], clause_ids: Sequence[str] = ()) -> str:
    """The first category's owner, else the policy's, else the desk for what has no answer."""
    policy_set = asking.policy_set
    by_category = {category.id: category.owner for category in policy_set.categories}
    owners = [by_category.get(category or "", "") for category in categories]
    owners += [
        policy.owner
        for policy in policy_set.policies
        if any(clause.id in clause_ids for clause in policy.clauses)
    ]
    owners += [rule.team for rule in policy_set.escalation.rules if rule.code == "no_evidence"]
    return next(filter(None, owners), "")


def _shortened(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= MAX_QUOTED else f"{folded[:MAX_QUOTED].rpartition(' ')[0]} …"


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
