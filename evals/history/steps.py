"""One solved ticket and our suggestion for it -> agreement by step, each with our reason.

A step that the row says nothing of is not compared. Every value is 0 to 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assist.domain.base import Model, Unit
from assist.domain.checking import Source
from assist.domain.knowledge import Hit
from assist.domain.suggestion import Suggestion
from assist.drafting.grounding import Embed, check
from assist.graph.llm.propose import source_of
from evals.history.solved import Did

NOTHING = frozenset({"inform", "none"})
"""Kinds of action that only tell something."""
ALIKE = 0.7
"""Cosine of two replies from which on they are counted as alike. Of drafts to tickets of different
categories of our suite `core` 99 % are below .61; a draft and its statements without thanks and
signature are at .75 or more (`python -m evals.history.alike`)."""
COVERED = 1.0
"""Share of the agent's statements that must be found: one that is not is what we do not know."""


class Step(Model):
    """One step compared. `why` is our reason, in words; empty where both did the same."""

    step: str
    value: Unit
    agrees: bool
    theirs: str
    ours: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a step is compared by."""

    did: Did
    suggestion: Suggestion
    embed: Embed


def steps(did: Did, suggestion: Suggestion, embed: Embed) -> tuple[Step, ...]:
    """Every step that the row says something of, in the order in which a ticket is worked on."""
    one = Compared(did, suggestion, embed)
    return tuple(found for compare in STEPS.values() if (found := compare(one)) is not None)


def _category(one: Compared) -> Step | None:
    if one.did.category is None:
        return None
    issue = one.suggestion.issue
    ours, others = issue.category or "", {i.category for i in one.suggestion.issues}
    also = " (another issue's)" if one.did.category in others and ours != one.did.category else ""
    why = f"the main issue is understood as “{issue.statement}”{also}"
    return _same("category", one.did.category, ours, why)


def _priority(one: Compared) -> Step | None:
    """A level off by one is half right: P2 for P1 waits hours less than P4 for P1."""
    if one.did.priority is None:
        return None
    ours = one.suggestion.priority
    off = abs(int(ours.level[1]) - int(one.did.priority[1]))
    same = _same("priority", one.did.priority, ours.level, "; ".join(ours.reasons))
    return same.model_copy(update={"value": max(0.0, 1 - off / 2)})


def _actions(one: Compared) -> Step | None:
    """The kinds done, as sets: the value is their overlap, and all must be the same to agree."""
    if one.did.actions is None:
        return None
    theirs, ours = set(one.did.actions) - NOTHING, _chosen(one.suggestion)
    union = theirs | ours
    value = len(theirs & ours) / len(union) if union else 1.0
    shown = [", ".join(sorted(kinds)) or "none" for kinds in (theirs, ours)]
    return Step(
        step="actions",
        value=value,
        agrees=theirs == ours,
        theirs=shown[0],
        ours=shown[1],
        why="" if theirs == ours else _why_chosen(one.suggestion, theirs),
    )


def _chosen(suggestion: Suggestion) -> set[str]:
    wanted = {issue.choice.candidate_id for issue in suggestion.issues if issue.choice}
    found = {a.kind for c in suggestion.candidates if c.id in wanted for a in c.actions}
    return found - NOTHING


def _why_chosen(suggestion: Suggestion, theirs: set[str]) -> str:
    """Why we chose as we did, and what the rules say to what they did, where we weighed it."""
    if suggestion.abstention:
        told = [f"{suggestion.abstention.code}: {suggestion.abstention.reason}"]
    else:
        told = [suggestion.choice.reason] if suggestion.choice else []
    for candidate in suggestion.candidates:
        for action in candidate.actions:
            if action.kind in theirs and action.verdict and action.verdict.value != "allowed":
                verdict = action.verdict.value.replace("_", " ")
                told.append(f"{action.kind}: {verdict}, {action.verdict.reason}".rstrip(", "))
    return "; ".join(dict.fromkeys(told))


def _escalation(one: Compared) -> Step | None:
    if one.did.escalated is None:
        return None
    found = one.suggestion.escalation
    words = {True: "escalated", False: "kept"}
    why = "; ".join(f"{t.code}: {t.evidence}" for t in found.triggers) or "nothing calls for it"
    return _same("escalation", words[one.did.escalated], words[found.needed], why)


def _reply(one: Compared) -> Step | None:
    """How near the two replies are in meaning, by the product's embedder."""
    if not (one.did.reply or "").strip():
        return None
    theirs, ours = one.did.reply or "", one.suggestion.draft.text
    a, b = one.embed([theirs, ours])
    value = min(1.0, max(0.0, float(a @ b)))
    why = "" if value >= ALIKE else f"cosine {value:.2f}, below {ALIKE}"
    return Step(step="reply", value=value, agrees=value >= ALIKE, theirs=theirs, ours=ours, why=why)


def _coverage(one: Compared) -> Step | None:
    """The share of the agent's factual sentences that what we found supports."""
    if not (one.did.reply or "").strip():
        return None
    found = check(one.did.reply or "", _sources(one.suggestion.hits), one.embed)
    facts = [s for s in found.sentences if s.sentence.kind == "fact"]
    if not facts:
        return None
    left = [s.sentence.text for s in facts if s.sentence.support in ("unsupported", "none")]
    value = 1 - len(left) / len(facts)
    found_in = dict.fromkeys(
        c.document_id for s in facts for c in s.sentence.citations if s.sentence.text not in left
    )
    return Step(
        step="coverage",
        value=value,
        agrees=value >= COVERED,
        theirs=f"{len(facts)} statements",
        ours=f"{len(facts) - len(left)} found in {', '.join(found_in) or 'nothing'}",
        why="" if not left else "not found: " + " | ".join(left),
    )


def _sources(hits: Sequence[Hit]) -> tuple[Source, ...]:
    """What a reply may rest on: precedents are no source."""
    passages = {hit.passage_id: hit.passage for hit in hits}
    return tuple(source_of(p) for p in passages.values() if p.kind != "precedent")


def _same(step: str, theirs: str, ours: str, why: str) -> Step:
    same = theirs == ours
    return Step(
        step=step,
        value=float(same),
        agrees=same,
        theirs=theirs,
        ours=ours or "none",
        why="" if same else why,
    )


STEPS: dict[str, Callable[[Compared], Step | None]] = {
    "category": _category,
    "priority": _priority,
    "actions": _actions,
    "escalation": _escalation,
    "reply": _reply,
    "coverage": _coverage,
}
