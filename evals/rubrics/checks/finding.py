"""What a check finds: an answer with its reason, that it does not apply, or that it cannot tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assist.domain.base import Model
from evals.simulating.conversation import Conversation

Verdict = Literal["yes", "no", "n.a.", "cannot tell"]


class Finding(Model):
    """`quote` are the words it rests on, where it rests on words."""

    verdict: Verdict
    reason: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One statement about a conversation, and what finds out whether it holds.

    `states` is what `yes` means, so that a question can be worded to fit.
    """

    name: str
    states: str
    find: Callable[[Conversation], Finding]


def yes(reason: str, quote: str = "") -> Finding:
    """It holds."""
    return Finding(verdict="yes", reason=reason, quote=quote)


def no(reason: str, quote: str = "") -> Finding:
    """It does not."""
    return Finding(verdict="no", reason=reason, quote=quote)


def not_applicable(reason: str) -> Finding:
    """There is nothing here that it speaks of."""
    return Finding(verdict="n.a.", reason=reason)


def cannot_tell(reason: str) -> Finding:
    """What is recorded does not say; a person has to."""
    return Finding(verdict="cannot tell", reason=reason)


def all_of(faults: Sequence[Finding], fine: str) -> Finding:
    """`no` with the first fault, counted where there are more; else `yes`."""
    if not faults:
        return yes(fine)
    first = faults[0]
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return first.model_copy(update={"verdict": "no", "reason": first.reason + more})


def any_of(harms: Sequence[Finding], fine: str) -> Finding:
    """`yes` with the first harm, counted where there are more; else `no`."""
    found = all_of(harms, fine)
    return found.model_copy(update={"verdict": "yes" if harms else "no"})


UNCHECKED = cannot_tell("the agent's own text was not checked against the knowledge base")
"""Where the ticket is not kept, or a service did not check it."""
