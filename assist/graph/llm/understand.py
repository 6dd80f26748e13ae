"""Issues, understood again by a model: its words where the ticket bears them out, no others."""

import re

from assist.domain.checking import Source
from assist.domain.draft import Sentence
from assist.domain.facts import FactDeclaration
from assist.domain.issue import Fact, Issue
from assist.domain.suggestion import Made
from assist.domain.ticket import Ticket
from assist.drafting.grounding import check_sentence
from assist.errors import ModelFailure
from assist.graph.llm.model import ModelHelp
from assist.graph.llm.replies import StatedFact, Understood, UnderstoodIssue
from assist.language.statements import fold
from assist.policies.values import read_value

TICKET = "ticket"
TRUTH = {"true": True, "yes": True, "false": False, "no": False}
SURE = 0.5
"""Probability that the ticket supports a sentence, from which on it stands for the issue."""


async def understood(
    issues: tuple[Issue, ...],
    ticket: Ticket,
    declared: tuple[FactDeclaration, ...],
    model: ModelHelp,
) -> tuple[tuple[Issue, ...], Made]:
    """The issues in the model's words, with facts that the customer states and quotes bear out."""
    text = told(ticket)
    fields = [d for d in declared if d.source == "customer" and not d.account]
    values = {
        "ticket": text,
        "issues": [{"id": issue.id, "text": issue.text} for issue in issues],
        "fields": fields,
    }
    try:
        reply = await model.ask("understand", "understand", values, Understood)
    except ModelFailure as error:
        return issues, model.failed("identify", error)
    said = {one.id: one for one in reply.issues}
    known = {declaration.path: declaration for declaration in fields}
    found = tuple(
        _understood(issue, said[issue.id], text, known, model) if issue.id in said else issue
        for issue in issues
    )
    changed = sum(new != old for new, old in zip(found, issues, strict=True))
    if not changed:
        reason = "the ticket bears out nothing of what the model said"
        return issues, Made(part="identify", mode="extractive", reason=reason)
    return found, Made(part="identify", mode="llm", reason=f"{changed} issue(s) said again")


def told(ticket: Ticket) -> str:
    """What the customer wrote, subject first."""
    return "\n\n".join(filter(None, (ticket.subject, *(message.text for message in ticket.asked))))


def _understood(
    issue: Issue,
    said: UnderstoodIssue,
    text: str,
    known: dict[str, FactDeclaration],
    model: ModelHelp,
) -> Issue:
    source = Source(passage_id=TICKET, document_id=TICKET, text=text)
    statement, goal = model.clean(said.statement), model.clean(said.goal)
    found: dict[str, object] = {}
    as_said = Sentence(text=statement, kind="fact")
    if statement and check_sentence(as_said, (source,), model.embed, text).probability >= SURE:
        found["statement"] = statement
    if goal and not issue.goal:
        found["goal"] = goal
    taken = {fact.path for fact in issue.facts}
    facts = [_fact(one, text, known, model) for one in said.facts if one.path not in taken]
    new = tuple({fact.path: fact for fact in facts if fact is not None}.values())
    if new:
        found["facts"] = (*issue.facts, *new)
    return issue.model_copy(update=found)


def _fact(
    said: StatedFact, text: str, known: dict[str, FactDeclaration], model: ModelHelp
) -> Fact | None:
    """The fact, where it is declared, its quote stands in the ticket and holds its value."""
    quote, value = model.clean(said.quote), model.clean(said.value)
    declaration = known.get(said.path)
    if declaration is None or not quote or fold(quote).casefold() not in fold(text).casefold():
        return None
    raw = TRUTH.get(value.casefold()) if declaration.type == "boolean" else value
    if read_value(declaration.type, raw, declaration.choices) is None:
        return None
    return (
        Fact(path=said.path, value=raw, source="customer", span=quote)
        if _holds(quote, value, declaration)
        else None
    )


def _holds(quote: str, value: str, declaration: FactDeclaration) -> bool:
    """Whether the quote shows the value; yes and no are said in too many ways to look for."""
    if declaration.type == "boolean":
        return True
    runs = re.findall(r"\d+", value)
    if declaration.type == "date":  # a year may be left out, a month may be a word
        return runs[-1].lstrip("0") in re.findall(r"(?<!\d)0?(\d+)", quote)
    return all(run in quote for run in runs) if runs else value.casefold() in quote.casefold()
