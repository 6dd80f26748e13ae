"""A burst in another order, drawn together into one message, or one message parted into a burst."""

import re
from itertools import groupby

from assist.domain.ticket import Message
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting, Skip, Variant
from evals.robustness.telling import with_messages

_PARTS = re.compile(r"\n\s*\n")
_POINTS_BACK = re.compile(
    r"^\W*(?:and|also|but|so|then|now|it|that|this|these|those|they|he|she|done|yes|no|ok|okay|"
    r"sorry|actually|correction|i meant|forget|never ?mind|ps|p\.s|edit|update|again|still|ah|oh)\b"
    r"|"
    r"^\W*\*|\b(?:as (?:i )?said|see above|forget (?:that|what)|i meant|instead|after that|"
    r"the (?:former|latter|same|other one))\b",
    re.IGNORECASE,
)
"""How a message begins, or what it holds, that means nothing before what it follows."""
NO_BURST = "the customer wrote one message at a time"


def _ordered(case: EvalCase, _: Setting) -> Found:
    runs = [
        (theirs, list(run))
        for theirs, run in groupby(
            case.ticket.messages, lambda m: m.author == "customer" and m.public
        )
    ]
    burst = any(theirs and len(run) > 1 for theirs, run in runs)
    yield _reversed(case, runs) if burst else Skip("reversed", NO_BURST)
    yield _joined(case, runs) if burst else Skip("joined", NO_BURST)
    yield _parted(case)


Runs = list[tuple[bool, list[Message]]]


def _reversed(case: EvalCase, runs: Runs) -> Variant | Skip:
    """Texts change places, times stay: what was sent first was written second."""
    later = [m for theirs, run in runs if theirs for m in run[1:]]
    if any(_POINTS_BACK.search(message.text) for message in later):
        return Skip("reversed", "a message points back to the one before")
    turned = [message for theirs, run in runs for message in (_turned(run) if theirs else run)]
    return Variant("reversed", with_messages(case, turned))


def _turned(run: list[Message]) -> list[Message]:
    texts = [message.text for message in reversed(run)]
    return [m.model_copy(update={"text": text}) for m, text in zip(run, texts, strict=True)]


def _joined(case: EvalCase, runs: Runs) -> Variant:
    """One message, sent when the last was."""
    joined = [message for theirs, run in runs for message in ([_one(run)] if theirs else run)]
    return Variant("joined", with_messages(case, joined))


def _one(run: list[Message]) -> Message:
    return run[-1].model_copy(update={"text": "\n\n".join(message.text for message in run)})


def _parted(case: EvalCase) -> Variant | Skip:
    """Each paragraph of the last message sent by itself, all at once."""
    last = case.ticket.messages[-1] if case.ticket.messages else None
    parts = [part for part in _PARTS.split(last.text) if part.strip()] if last else []
    if last is None or last.author != "customer" or len(parts) < 2:
        return Skip("parted", "the last message is one paragraph")
    sent = [last.model_copy(update={"text": part}) for part in parts]
    return Variant("parted", with_messages(case, (*case.ticket.messages[:-1], *sent)))


PERTURBATION = Perturbation(
    "messages", "order", "a burst reversed, drawn together, or made of paragraphs", _ordered
)
