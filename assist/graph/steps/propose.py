"""Evidence -> candidates: 2-5 different ways to solve each issue."""

from collections.abc import Sequence

from assist.domain.actions import ActionType
from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.knowledge import Passage
from assist.domain.solution import Action, Candidate, Outcome
from assist.domain.suggestion import Made
from assist.drafting.selection import Selected, nearness, select
from assist.graph.for_customer import fits_customer, speaks_to_customer
from assist.graph.llm.propose import proposed
from assist.graph.requests import WISHES, asked_text, wish
from assist.graph.scope import date_of, values_of
from assist.graph.state import Update
from assist.graph.steps.gather import quotable
from assist.graph.tools import Tools
from assist.policies.actions import possible_actions

MAX_CANDIDATES = 5
MAX_INFORM = 2
"""Answers from more than two documents are not alternatives any more, they are a search result."""
READ_DOCUMENTS = 4
"""Documents an answer is looked for in: as many as an agent would open."""
FILED_ALIKE = 0.035
"""What an article gains that is filed where the issue is: less than a fact's worth, so that of two
that are as near the one on the matter leads. On the 107 core cases and traps 0.035 kept all that
were right at 0, and mended two; 0.1 lost five."""
OTHER_MATTER = 0.05
"""Likeness that an action loses for each place by which another category is more its own, and a
third of it for each category it serves: on 170 actions that curated cases want, 104 were offered
by category alone with two unasked, 111 with three, 114 by category and likeness."""
MAX_ACTIONS = 3
"""Typed actions leave room for an answer and a way out."""


async def propose(case: Case, tools: Tools) -> Update:
    """Answers from articles, typed actions the policies know, asking first, handing over."""
    candidates: list[Candidate] = []
    made: list[Made] = []
    for issue in case.issues:
        typed, answers = _actions(issue, case, tools), _informs(issue, case, tools)
        combined: tuple[Candidate, ...] = ()
        if tools.model is not None:
            passages = [hit.passage for hit in quotable(case.hits.get(issue.id, ()))]
            combined, how = await proposed(issue, [*typed, *answers], passages, tools.model)
            made.append(how)
        candidates += _all([*typed, *answers[:1], *combined, *answers[1:]], issue, tools)
    return {
        "candidates": tuple(candidates),
        "made": (*case.made, *made),
        "said": f"{len(candidates)} candidate(s)",
    }


def _all(found: list[Candidate], issue: Issue, tools: Tools) -> list[Candidate]:
    """The candidates of an issue, with asking first and handing over, numbered."""
    if issue.missing or issue.causes or not found:
        found.append(_ask(issue))
    found = [*found[: MAX_CANDIDATES - 1], _hand_over(issue, tools)]
    return [c.model_copy(update={"id": f"{issue.id}.c{n}"}) for n, c in enumerate(found, start=1)]


def _informs(issue: Issue, case: Case, tools: Tools) -> list[Candidate]:
    """One answer per document, best first by search and by nearness; only what customers may read.

    Search ranks passages for the whole issue; what answers is a sentence for a point of it.
    """
    by_document: dict[str, list[Passage]] = {}
    found: dict[str, float] = {}
    speaks = speaks_to_customer(issue, case, tools.policy_set)
    for hit in (h for h in quotable(case.hits.get(issue.id, ())) if speaks(h.passage)):
        by_document.setdefault(hit.document_id, []).append(hit.passage)
        found[hit.document_id] = max(hit.score, found.get(hit.document_id, 0.0))
    asked = asked_text(issue, tools.policy_set)
    fits = fits_customer(issue, case, tools.policy_set)
    search = {hit.passage_id: hit.score for hit in case.hits.get(issue.id, ())}
    answers = [
        (
            nearness(chosen)
            + found[passages[0].document_id]
            + _filed_alike(issue, passages, tools),
            _inform(issue, passages[0], chosen),
        )
        for passages in list(by_document.values())[:READ_DOCUMENTS]
        if (
            chosen := select(
                asked,
                in_order(passages),
                tools.similarity,
                told=issue.text,
                fits=fits,
                search=search,
            )
        )
    ]
    answers.sort(key=lambda answer: -answer[0])
    return [candidate for _, candidate in answers[:MAX_INFORM]]


def _filed_alike(issue: Issue, passages: Sequence[Passage], tools: Tools) -> float:
    """What an article gains that is filed where the issue is."""
    alike = tools.category_of(passages[0].document_id) == issue.category is not None
    return FILED_ALIKE * alike


def in_order(passages: Sequence[Passage]) -> list[Passage]:
    """The passages as they stand in their document."""
    return sorted(passages, key=lambda passage: passage.position)


def _inform(issue: Issue, first: Passage, chosen: Sequence[Selected]) -> Candidate:
    return Candidate(
        id="",
        issue_id=issue.id,
        title=f"Answer from “{first.title or first.document_id}”",
        steps=tuple(s.text for s in chosen),
        actions=(Action(kind="inform", parameters={"document": first.document_id}),),
        outcomes=(
            Outcome(text="The customer can act on it at once.", good=True),
            Outcome(text="It does not fit their situation and they write again.", good=False),
        ),
        citations=tuple(s.citation for s in chosen),
    )


def _actions(issue: Issue, case: Case, tools: Tools) -> list[Candidate]:
    """Typed actions possible for the issue's category, those the customer asks for first."""
    kinds = {action.kind: action for action in tools.policy_set.actions}
    offered = possible_actions(
        tools.policy_set,
        category_ids=(issue.category,) if issue.category else (),
        text=issue.text,
        facts=values_of(issue, case),
        on=date_of(case),
    )
    wishes = {a.kind: wish(kinds[a.kind].signals, issue.text) for a in offered}
    spoken_of = [action for action in offered if wishes[action.kind] != "none"]
    spoken_of.sort(key=lambda action: WISHES.index(wishes[action.kind]))
    others = [action for action in offered if wishes[action.kind] == "none"]
    if len(spoken_of) < MAX_ACTIONS:
        fits = {a.kind: _fits(kinds[a.kind], issue, tools) for a in others}
        others.sort(key=lambda action: -fits[action.kind])
    return [
        _action_candidate(issue, action, kinds[action.kind])
        for action in (*spoken_of, *others)[:MAX_ACTIONS]
    ]


def _fits(declared: ActionType, issue: Issue, tools: Tools) -> float:
    """How near an action nobody spoke of is to what they tell, and to the category."""
    names = declared.categories
    place = names.index(issue.category) if issue.category in names else len(names)
    near = max(tools.similarity(issue.text, [declared.title, *declared.signals]))
    return near - OTHER_MATTER * (place + len(names) / 3)


def _action_candidate(issue: Issue, action: Action, declared: ActionType) -> Candidate:
    outcomes = [Outcome(text=declared.good, good=True), Outcome(text=declared.bad, good=False)]
    return Candidate(
        id="",
        issue_id=issue.id,
        title=declared.title,
        steps=declared.steps,
        actions=(action,),
        outcomes=tuple(o for o in outcomes if o.text),
    )


def _ask(issue: Issue) -> Candidate:
    checks = tuple(cause.check for cause in issue.causes if cause.check)
    return Candidate(
        id="",
        issue_id=issue.id,
        title="Ask the customer first",
        steps=checks,
        actions=(Action(kind="ask"),),
        outcomes=(
            Outcome(text="The cause is known before anything is done.", good=True),
            Outcome(text="One more round trip for the customer.", good=False),
        ),
    )


def _hand_over(issue: Issue, tools: Tools) -> Candidate:
    owner = next((c.owner for c in tools.policy_set.categories if c.id == issue.category), "")
    return Candidate(
        id="",
        issue_id=issue.id,
        title=f"Hand over to {owner or 'a specialist'}",
        steps=("Pass on the case with what is known and what was tried",),
        actions=(Action(kind="escalate"),),
        outcomes=(
            Outcome(text="Somebody who knows the subject decides.", good=True),
            Outcome(text="The customer waits longer.", good=False),
        ),
    )
