"""Use case: is what somebody typed supported, within authority, and promised in time?"""

from assist.domain.case import Case
from assist.domain.checking import Source
from assist.domain.draft_check import CheckedDraft, DraftToCheck
from assist.drafting.grounding import Embed, check
from assist.graph.checking import NOT_READ, promises_judged, promises_of, sources_of, told_of
from assist.service.suggest import Run
from assist.understanding.turns import whole_conversation

NO_TICKET = "without a ticket nobody knows what may be promised: only support was judged"


def check_passages(draft: DraftToCheck, embed: Embed) -> CheckedDraft:
    """The draft against the passages it came with."""
    sources = tuple(
        Source(passage_id=f"p{number}", document_id=f"p{number}", text=text)
        for number, text in enumerate(draft.passages or (), start=1)
    )
    found = check(draft.text, sources, embed)
    return CheckedDraft(
        id=draft.id,
        support=found.support,
        sentences=told_of(found.sentences, ()),
        notes=(NO_TICKET,),
    )


async def check_reply(draft: DraftToCheck, run: Run, embed: Embed) -> CheckedDraft:
    """The draft against what is found for its ticket, and against what may be granted."""
    case: Case = await run.last()
    rules = run.tools.policy_set
    found = check(draft.text, sources_of(case), embed, whole_conversation(case.ticket))
    promised = promises_judged(draft.text, case, rules)
    return CheckedDraft(
        id=draft.id or case.ticket.id,
        support=found.support,
        sentences=told_of(found.sentences, promised or ()),
        promises=promises_of(promised or ()),
        notes=(*case.notes, *((NOT_READ,) if promised is None else ())),
    )
