"""The case -> what the escalation rules look at, and what the receiving side is told of it."""

from collections.abc import Callable, Iterable
from functools import partial

from assist.domain.case import Case
from assist.domain.issue import Fact
from assist.domain.policy import PolicySet
from assist.domain.records import EarlierTicket
from assist.domain.solution import Candidate
from assist.domain.ticket import Ticket
from assist.domain.verdict import Verdict
from assist.graph.commitments import commitments
from assist.graph.requests import requested
from assist.graph.scope import date_of, region_of, tier_of, values_of
from assist.language.mail import body
from assist.language.phrases import find
from assist.language.sentences import sentences
from assist.policies.situation import Situation
from assist.understanding.turns import current_turn

Asked = Callable[[Candidate], bool]
MAX_PROMISED = 5
"""Sentences of ours that are quoted: the latest count."""

_PROMISING = (
    "we will", "we'll", "I will", "I'll", "you will receive", "you'll receive", "you will get",
    "you'll get", "you will hear", "you'll hear", "we promise", "I promise", "has been approved",
)  # fmt: skip


def situation_of(case: Case, policy_set: PolicySet, asked: Asked | None = None) -> Situation:
    """One picture of the case, for the rules and for whoever takes over.

    `asked` says whether the customer asks for what a candidate does; else their phrases do.
    """
    main = case.main_issue
    return Situation(
        text=current_turn(case.ticket),
        now=case.now,
        on=date_of(case),
        statement=" ".join(issue.statement for issue in case.issues),
        signals=case.signals,
        verdicts=_verdicts(case, asked or partial(requested, case=case, policy_set=policy_set)),
        abstention=main.abstention,
        earlier=_earlier(case),
        tried=_each(tried for issue in case.issues for tried in issue.tried),
        issues=len(case.issues),
        priority=main.priority,
        facts=values_of(main, case),
        region=region_of(case),
        product=case.ticket.product,
        tier=tier_of(case),
        points=_each(point.text for issue in case.issues for point in issue.points),
        known=_known(case, policy_set),
        missing=_missing(case),
        options=case.candidates,
        promised=(*promised_before(case.ticket), *_promised_now(case, policy_set)),
    )


def promised_before(ticket: Ticket) -> tuple[str, ...]:
    """What we have told the customer that we will do: our own sentences, the latest ones."""
    said = [
        sentence.text
        for message in ticket.messages
        if message.author == "agent" and message.public
        for sentence in sentences(body(message.text))
        if find(_PROMISING, sentence.text)
    ]
    return tuple(said[-MAX_PROMISED:])


def _promised_now(case: Case, policy_set: PolicySet) -> tuple[str, ...]:
    chosen = {issue.choice.candidate_id for issue in case.issues if issue.choice}
    return tuple(
        f"in the reply to this message: {promise.text}"
        for candidate in case.candidates
        if candidate.id in chosen
        for promise in commitments(candidate, case, policy_set)
    )


def _verdicts(case: Case, asked: Asked) -> tuple[Verdict, ...]:
    """What the customer asked for counts whether chosen or not; of the rest, what was chosen."""
    chosen = {issue.choice.candidate_id for issue in case.issues if issue.choice}
    return tuple(
        candidate.verdict
        for candidate in case.candidates
        if candidate.verdict and (candidate.id in chosen or asked(candidate))
    )


def _earlier(case: Case) -> tuple[EarlierTicket, ...]:
    """Earlier tickets of the customer about the same category as one of the issues."""
    categories = {issue.category for issue in case.issues if issue.category}
    tickets = case.record.tickets if case.record else ()
    return tuple(ticket for ticket in tickets if ticket.category in categories)


def _known(case: Case, policy_set: PolicySet) -> tuple[Fact, ...]:
    """The facts of all issues, each once: those their categories call for first, a "no" last."""
    facts = {(f.path, str(f.value)): f for issue in case.issues for f in issue.facts}
    filed = {issue.category for issue in case.issues}
    wanted = {path for c in policy_set.categories if c.id in filed for path in c.facts}
    return tuple(sorted(facts.values(), key=lambda f: (f.path not in wanted, f.value in (0, None))))


def _missing(case: Case) -> tuple[str, ...]:
    """What the categories call for, and what a verdict waits for."""
    wanted = [path for issue in case.issues for path in issue.missing]
    waiting = [path for c in case.candidates if c.verdict for path in c.verdict.facts]
    known = {fact.path for issue in case.issues for fact in issue.facts}
    return tuple(path for path in _each((*wanted, *waiting)) if path not in known)


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
