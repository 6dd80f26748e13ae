"""A reply that somebody typed -> what of it stands, for the case it answers."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from assist.domain.base import Money
from assist.domain.case import Case
from assist.domain.checking import CheckedSentence, Source
from assist.domain.draft import Promise
from assist.domain.draft_check import SentenceFound
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.drafting.commitments import Checked, checked, find_promises, reads
from assist.graph.languages import reply_language
from assist.graph.llm.propose import source_of
from assist.graph.scope import judged_for
from assist.graph.time import due_in_days, next_contact, time_zone_of
from assist.policies.verdicts import judge

NOT_READ = "promises are found in English only: those of this text were not judged"


def sources_of(case: Case) -> tuple[Source, ...]:
    """What a reply to this case may rest on: passages that customers may see, and policies."""
    found = {h.passage_id: h.passage for hits in case.hits.values() for h in hits}
    return tuple(source_of(p) for p in found.values() if p.kind != "precedent")


def promises_judged(text: str, case: Case, rules: PolicySet) -> tuple[Checked, ...] | None:
    """The promises in a text, each against authority and the next contact; none: not read."""
    if not reads(reply_language(case)):
        return None

    def days(moment: datetime, count: int) -> datetime:
        return due_in_days(case.model_copy(update={"now": moment}), rules, count)

    found = find_promises(
        text, case.now, time_zone_of(case, rules), business_days=days, actions=rules.actions
    )
    granted = partial(_granted, case=case, rules=rules)
    by_when = next_contact(case, rules, [[p.text for p in i.points] for i in case.issues])
    return tuple(checked(promise, granted, by_when) for promise in found)


def _granted(kind: str, amount: Money | None, case: Case, rules: PolicySet) -> Verdict:
    """What the policies say of this act, for the issue for which they say the most."""
    parameters = {"amount": amount} if amount is not None else {}
    action = Action(kind=kind, parameters=parameters)
    verdicts = [judge(action, rules, **judged_for(issue, case)) for issue in case.issues]
    ways = ("allowed", "needs_approval", "unknown", "forbidden")
    return min(verdicts, key=lambda verdict: ways.index(verdict.value))


def told_of(
    sentences: Sequence[CheckedSentence], promised: Sequence[Checked]
) -> tuple[SentenceFound, ...]:
    """The sentences with what was found of their support and of the promises in them."""
    return tuple(_told(one, [p for p in promised if _same(p, one)]) for one in sentences)


def _same(promise: Checked, one: CheckedSentence) -> bool:
    said, text = (" ".join(t.split()) for t in (promise.promise.text, one.sentence.text))
    return said in text or text in said


def _told(one: CheckedSentence, promised: Sequence[Checked]) -> SentenceFound:
    """A promise rests on a decision, not on a passage: authority judges it."""
    sentence = one.sentence
    flags = (*sentence.flags, *(flag for p in promised for flag in p.flags))
    why = (*one.why, *(line for p in promised for line in p.why))
    return SentenceFound(
        text=sentence.text,
        kind="promise" if promised else sentence.kind,
        support="inferred" if promised and not flags else sentence.support,
        flags=tuple(dict.fromkeys(flags)),
        citations=sentence.citations,
        probability=one.probability,
        why=tuple(dict.fromkeys(why)),
    )


def promises_of(promised: Sequence[Checked]) -> tuple[Promise, ...]:
    """The promises as a suggestion lists them."""
    return tuple(one.promise.promise() for one in promised)
