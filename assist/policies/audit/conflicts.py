"""Clauses of equal rank that disagree about one case: nobody but the highest level could tell."""

from collections.abc import Iterator
from itertools import combinations, groupby
from pathlib import PurePath

from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Era, Rule, Ruling, in_words
from assist.policies.audit.undecided import undecided

_DECIDES = ("decides", None)


def conflicts(ruling: Ruling) -> Iterator[Finding]:
    """One finding for each two clauses, with the facts of a case in which they meet."""
    told: set[tuple[str, str]] = set()
    for era in reversed(ruling.eras):
        for one, other, kinds in _rivals(era):
            pair = one.clause.id, other.clause.id
            if pair in told:
                continue
            finding = _met(ruling, era, one, other, kinds)
            if finding is not None:
                told.add(pair)
                yield finding


def _rivals(era: Era) -> Iterator[tuple[Rule, Rule, list[str]]]:
    """Two rules of equal rank that say different things about the same actions."""
    deciding = [rule for rule in era.rules if rule.family == _DECIDES]
    for _, group in groupby(deciding, key=lambda rule: rule.rank):
        for one, other in combinations(group, 2):
            kinds = [kind for kind in one.clause.actions if kind in other.clause.actions]
            if kinds and one.says != other.says:
                yield one, other, kinds


def _met(ruling: Ruling, era: Era, one: Rule, other: Rule, kinds: list[str]) -> Finding | None:
    worlds = {kind: ruling.world([one, other], era.stronger(one, kind), era) for kind in kinds}
    meeting = [kind for kind, world in worlds.items() if world.facts is not None]
    there = f"{PurePath(other.page.name).name}:{other.page.line(other.at)}"
    pair = f"{one.clause.id} and {other.clause.id} ({there})"
    if meeting:
        facts = in_words(worlds[meeting[0]].facts or {}, (one, other))
        return found(
            "conflict",
            one.page,
            one.at,
            f"{pair} rank alike and disagree about {', '.join(meeting)}: "
            f"{_said(one)} against {_said(other)}, where {facts} (on {era.first})",
            cure="say in one of them that it steps back where the other holds",
        )
    if all(world.certain for world in worlds.values()):
        return None
    question = f"whether {pair} can disagree about one case"
    return undecided(question, one, [other, *_stronger(era, one, kinds)])


def _stronger(era: Era, rule: Rule, kinds: list[str]) -> Iterator[Rule]:
    for kind in kinds:
        yield from era.stronger(rule, kind)


def _said(rule: Rule) -> str:
    effect, level = rule.says
    return f"{effect} {level}" if level else effect
