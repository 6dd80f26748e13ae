"""Ticket -> issues: what is really wrong, apart from its symptoms, and every point raised."""

from assist.domain.case import Case
from assist.domain.categories import Category, Cause
from assist.domain.issue import Fact, Issue, Point
from assist.domain.language import TicketLanguage
from assist.domain.suggestion import Made, TicketSignal
from assist.graph.filed import filed_by
from assist.graph.languages import language_notes
from assist.graph.llm.understand import understood
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.language.phrases import find
from assist.understanding.categories import Sorter
from assist.understanding.facts import numbers_told, signalled_facts, ticket_facts
from assist.understanding.issues import Told, tell_apart
from assist.understanding.mood import mood_signals
from assist.understanding.paraphrase import statement
from assist.understanding.points import heard, said
from assist.understanding.products import product_choices, product_facts
from assist.understanding.told import told_facts
from assist.understanding.turns import abridged, current_turn, whole_conversation

MAX_CAUSES = 3
"""An agent checks two or three causes at the desk, not ten."""


async def identify(case: Case, tools: Tools) -> Update:
    """The issues in the current turn, with causes to check and what was tried already.

    Of a ticket that nothing here can read, no category is guessed: only a signal phrase the company
    has in that language files it.
    """
    language = tools.language_of(case.ticket)
    turn = current_turn(case.ticket)
    sayings = heard(abridged(case.ticket.subject or ""), abridged(turn))
    earlier = said(whole_conversation(case.ticket))
    before = (*case.work.failed, *case.work.tried) if case.work else ()
    tried = tuple(dict.fromkeys([*(s.text for s in earlier if s.role == "tried"), *before]))
    categories = {c.id: c for c in tools.policy_set.categories}
    facts = _facts(case, tools)
    rules = tools.policy_set
    sorter = Sorter(
        rules.categories,
        rules.actions,
        tools.similarity,
        filed_by(tools),
        product_choices(rules.facts),
    )
    issues = tuple(
        _issue(
            f"i{n}",
            told,
            # What is not English is not put into the third person either.
            statement(told.key) if language.answerable else told.key.text,
            categories.get(_category(told, language, tools) or ""),
        ).model_copy(update={"facts": facts, "tried": tried, "tags": case.ticket.tags})
        for n, told in enumerate(tell_apart(sayings, sorter), start=1)
    )
    signals = (*mood_signals(whole_conversation(case.ticket)), *_suspected(case, tools))
    made: tuple[Made, ...] = ()
    if tools.model is not None:
        issues, how = await understood(issues, case.ticket, tools.policy_set.facts, tools.model)
        made = (how,)
    return {
        "made": (*case.made, *made),
        "language": language,
        "notes": (*case.notes, *_reading_notes(turn), *language_notes(language, tools)),
        "issues": issues,
        "signals": signals,
        "said": f"{language.name}, {language.how}; {len(issues)} issue(s), "
        f"{sum(len(i.points) for i in issues)} point(s), "
        f"signals: {', '.join(sorted({s.name for s in signals})) or 'none'}",
    }


def _suspected(case: Case, tools: Tools) -> tuple[TicketSignal, ...]:
    """Orders to whoever reads, in what the customer wrote and attached: they are data, and said."""
    ticket = case.ticket
    attached = (f"{a.name}\n{a.text}" for a in ticket.attachments if a.text)
    texts = (ticket.subject or "", whole_conversation(ticket), *attached)
    found = {signal.span: signal for text in texts if text for signal in tools.suspicions(text)}
    return tuple(found.values())


def _reading_notes(turn: str) -> tuple[str, ...]:
    """What an agent must know of a text that is too long to be understood whole."""
    if (read := len(abridged(turn))) >= len(turn):
        return ()
    part = f"only {read:,} of {len(turn):,} characters were read"
    return (f"{part} sentence by sentence, the first and the last; of the rest only phrases",)


def _category(told: Told, language: TicketLanguage, tools: Tools) -> str | None:
    """What a signal says it is (a burning smell is safety, whatever smells), else what was told."""
    for signal in tools.policy_set.sla.signals:
        if signal.category and find(signal.phrases, told.text, signal.not_phrases):
            return signal.category
    return told.category if language.answerable else None


def _facts(case: Case, tools: Tools) -> tuple[Fact, ...]:
    """What the ticket states as data, and what its words say; data wins."""
    given = ticket_facts(case.ticket, tools.policy_set.facts)
    text = whole_conversation(case.ticket)
    whole = f"{case.ticket.subject or ''}\n{text}"
    rules = tools.policy_set
    said_so = (
        *given,
        *signalled_facts(text, rules.facts, rules.sla.signals),
        *product_facts(whole, rules.facts),
        *numbers_told(text, rules.facts),
        *told_facts(whole, rules.facts),
    )
    return tuple({fact.path: fact for fact in reversed(said_so)}.values())[::-1]


def _issue(issue_id: str, told: Told, said_so: str, category: Category | None) -> Issue:
    key = told.key
    return Issue(
        id=issue_id,
        statement=said_so,
        text=told.text,
        symptoms=tuple(s.text for s in told.sayings if s.role == "problem" and s != key),
        category=category.id if category else None,
        goal=category.goal if category else "",
        causes=_causes(told, category),
        points=tuple(Point(text=p.text) for p in told.points),
    )


def _causes(told: Told, category: Category | None) -> tuple[Cause, ...]:
    """The category's known causes where something is wrong, those the ticket speaks for first."""
    if category is None or not any(s.role == "problem" for s in told.sayings):
        return ()
    found = [(find(cause.signals, told.text), cause) for cause in category.causes]
    found.sort(key=lambda pair: -len(pair[0]))
    return tuple(
        Cause(
            statement=cause.statement,
            evidence=f"the ticket says “{spans[0].text}”" if spans else "",
            check=cause.check,
        )
        for spans, cause in found[:MAX_CAUSES]
    )
