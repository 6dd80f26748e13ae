"""A promise -> whether this level may make it, and whether the customer waits too long for it."""

from collections.abc import Callable
from datetime import datetime

from assist.domain.base import Model, Money
from assist.domain.draft import Flag
from assist.domain.verdict import Verdict
from assist.drafting.commitments.finding import FoundPromise

Granted = Callable[[str, Money | None], Verdict]
"""The verdict on an action of this kind and amount, at the level of whoever sends the reply."""
Untimely = Callable[[FoundPromise], str]
"""Why nobody can keep it in time, in words; empty where somebody can."""


class Checked(Model):
    """The promise with what is wrong with it: `flags` for the sentence, `why` in words.

    `late`: what is promised comes after the time by which the customer must have heard from us,
    which is no flag: they can hear from us before it is done. `untimely` is one.
    """

    promise: FoundPromise
    flags: tuple[Flag, ...] = ()
    late: bool = False
    why: tuple[str, ...] = ()


def checked(
    promise: FoundPromise,
    granted: Granted,
    next_contact: datetime | None = None,
    untimely: Untimely | None = None,
) -> Checked:
    """The promise against authority, and where given the next contact's deadline and what is open.

    An amount for an action nobody declared is over authority: nobody may grant it. A promise
    without a time is not late; it is said to have none.
    """
    authority = _over_authority(promise, granted)
    late = bool(next_contact and promise.due and promise.due > next_contact)
    why = [authority] if authority else []
    if late and next_contact and promise.due:
        told = next_contact.astimezone(promise.due.tzinfo)
        why.append(
            f"due {promise.due:%Y-%m-%d %H:%M}, "
            f"later than the next contact at {told:%Y-%m-%d %H:%M}"
        )
    if promise.vague:
        why.append(f"“{promise.when}” names no time")
    elif promise.due is None and promise.when and promise.condition:
        why.append(f"“{promise.when}” counts from then, and has no day yet")
    unkept = untimely(promise) if untimely else ""
    why += [unkept] if unkept else []
    wrong: tuple[tuple[Flag, str], ...] = (("over_authority", authority), ("untimely", unkept))
    flags = tuple(flag for flag, reason in wrong if reason)
    return Checked(promise=promise, flags=flags, late=late, why=tuple(why))


def _over_authority(promise: FoundPromise, granted: Granted) -> str:
    """Why it is beyond authority, in words; empty where it is not."""
    if promise.kind is None:
        return f"{promise.amount} for no declared action" if promise.amount else ""
    verdict = granted(promise.kind, promise.amount)
    if verdict.value == "allowed":
        return ""
    what = f"{promise.kind} of {promise.amount}" if promise.amount else promise.kind
    said = {
        "needs_approval": f"needs the approval of {verdict.level}",
        "forbidden": "is forbidden",
        "unknown": f"cannot be judged without {', '.join(verdict.facts) or 'more facts'}",
    }[verdict.value]
    return f"{what} {said}" + (f": {verdict.reason}" if verdict.reason else "")
