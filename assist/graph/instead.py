"""What may be offered instead of a candidate that the agent may not grant."""

from assist.domain.actions import ActionType
from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Alternative, Candidate, Outcome
from assist.graph.called_for import wish_for
from assist.graph.scope import judged_for
from assist.policies.alternatives import best_alternative
from assist.policies.known_names import ALWAYS
from assist.policies.proof import prove

MAX_CANDIDATES = 5
"""More is no help to choose by."""
MAX_ADDED = 2
"""Alternatives added per issue: those of what was thought of first."""


def with_alternatives(
    issue: Issue, own: list[Candidate], case: Case, rules: PolicySet
) -> list[Candidate]:
    """The issue's judged candidates, each that is not allowed linked to what may be done instead.

    An alternative that is none of them yet is added, at most `MAX_ADDED`; it is there to be
    offered and never to be chosen, because it is not what the customer asked for.
    """
    linked, added = [], list[Candidate]()
    for candidate in own:
        if candidate.verdict is None or candidate.verdict.value == "allowed":
            linked.append(candidate)
            continue
        found = best_alternative(_asked(candidate), rules, **judged_for(issue, case))
        target = _same(found, [*own, *added])
        if target is None and found.action.kind in ALWAYS:
            target = _of_kind(found.action.kind, own)
        elif target is None and len(added) < MAX_ADDED:
            target = _made(
                found, candidate, f"{issue.id}.c{len(own) + len(added) + 1}", case, rules
            )
            added.append(target)
        if target is None:
            target = _of_kind("escalate", own)
        linked.append(
            candidate.model_copy(update={"alternative_id": target.id if target else None})
        )
    return _few([*linked, *added], issue, rules)


def _few(candidates: list[Candidate], issue: Issue, rules: PolicySet) -> list[Candidate]:
    """At most `MAX_CANDIDATES`: what may not be done and nobody spoke of goes, the last first.

    Where that is not enough, what was added goes, and handing over stands in for it.
    """
    kept = list(candidates)
    for candidate in reversed(candidates):
        barred = candidate.verdict is not None and candidate.verdict.value != "allowed"
        unspoken = barred and wish_for(candidate, issue, rules) == "none"
        if len(kept) > MAX_CANDIDATES and unspoken:
            kept = [c for c in kept if candidate.id not in (c.id, c.instead_of)]
    room = MAX_CANDIDATES - sum(c.instead_of is None for c in kept)
    gone = {c.id for c in [c for c in kept if c.instead_of][max(0, room) :]}
    kept = [c for c in kept if c.id not in gone]
    fallback = _of_kind("escalate", kept)
    return [
        c.model_copy(update={"alternative_id": fallback.id if fallback else None})
        if c.alternative_id in gone
        else c
        for c in kept
    ]


def _asked(candidate: Candidate) -> Action:
    """The action that stands in the way: the first that is not allowed."""
    return next(
        (a for a in candidate.actions if a.verdict and a.verdict.value != "allowed"),
        candidate.actions[0],
    )


def _same(found: Alternative, candidates: list[Candidate]) -> Candidate | None:
    """The candidate that does just this and may be granted."""
    return next(
        (
            c
            for c in candidates
            if [(a.kind, a.parameters) for a in c.actions]
            == [(found.action.kind, found.action.parameters)]
            and c.verdict is not None
            and c.verdict.value == "allowed"
        ),
        None,
    )


def _of_kind(kind: str, own: list[Candidate]) -> Candidate | None:
    """The first candidate that asks, informs or hands over: none of these is made anew."""
    return next((c for c in own if any(a.kind == kind for a in c.actions)), None)


def _made(
    found: Alternative, candidate: Candidate, new_id: str, case: Case, rules: PolicySet
) -> Candidate:
    declared = next(a for a in rules.actions if a.kind == found.action.kind)
    issue = next(i for i in case.issues if i.id == candidate.issue_id)
    proof = prove(found.action, rules, **judged_for(issue, case))
    action = found.action.model_copy(update={"verdict": found.verdict, "proof": proof})
    return Candidate(
        id=new_id,
        issue_id=candidate.issue_id,
        title=_title(declared, found.action),
        steps=declared.steps,
        actions=(action,),
        verdict=found.verdict,
        outcomes=tuple(
            Outcome(text=text, good=good)
            for text, good in ((declared.good, True), (declared.bad, False))
            if text
        ),
        instead_of=candidate.id,
    )


def _title(declared: ActionType, action: Action) -> str:
    amount = action.parameters.get(declared.cost_parameter or "")
    return f"{declared.title}: up to {amount}" if amount is not None else declared.title
