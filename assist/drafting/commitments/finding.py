"""Text -> the promises in it, each with who, what, by when, which action and how much."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypedDict
from zoneinfo import ZoneInfo

from assist.domain.actions import ActionType
from assist.domain.base import Model, Money
from assist.domain.draft import Promise
from assist.drafting.commitments.amounts import amount_in
from assist.drafting.commitments.clauses import Clause, committing
from assist.drafting.commitments.times import BusinessDays, Due, How, due_in
from assist.errors import BadInput
from assist.language.phrases import find
from assist.language.statements import statements

LANGUAGES = ("en",)
LONGEST = 600
"""Characters of a sentence that are read; nobody promises anything in a longer one."""
_LEADS = re.compile(
    r"(?:then\s|also\s)?(?:ask|check|look|investigate|find|speak|talk|consult|see|trace)\b",
    re.IGNORECASE,
)
"""What is done so that something can be told, and nobody waits for by itself."""
_QUOTED_LINE = re.compile(r"(?m)^[ \t]{0,8}>[^\n]*$")
_QUOTED = re.compile(r"[\"“„«][^\"“”„»\n]{1,400}[\"”»]")


class _Timed(TypedDict):
    due: datetime | None
    when: str
    vague: bool
    how: How
    passed: bool


class FoundPromise(Model):
    """A commitment as a text makes it.

    `who` is `agent` (I), `company` (we, or a passive) or the team, person or courier as named.
    `due` is in the customer's time zone. `vague`: a time is named that is none (“soon”).
    `condition` is what must happen first; a length of time counts from then, and has no `due`.
    `kind` is a declared action; `amount` what is granted.
    """

    text: str
    who: str
    what: str
    due: datetime | None = None
    when: str = ""
    """The words that say by when."""
    vague: bool = False
    how: How = "by"
    passed: bool = False
    """The time that is named had passed when it was said."""
    condition: str = ""
    kind: str | None = None
    amount: Money | None = None

    def promise(self) -> Promise:
        """As a promise of the suggestion."""
        return Promise(text=self.text, who=self.who, what=self.what, due=self.due)


def reads(language: str) -> bool:
    """Whether promises are found in texts of this language."""
    return language in LANGUAGES


def find_promises(
    text: str,
    now: datetime,
    time_zone: str,
    *,
    business_days: BusinessDays,
    actions: Sequence[ActionType] = (),
    dollar: str = "USD",
    language: str = "en",
) -> tuple[FoundPromise, ...]:
    """The promises of a draft or a sent reply, in order.

    `now` needs a time zone; it is when the reply is sent. `business_days` counts by the company's
    calendar. `actions` are the declared kinds; `dollar` is the currency of “$” in the region. What
    stands in quotation marks or after `>` is somebody else's. Raises `BadInput` for a language
    that is not read.
    """
    if not reads(language):
        known = ", ".join(LANGUAGES)
        raise BadInput(
            f"promises are not found in {language!r}",
            where="language",
            cure=f"give a text in {known}, or check its promises by eye",
        )
    zone = ZoneInfo(time_zone)
    own = _QUOTED_LINE.sub("", text)

    def read(clause: Clause, sentence: str) -> FoundPromise:
        due = due_in(clause.text, now, zone, business_days)
        return FoundPromise(
            text=sentence,
            who=clause.who,
            what=clause.what,
            condition=clause.condition,
            kind=named_action(clause.text, actions),
            amount=amount_in(clause.text, dollar),
            **_timed(due, clause.condition),
        )

    return tuple(
        promise
        for sentence in statements(own)
        if len(sentence.text) <= LONGEST
        for promise in _together(
            (clause, read(clause, sentence.text))
            for clause in committing(_QUOTED.sub(" ", sentence.text))
        )
    )


def _together(read: Iterable[tuple[Clause, FoundPromise]]) -> list[FoundPromise]:
    """The promises of one sentence: what only leads to the next is one with it.

    “Ask the courier and write to you by Friday” is one promise, kept when the customer is written
    to. Of two acts with one time, such as a refund and a voucher by Friday, both are due then.
    """
    found: list[FoundPromise] = []
    for clause, promise in read:
        if clause.timed and promise.due is None:
            continue
        before = found[-1] if found and clause.goes_on else None
        if before is not None and before.due is None and not before.when:
            if _LEADS.match(before.what) and before.kind is None and before.amount is None:
                found[-1] = promise.model_copy(update={"what": f"{before.what} and {promise.what}"})
                continue
            time = promise.model_dump(include={"due", "when", "vague", "how", "passed"})
            found[-1] = before.model_copy(update=time)
        found.append(promise)
    return found


def _timed(due: Due | None, condition: str) -> _Timed:
    if due is None:
        return {"due": None, "when": "", "vague": False, "how": "by", "passed": False}
    moment = None if due.counted and condition else due.moment
    vague = due.moment is None and not due.passed
    return {
        "due": moment, "when": due.words, "vague": vague, "how": due.how, "passed": due.passed
    }  # fmt: skip


def named_action(text: str, actions: Sequence[ActionType]) -> str | None:
    """The declared action whose longest signal or title the clause names; the first of equals."""
    named = [
        (max(len(mention.phrase) for mention in mentions), -number, action.kind)
        for number, action in enumerate(actions)
        if (mentions := find((*action.signals, action.title, action.kind.replace("_", " ")), text))
    ]
    return max(named)[2] if named else None
