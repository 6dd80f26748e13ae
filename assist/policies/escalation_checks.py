"""Does escalation.yaml hold together? Codes, times, who takes over, and what customers are told."""

from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from assist.domain.escalation import TriggerCode
from assist.domain.escalation_rules import EscalationRule, EscalationRules, Route, SignalRoute
from assist.errors import BadKnowledgeBase
from assist.policies.located import Page, Path, suggestion
from assist.policies.notice_placeholders import PLACEHOLDERS, wrong_placeholders
from assist.policies.sla import MAX_HOURS

CODES: tuple[str, ...] = get_args(TriggerCode)


def escalation_faults(
    rules: EscalationRules, page: Page, signals: Collection[str]
) -> Iterator[BadKnowledgeBase]:
    """Every fault in the order of the file; `signals` are the names that sla.yaml declares."""
    seen: set[str] = set()
    for index, rule in enumerate(rules.rules):
        at: Path = ("rules", index)
        if rule.code in seen:
            problem = f"the code {rule.code!r} is given twice"
            yield page.fault((*at, "code"), problem, cure="rename or remove one")
        seen.add(rule.code)
        yield from _rule(rule, page, at)
        yield from _signals(rule, page, at, tuple(signals))
    for code, route in rules.languages.items():
        yield from _route(route, page, ("languages", code))


def _rule(rule: EscalationRule, page: Page, at: Path) -> Iterator[BadKnowledgeBase]:
    if rule.code not in CODES:
        problem = f"the code {rule.code!r} is not declared in the escalation codes"
        yield page.fault((*at, "code"), problem, cure=suggestion(rule.code, CODES))
    if not 0 < rule.within_hours <= MAX_HOURS:
        problem = f"{rule.within_hours} is no time"
        yield page.fault((*at, "within_hours"), problem, cure="give hours above 0")
    yield from _route(Route(team=rule.team, role=rule.role), page, at)
    yield from _on_call(rule.on_call, rule, page, at)
    yield from _notice(rule.customer_notice, page, (*at, "customer_notice"))
    yield from _phrases(rule.phrases, page, (*at, "phrases"))
    yield from _phrases(rule.not_phrases, page, (*at, "not_phrases"))
    for n, pair in enumerate(rule.paired):
        yield from _phrases(pair.phrases, page, (*at, "paired", n, "phrases"))
    for name, route in rule.routes.items():
        yield from _signal_route(route, rule, page, (*at, "routes", name))


def _signal_route(
    route: SignalRoute, rule: EscalationRule, page: Page, at: Path
) -> Iterator[BadKnowledgeBase]:
    yield from _route(route, page, at)
    yield from _on_call(route.on_call, rule, page, at)
    yield from _notice(route.customer_notice, page, (*at, "customer_notice"))


def _on_call(
    on_call: Route | None, rule: EscalationRule, page: Page, at: Path
) -> Iterator[BadKnowledgeBase]:
    if on_call is None:
        return
    yield from _route(on_call, page, (*at, "on_call"))
    if not rule.around_the_clock:
        yield page.fault(
            (*at, "on_call"),
            "somebody is on call, and the time to act counts business hours only",
            cure="add around_the_clock: true to the rule, or remove on_call",
        )


def _route(route: Route, page: Page, at: Path) -> Iterator[BadKnowledgeBase]:
    for key, name in (("team", route.team), ("role", route.role)):
        if not name.strip():
            yield page.fault((*at, key), "is empty", cure=f"name the {key} that takes over")


def _notice(notice: str, page: Page, at: Path) -> Iterator[BadKnowledgeBase]:
    if not notice.strip():
        yield page.fault(at, "is empty", cure="say why, what happens next, and {when}")
    for wrong in wrong_placeholders(notice):
        cure = f"use {' or '.join(PLACEHOLDERS)}, and no other braces"
        yield page.fault(at, f"{wrong} stands for nothing", cure=cure)


def _phrases(phrases: Sequence[str], page: Page, at: Path) -> Iterator[BadKnowledgeBase]:
    seen: set[str] = set()
    for n, phrase in enumerate(phrases):
        if not phrase.strip():
            yield page.fault((*at, n), "is empty", cure="remove it")
        elif phrase in seen:
            yield page.fault((*at, n), f"{phrase!r} is given twice", cure="remove one")
        seen.add(phrase)


def _signals(
    rule: EscalationRule, page: Page, at: Path, signals: tuple[str, ...]
) -> Iterator[BadKnowledgeBase]:
    named: list[tuple[Path, str]] = [((*at, "routes", name), name) for name in rule.routes]
    named += [
        ((*at, "paired", n, "signals", m), name)
        for n, pair in enumerate(rule.paired)
        for m, name in enumerate(pair.signals)
    ]
    for where, name in named:
        if name not in signals:
            problem = f"the signal {name!r} is not declared in sla.yaml"
            cure = suggestion(name, signals) if signals else "declare it in sla.yaml"
            yield page.fault(where, problem, cure=cure)
