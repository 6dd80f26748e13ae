"""Use case: is what somebody typed supported, within authority, and promised in time?"""

from assist.domain.checking import CheckedSentence, Source
from assist.domain.draft_check import MAX_SENTENCES, CheckedDraft, DraftToCheck
from assist.drafting.grounding import Embed, check
from assist.drafting.told import told_of
from assist.errors import TooLarge
from assist.graph.checking import (
    NOT_READ,
    case_claim,
    promises_judged,
    promises_of,
    record_of,
    sources_of,
)
from assist.language.sentences import sentences
from assist.service.suggest import Run
from assist.understanding.turns import whole_conversation

NO_TICKET = "without a ticket nobody knows what may be promised: only support was judged"
DOUBTED = 0.49
"""The most that a reply is supported in which something is said that must not be."""


def require_checkable(draft: DraftToCheck) -> None:
    """Raises `TooLarge`: each sentence is held against each passage, and somebody waits."""
    if (count := len(sentences(draft.text))) > MAX_SENTENCES:
        raise TooLarge(
            f"the draft has {count} sentences, at most {MAX_SENTENCES} are checked",
            where="text",
            cure="check it in parts",
        )


def check_passages(draft: DraftToCheck, embed: Embed) -> CheckedDraft:
    """The draft against the passages it came with."""
    sources = tuple(
        Source(passage_id=f"p{number}", document_id=f"p{number}", text=text)
        for number, text in enumerate(draft.passages or (), start=1)
    )
    found = check(draft.text, sources, embed)
    told = told_of(found.sentences, ())
    return CheckedDraft(id=draft.id, support=found.support, sentences=told, notes=(NO_TICKET,))


async def check_reply(draft: DraftToCheck, run: Run, embed: Embed) -> CheckedDraft:
    """The draft against what is found for its ticket, on record, and may be granted."""
    case, rules = await run.last(), run.tools.policy_set
    sources = (*sources_of(case), record_of(case, rules))
    found = check(draft.text, sources, embed, whole_conversation(case.ticket))
    judged: list[CheckedSentence] = []
    doubted = False
    for one in found.sentences:
        claim = case_claim(one, case, rules, embed)
        doubted = doubted or (claim is not None and claim.sentence.support == "unsupported")
        judged.append(claim or one)
    promised = promises_judged(draft.text, case, rules)
    doubted = doubted or any("over_authority" in promise.flags for promise in promised or ())
    return CheckedDraft(
        id=draft.id or case.ticket.id,
        support=min(found.support, DOUBTED) if doubted else found.support,
        sentences=told_of(judged, promised or ()),
        promises=promises_of(promised or ()),
        notes=(*case.notes, *((NOT_READ,) if promised is None else ())),
    )
