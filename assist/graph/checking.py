"""A reply that somebody typed -> what of it stands, for the case it answers."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any

from assist.domain.base import Money
from assist.domain.case import Case
from assist.domain.checking import CheckedSentence, Source
from assist.domain.draft import Promise
from assist.domain.policy import PolicySet
from assist.domain.solution import Action
from assist.domain.verdict import Verdict
from assist.drafting.case_claims import claims_of_case
from assist.drafting.commitments import (
    Checked,
    FoundPromise,
    amount_in,
    checked,
    find_promises,
    named_action,
    reads,
)
from assist.drafting.grounding import Embed, check_sentence
from assist.graph.approved import approved_acts
from assist.graph.languages import reply_language
from assist.graph.llm.propose import source_of
from assist.graph.scope import judged_for, values_of
from assist.graph.time import due_in_days, next_contact, time_zone_of
from assist.graph.timeliness import untimely
from assist.policies.verdicts import judge

RECORD = "record"
"""The passage and the document that what is on record is cited as."""
NOT_READ = "promises are found in English only: those of this text were not judged"
ON_RECORD = "as the record says"
YOURS = "yours to grant; whether it was done nobody here knows"
NOT_ON_RECORD = "about the customer's own case, and nothing on record says so"


def sources_of(case: Case) -> tuple[Source, ...]:
    """What a reply to this case may rest on: passages that customers may see, and policies."""
    found = {h.passage_id: h.passage for hits in case.hits.values() for h in hits}
    return tuple(source_of(p) for p in found.values() if p.kind != "precedent")


def record_of(case: Case, rules: PolicySet) -> Source:
    """What is known of the customer and the order, as sentences, but for what a ticket's text says.

    A fact that was read from the customer's own words has a span.
    """
    labels = {d.path: d.label or d.path.replace(".", " ").replace("_", " ") for d in rules.facts}
    known: dict[str, Any] = {}
    for issue in case.issues:
        facts = tuple(f for f in issue.facts if f.source != "customer" or not f.span)
        known |= values_of(issue.model_copy(update={"facts": facts}), case)
    lines = [
        f"- The {labels.get(path, path)} is {v}." for path, v in known.items() if v is not None
    ]
    return Source(passage_id=RECORD, document_id=RECORD, text="\n".join(lines))


def promises_judged(text: str, case: Case, rules: PolicySet) -> tuple[Checked, ...] | None:
    """The promises in a text, each against authority and the next contact; none: not read."""
    if not reads(reply_language(case)):
        return None

    @cache  # each text counts from one moment, and a few days: a long one names them often
    def days(moment: datetime, count: int) -> datetime:
        return due_in_days(case.model_copy(update={"now": moment}), rules, count)

    found = find_promises(
        text, case.now, time_zone_of(case, rules), business_days=days, actions=rules.actions
    )
    by_when = next_contact(case, rules, [[p.text for p in i.points] for i in case.issues])
    granted = cache(partial(_granted, case=case, rules=rules))  # judging takes a millisecond
    in_time = partial(untimely, case=case, rules=rules)
    return tuple(checked(promise, granted, by_when, in_time) for promise in found)


def case_claim(
    one: CheckedSentence, case: Case, rules: PolicySet, embed: Embed
) -> CheckedSentence | None:
    """A sentence about this customer's own case, judged by authority and by the record.

    None for any other. What the customer says of it is no source: "you approved my refund" is what
    somebody would write who wants one.
    """
    text = one.sentence.text
    if one.sentence.kind not in ("fact", "promise") or not claims_of_case(text):
        return None
    kind, amount = named_action(text, rules.actions), amount_in(text, "USD")
    found = FoundPromise(text=text, who="company", what=text, kind=kind, amount=amount)
    act = checked(found, partial(_granted, case=case, rules=rules))
    if act.flags:
        told = one.sentence.model_copy(
            update={"support": "unsupported", "citations": (), "flags": act.flags}
        )
        return CheckedSentence(sentence=told, probability=0.0, why=act.why)
    on_record = check_sentence(one.sentence, (record_of(case, rules),), embed)
    if on_record.sentence.support in ("supported", "inferred"):
        return on_record.model_copy(update={"why": (ON_RECORD,)})
    support = "inferred" if kind is not None else "unsupported"
    told = one.sentence.model_copy(update={"support": support, "citations": (), "flags": ()})
    why = YOURS if kind is not None else NOT_ON_RECORD
    return CheckedSentence(sentence=told, probability=0.5 if kind else 0.0, why=(why,))


def _granted(kind: str, amount: Money | None, case: Case, rules: PolicySet) -> Verdict:
    """What the policies say of this act, for the issue for which they say the most."""
    parameters = {"amount": amount} if amount is not None else {}
    action = Action(kind=kind, parameters=parameters)
    verdicts = [judge(action, rules, **judged_for(issue, case)) for issue in case.issues]
    verdicts += approved_acts(kind, amount, case.candidates)
    ways = ("allowed", "needs_approval", "unknown", "forbidden")
    return min(verdicts, key=lambda verdict: ways.index(verdict.value))


def promises_of(promised: Sequence[Checked]) -> tuple[Promise, ...]:
    """The promises as a suggestion lists them."""
    return tuple(one.promise.promise() for one in promised)
