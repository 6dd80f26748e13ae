"""Clauses that never decide anything: nobody can meet them, or a stronger one always goes first."""

from collections.abc import Iterator

from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import SCOPES, Era, Rule, Ruling, named, scopes_of
from assist.policies.audit.undecided import CURE, SHORTER, unanalyzed, undecided
from assist.policies.located import suggestion

_ONE_BY_ONE = ("require", None)
"""Clauses that ask for facts all count, whatever stands above them."""


def unreached(ruling: Ruling) -> Iterator[Finding]:
    """A finding for every policy, clause and grant that can never make a difference."""
    yield from _policies(ruling)
    for rule in ruling.rules:
        eras = [era for era in reversed(ruling.eras) if rule in era.rules]
        if not eras or _nowhere(rule):
            continue
        never = _never_true(ruling, rule, eras)
        yield from [never] if never else _overruled(ruling, rule, eras)
    yield from _conditions(ruling)


def _nowhere(rule: Rule) -> bool:
    """Whether its policy is for values that nobody can have, which its scope is told already."""
    return "false" in rule.texts[:-1]


def _policies(ruling: Ruling) -> Iterator[Finding]:
    for item in ruling.book.policies:
        policy = item.policy
        if policy is None:
            continue
        for name, allowed in zip(SCOPES, scopes_of(policy), strict=True):
            choices = ruling.choices(name)
            for n, value in enumerate(allowed):
                if choices and value not in choices:
                    yield found(
                        "unknown-scope",
                        item.page,
                        (f"{name}s", n),
                        f"no case can have the {name} {value!r}",
                        cure=suggestion(value, choices),
                    )
        if policy.clauses and not any(r.policy is policy for era in ruling.eras for r in era.rules):
            yield found(
                "never-in-force",
                item.page,
                ("effective",),
                f"{policy.id} holds on no day: another edition supersedes it on all of them",
                cure="correct effective, expires or who supersedes it",
            )


def _never_true(ruling: Ruling, rule: Rule, eras: list[Era]) -> Finding | None:
    worlds = [ruling.world([rule], [], era) for era in eras]
    if any(one.facts is not None for one in worlds):
        return None
    when = rule.clause.when
    if not all(one.certain for one in worlds):
        return undecided(f"whether {when} can hold", rule)
    asked = " with ".join([when, *rule.texts[:-1]])
    message = f"{rule.clause.id} never holds: no case meets {asked}"
    return found("never-true", rule.page, (*rule.at, "when"), message, cure="correct the condition")


def _overruled(ruling: Ruling, rule: Rule, eras: list[Era]) -> Iterator[Finding]:
    if rule.family == _ONE_BY_ONE:
        return
    lost = [kind for kind in rule.clause.actions if not _decides(ruling, rule, kind, eras)]
    for kind in lost:
        worlds = [ruling.world([rule], era.stronger(rule, kind), era) for era in eras]
        if not all(one.certain for one in worlds):
            involved = _involved(ruling, rule, kind, eras)
            yield undecided(f"whether {rule.clause.id} ever decides {kind}", rule, involved)
            return
    if lost:
        above = {r.clause.id: r for era in eras for kind in lost for r in era.stronger(rule, kind)}
        stronger = [r for r in above.values() if _meet(ruling, rule, r, eras)]
        everywhere = len(lost) == len(rule.clause.actions)
        yield found(
            "overruled" if everywhere else "overruled-in-part",
            rule.page,
            rule.at,
            f"{rule.clause.id} never decides {', '.join(lost)}: wherever it holds, "
            f"{named(stronger)} goes first",
            cure="narrow the stronger clause, or remove this one",
        )


def _involved(ruling: Ruling, rule: Rule, kind: str, eras: list[Era]) -> list[Rule]:
    """The stronger rules about the action that may hold beside it."""
    found = {r.clause.id: (r, era) for era in eras for r in era.stronger(rule, kind)}
    return [r for r, era in found.values() if not ruling.world([rule, r], [], era).certain]


def _decides(ruling: Ruling, rule: Rule, kind: str, eras: list[Era]) -> bool:
    return any(
        ruling.world([rule], era.stronger(rule, kind), era).facts is not None for era in eras
    )


def _meet(ruling: Ruling, rule: Rule, other: Rule, eras: list[Era]) -> bool:
    both = [era for era in eras if other in era.rules]
    return any(ruling.world([rule, other], [], era).facts is not None for era in both)


def _conditions(ruling: Ruling) -> Iterator[Finding]:
    """Conditions of actions and grants that nobody can meet."""
    rules, era = ruling.book.files, ruling.today
    asked = [
        ("actions.yaml", ("actions", n, "when"), action.kind, action.when)
        for n, action in enumerate(rules.actions.actions)
    ]
    asked += [
        ("authority.yaml", ("grants", n, "when"), f"the grant of {grant.action}", grant.when)
        for n, grant in enumerate(rules.authority.grants)
    ]
    for file, at, name, when in asked:
        if file not in rules.brought:
            continue
        page = rules.brought[file]
        one = ruling.met(when, era)
        if one.facts is None and one.certain:
            message = f"{name} never applies: no case meets {when}"
            yield found("never-true", page, at, message, cure="correct the condition")
        elif one.facts is None:
            reason = unanalyzed([when])
            because = f", because it {reason.partition(': it ')[2]}" if reason else ""
            message = f"it is not known whether {when} can hold{because}"
            yield found("not-decided", page, at, message, cure=CURE if reason else SHORTER)
