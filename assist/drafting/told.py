"""Checked sentences and the promises in them -> what whoever typed them is told of each."""

from collections.abc import Sequence

from assist.domain.checking import CheckedSentence
from assist.domain.draft_check import SentenceFound
from assist.drafting.commitments import Checked

ONLY_TOLD = "only the customer says so"


def told_of(
    sentences: Sequence[CheckedSentence], promised: Sequence[Checked]
) -> tuple[SentenceFound, ...]:
    """The sentences with what was found of their support and of the promises in them."""
    return tuple(_told(one, [p for p in promised if _same(p, one)]) for one in sentences)


def _same(promise: Checked, one: CheckedSentence) -> bool:
    said, text = (" ".join(t.split()) for t in (promise.promise.text, one.sentence.text))
    return said in text or text in said


def _told(one: CheckedSentence, promised: Sequence[Checked]) -> SentenceFound:
    """A promise rests on a decision, not on a passage: authority judges it, and nothing else."""
    sentence = one.sentence
    of_promises = tuple(flag for p in promised for flag in p.flags)
    flags = of_promises if promised else sentence.flags
    why = tuple(line for p in promised for line in p.why) if promised else one.why
    if not promised and sentence.support == "inferred" and not sentence.citations and not why:
        why = (ONLY_TOLD,)
    support = sentence.support
    if promised:
        support = "unsupported" if "over_authority" in flags else "inferred"
    return SentenceFound(
        text=sentence.text,
        kind="promise" if promised else sentence.kind,
        support=support,
        flags=tuple(dict.fromkeys(flags)),
        citations=sentence.citations,
        probability=one.probability,
        why=tuple(dict.fromkeys(why)),
    )
