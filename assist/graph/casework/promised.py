"""A text that was sent -> what somebody has to do about it: promises, an answer, the last look.

Read off the text that the customer got, not off the draft: an agent may have promised more, or
less. Where nothing here reads the text's language, only what the draft itself promised is known.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, partial

from assist.domain.case import Case
from assist.domain.ledger import Entry, EntryKind
from assist.domain.policy import PolicySet
from assist.drafting.commitments import Checked, reads
from assist.drafting.tone import wording
from assist.graph.casework.kept import how_to_tell
from assist.graph.casework.sent_promises import sent_promises
from assist.graph.casework.wording import closing_words
from assist.graph.checking import NOT_READ
from assist.graph.languages import reply_language
from assist.graph.time import calendar_of, due_in_days
from assist.language.sentences import sentences
from assist.language.statements import fold
from assist.policies.business import last_business_moment
from assist.policies.sla import add_business_hours
from assist.policies.waiting import asks

ANSWER_DAYS = 2
"""Business days until a customer who was asked is reminded, as `follow_up` proposes."""
LOOK_AFTER = timedelta(days=14)
"""Until the formal look whether a solution held, as `follow_up` proposes."""
_OFFERS = ("close", "reopen", "meanwhile", "more", "next_contact_asked", "feedback", "write_en")
"""Sentences of the tone that sound like a promise or a question. What they offer waits for another
message of the customer, which is a new revision of the ticket and no debt of ours."""
_QUOTED = re.compile(r"[“„«\"][^“”„«»\"\n]{1,400}[”“»\"]")
"""The customer's own words, which a reply repeats where a point stays open."""


def entries(
    text: str, case: Case, rules: PolicySet, *, event: int, at: datetime
) -> tuple[Entry, ...]:
    """The ledger's entries of a text that the customer got with this event, at this time.

    Each promise in the order of the text, each with what is wrong with it as its note; then one
    answer to wait for, where the text asks. In a language that is not read none is invented.
    """
    then = case.model_copy(update={"now": at})
    own = _without_offers(text, then, rules)
    reminded = cache(partial(_reminded, case=then, rules=rules))  # a long text names few times
    promised = [_promised(one, then, rules, reminded) for one in sent_promises(own, then, rules)]
    answers = [_answer(then, rules, asked)] if (asked := _asked(own, then, rules)) else []
    return tuple(
        entry.model_copy(update={"id": f"{entry.case_id}-{event}-{number}"})
        for number, entry in enumerate((*promised, *answers), start=1)
    )


def look(case: Case, rules: PolicySet, at: datetime) -> Entry:
    """The look whether the solution held, for a case that was solved at `at`.

    The event that says so is the last in it: a case that was opened again has a look for each.
    """
    entry = _entry(
        case.model_copy(update={"now": at}),
        "look",
        what="look whether it held",
        owner="agent",
        due=add_business_hours(calendar_of(case, rules), at + LOOK_AFTER, Decimal(0)),
        check="Has the customer come back about it, or written of the same matter again?",
    )
    event = case.work.applied if case.work else 0
    return entry.model_copy(update={"id": f"{entry.case_id}-{event}-look"})


def unread(case: Case) -> str:
    """Why the promises of this case's texts were not looked for; empty where they are."""
    return "" if reads(reply_language(case)) else NOT_READ


def channel_of(case: Case) -> str:
    """The customer's preferred channel, else the one they wrote on."""
    recorded = case.record.preferred_channel if case.record else None
    return case.ticket.customer.preferred_channel or recorded or case.ticket.channel or "email"


def _reminded(due: datetime | None, case: Case, rules: PolicySet) -> datetime:
    """When somebody looks at it: the last moment of business by then, so that there is somebody.

    Without a time, when the SLA asks for the next update. Where nobody works until then, and where
    it has passed when it was sent, it is the time itself.
    """
    if due is not None:
        return last_business_moment(calendar_of(case, rules), case.now, due) or due
    hours = [i.priority.clocks.first_response_hours for i in case.issues if i.priority]
    if not hours:
        return due_in_days(case, rules, 1)
    return add_business_hours(calendar_of(case, rules), case.now, min(hours))


def _promised(
    one: Checked, case: Case, rules: PolicySet, reminded: Callable[[datetime | None], datetime]
) -> Entry:
    promise = one.promise
    due = case.now if promise.passed else promise.due
    condition = f"only {promise.condition[:1].lower()}{promise.condition[1:]}"
    return _entry(
        case,
        "promise",
        text=promise.text,
        what=promise.what,
        owner=promise.who,
        due=due,
        check_at=reminded(due),
        check=how_to_tell(promise, rules.actions),
        note="; ".join((*one.why, *([condition] if promise.condition else ()))),
    )


def _asked(own: str, case: Case, rules: PolicySet) -> tuple[str, ...]:
    """What the text asks the customer: the draft's questions, else what reads like one."""
    draft = case.draft.sentences if case.draft else ()
    known = [s.text for s in draft if s.kind == "question" and fold(s.text) in fold(own)]
    if known or not reads(reply_language(case)):
        return tuple(known)
    said = sentences(_QUOTED.sub(" ", own))
    return tuple(fold(one.text) for one in said if asks(one.text, rules.sla.asking))


def _answer(case: Case, rules: PolicySet, asked: tuple[str, ...]) -> Entry:
    return _entry(
        case,
        "answer",
        text=" ".join(asked),
        what="answer what was asked",
        owner="customer",
        due=due_in_days(case, rules, ANSWER_DAYS),
        check="Has the customer answered? If not, remind them once",
    )


def _entry(
    case: Case,
    kind: EntryKind,
    *,
    what: str,
    owner: str,
    due: datetime | None,
    check: str,
    text: str = "",
    note: str = "",
    check_at: datetime | None = None,
) -> Entry:
    """An entry of this case, made now; its id is told by who makes it."""
    if case.work is None:
        raise AssertionError("a suggestion alone has no ledger")
    return Entry(
        id="",
        case_id=case.work.id,
        ticket_id=case.ticket.id,
        kind=kind,
        text=text,
        what=what,
        owner=owner,
        due=due,
        check_at=check_at or due,
        check=check,
        channel=channel_of(case),
        made_at=case.now,
        note=note,
    )


def _without_offers(text: str, case: Case, rules: PolicySet) -> str:
    """The text without our standing offers, such as to look again if it did not help."""
    language = reply_language(case)
    words = wording(rules.tone, language)
    said = [*(words[name] for name in _OFFERS), *closing_words(rules.tone, language).values()]
    for sentence in said:  # an editor may have broken its lines elsewhere
        text = re.sub(r"\s+".join(map(re.escape, sentence.split())), " ", text)
    return text
