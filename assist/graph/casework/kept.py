"""A promise -> how to tell, later, whether it was kept."""

from collections.abc import Sequence

from assist.domain.actions import ActionType
from assist.drafting.commitments import FoundPromise
from assist.language.phrases import mentions

_BY_MESSAGE = (
    "write", "reply", "answer", "call", "phone", "contact", "email", "e-mail", "inform", "notify",
    "update you", "let you know", "get back", "come back to you", "hear from", "tell you",
    "be in touch",
)  # fmt: skip
"""Words of what is kept by a message to the customer, which the ticket shows."""


def how_to_tell(promise: FoundPromise, actions: Sequence[ActionType]) -> str:
    """What to look at: the steps of the action it names, the ticket, or whoever promised it."""
    declared = next((action for action in actions if action.kind == promise.kind), None)
    if declared is not None:
        amount = f", {promise.amount}" if promise.amount else ""
        by = f" by {declared.team}" if declared.team else ""
        steps = " ".join(declared.steps)
        return f"{declared.title}{amount}{by}: is it done?" + (f" {steps}" if steps else "")
    if mentions(_BY_MESSAGE, promise.what):
        return "Does the ticket hold a message of ours to the customer since then that says it?"
    return f"Ask {promise.who} whether it is done: {promise.what}"
