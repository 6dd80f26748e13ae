"""New candidates from a model: what the passages bear out, step by step, and no more."""

from collections.abc import Collection, Mapping, Sequence

from assist.domain.checking import CheckedSentence, Source
from assist.domain.draft import Citation, Sentence
from assist.domain.issue import Issue
from assist.domain.knowledge import Passage
from assist.domain.solution import Action, Candidate, Outcome
from assist.domain.suggestion import Made
from assist.drafting.grounding import check_sentence
from assist.drafting.written import marks
from assist.errors import ModelFailure
from assist.graph.llm.model import ModelHelp
from assist.graph.llm.replies import Proposals, Proposed, ProposedStep
from assist.language.statements import fold, statements

MOST = 2
"""Beside what is listed already: an agent compares a handful."""
READ = 6
"""Passages shown to the model."""


async def proposed(
    issue: Issue,
    listed: Sequence[Candidate],
    passages: Sequence[Passage],
    model: ModelHelp,
) -> tuple[tuple[Candidate, ...], Made]:
    """Candidates that combine passages otherwise than those listed; without ids."""
    shown = list(passages[:READ])
    if not shown:
        return (), Made(part="propose", mode="extractive", reason="no passage to combine")
    by_mark = dict(zip(marks(issue.id, len(shown)), shown, strict=True))
    values = {
        "most": MOST,
        "issue": issue.text,
        "tried": "\n".join(issue.tried) or "nothing",
        "listed": "\n".join(f"- {candidate.title}" for candidate in listed),
        "passages": [{"mark": mark, "text": p.reading} for mark, p in by_mark.items()],
    }
    try:
        reply = await model.ask("propose", "propose", values, Proposals)
    except ModelFailure as error:
        return (), model.failed("propose", error)
    made = [_candidate(issue, one, by_mark, model) for one in reply.candidates[:MOST]]
    kept = tuple(candidate for candidate in made if candidate is not None)
    if not kept:
        reason = "the model proposed nothing that the passages bear out"
        return (), Made(part="propose", mode="extractive", reason=reason)
    return kept, Made(part="propose", mode="llm", reason=f"{len(kept)} candidate(s) added")


def _candidate(
    issue: Issue,
    said: Proposed,
    by_mark: Mapping[str, Passage],
    model: ModelHelp,
) -> Candidate | None:
    """The proposal with the steps that are borne out, or none where one of its steps is not.

    A procedure without one of its steps is another procedure.
    """
    checked = [_checked(step, by_mark, model) for step in said.steps]
    title = model.clean(said.title)
    steps = [one for one in checked if one is not None]
    if not title or not steps or len(steps) < len(checked):
        return None
    citations = [c for one in steps for c in one.sentence.citations]
    quoted = tuple(dict.fromkeys(c for c in citations if _is_statement(c, by_mark.values())))
    if not quoted:
        return None
    return Candidate(
        id="",
        issue_id=issue.id,
        title=title,
        steps=tuple(one.sentence.text for one in steps),
        actions=(Action(kind="inform", parameters={"document": quoted[0].document_id}),),
        outcomes=(
            Outcome(text="The customer can act on it at once.", good=True),
            Outcome(text="A model put it together: read the passages first.", good=False),
        ),
        citations=quoted,
    )


def _checked(
    step: ProposedStep, by_mark: Mapping[str, Passage], model: ModelHelp
) -> CheckedSentence | None:
    """The step, where all its marks are known and the passages they name support it."""
    text = model.clean(step.text)
    if not text or not step.cites or not all(mark in by_mark for mark in step.cites):
        return None
    sources = tuple(source_of(by_mark[mark]) for mark in dict.fromkeys(step.cites))
    found = check_sentence(Sentence(text=text, kind="fact"), sources, model.embed)
    return found if found.sentence.support in ("supported", "inferred") else None


def source_of(passage: Passage) -> Source:
    """A passage as something a sentence may rest on."""
    heading = passage.headings[-1] if passage.headings else passage.title
    return Source(
        passage_id=passage.id, document_id=passage.document_id, text=passage.text, heading=heading
    )


def _is_statement(citation: Citation, passages: Collection[Passage]) -> bool:
    """Whether a reply can quote it: it is a statement of its passage, whole."""
    passage = next(p for p in passages if p.id == citation.passage_id)
    return citation.quote in {fold(part.quote) for part in statements(passage.text)}
