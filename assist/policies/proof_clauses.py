"""The lines of a proof about clauses: what each says, and on which values it rests."""

from collections.abc import Iterator, Sequence

from assist.domain.policy import Clause
from assist.domain.proof import ProofLine, ProofOutcome, ProofPart
from assist.policies.asked import Asked
from assist.policies.clauses import Standing
from assist.policies.conditions import compile_condition
from assist.policies.index import index_of
from assist.policies.judgment import Judgment
from assist.policies.levels import highest
from assist.policies.limits import in_each_others_place, limit_held
from assist.policies.permission import DECIDING, lacking_facts, walked

KEPT: dict[bool | None, ProofOutcome] = {True: "holds", False: "fails", None: "unknown"}
"""What becomes of a limit, cap or grant that does not decide."""
_PARTS: dict[str, ProofPart] = {"require": "requirement", "limit": "limit"}


def clause_lines(found: Judgment) -> Iterator[ProofLine]:
    """A line for each clause on the action that may fit the case, highest precedence first."""
    if ungoverned(found):
        asked = found.asked
        text = f"no policy governs {asked.kind} on {asked.case.on.isoformat()}"
        yield ProofLine(part="clause", outcome="stated", text=text)
    outranking = _outranking(found.clauses)
    for item in found.clauses:
        clause = item.clause
        because = (*_why(found.asked, item), *outranking.get(clause.id, ()))
        yield ProofLine(
            part=_PARTS.get(clause.effect, "clause"),
            outcome=_outcome(found, item),
            text=f"{clause.id} ({clause.type}) {_says(clause, found.asked)}: {clause.text}",
            clause_id=clause.id,
            because=tuple(dict.fromkeys(because)),
        )


def ungoverned(found: Judgment) -> bool:
    """Whether policies govern the action, but none of them on this day."""
    index = index_of(found.asked.policy_set)
    governing = {entry.policy for entry in index.entries({found.asked.kind})}
    return bool(governing) and governing.isdisjoint(index.holding(found.asked.case.on))


def _says(clause: Clause, asked: Asked) -> str:
    """What the clause does where it holds."""
    if clause.effect == "allow":
        return "allows it"
    if clause.effect == "forbid":
        return "forbids it"
    if clause.effect == "require":
        return f"asks for {', '.join(clause.facts)} first"
    if clause.effect == "needs_approval":
        return f"needs the approval of {_level(clause, asked)}"
    most = " or ".join(str(limit) for limit in clause.limit)
    return f"limits it to {most}" + (f" in {clause.period_days} days" if clause.period_days else "")


def _outcome(found: Judgment, item: Standing) -> ProofOutcome:
    if item.truth.value is None:
        return "unknown"
    if not item.truth.value:
        return "fails"
    if _decides(found, item):
        return "decides"
    if item.clause.effect == "limit":
        return KEPT[limit_held(found.asked, item).within]
    return "holds"


def _decides(found: Judgment, item: Standing) -> bool:
    """Whether the verdict is what it is because of this clause, which holds."""
    clause, verdict, asked = item.clause, found.verdict, found.asked
    if clause.id not in verdict.clauses:
        return False
    if clause.id in verdict.conflict or verdict.value in ("forbidden", "unknown"):
        return True
    if clause.effect == "limit":
        return limit_held(asked, item).within is not True
    if verdict.value == "allowed":
        return True
    return clause.effect == "needs_approval" and _level(clause, asked) == verdict.level


def _why(asked: Asked, item: Standing) -> Iterator[str]:
    """The values its condition and its effect rest on.

    While it is open, what is missing; once it is decided, what is known: the rest changes nothing.
    """
    clause, facts, on = item.clause, asked.case.facts, asked.case.on
    condition = compile_condition(clause.when, asked.policy_set.facts)
    read = {term.path for term in condition.terms}
    open_ = item.truth.value is None
    reasons = condition.explained(facts, on)
    yield from (reason.text for reason in reasons if (reason.value is None) is open_)
    yield from (f"{path} is not known" for path in item.truth.missing if path not in read)
    if item.truth.value is False:
        return
    if clause.effect == "require":
        lacking = lacking_facts(asked, item)
        yield from (f"{p} is {'not known' if p in lacking else 'known'}" for p in clause.facts)
    if clause.effect == "limit":
        held = limit_held(asked, item)
        yield from (*held.lines, *held.problems)


def _outranking(clauses: Sequence[Standing]) -> dict[str, tuple[str, ...]]:
    """For each clause that holds or may hold and does not count, the one that goes first."""
    found: dict[str, tuple[str, ...]] = {}
    groups = [[s for s in clauses if s.clause.effect in DECIDING], *in_each_others_place(clauses)]
    for group in groups:
        holding = walked(group).holding
        if not holding:
            continue
        first = holding[0]
        for item in group:
            if item.rank > first.rank and item.truth.value is not False:
                found[item.clause.id] = (f"{first.clause.id} goes first",)
    return found


def _level(clause: Clause, asked: Asked) -> str:
    return clause.level or highest(asked.policy_set.authority)
