"""How the reply reads: greeted, in their language, at a length that fits the channel."""

from functools import cache

from assist.adapters.language import NaiveBayesLanguages
from assist.language.greetings import without_greeting
from evals.rubrics.checks.finding import (
    Check,
    Finding,
    cannot_tell,
    no,
    not_applicable,
    yes,
)
from evals.simulating.conversation import Conversation, fold

LENGTHS = {"chat": 120, "sms": 60, "social": 80, "phone": 200}
"""Words of one message that are read to the end, by channel: two screens of a phone for a chat."""
LETTER = 350
"""Words of a letter: one page."""
SURE = 0.9
"""How likely a language must be to be called another one: below, short texts are told wrongly."""
FAREWELL = (
    "regards", "sincerely", "best wishes", "kind wishes", "thank you", "thanks", "take care",
    "all the best", "have a", "let me know", "let us know", "get in touch", "happy to help",
    "write to us", "reply to this",
)  # fmt: skip


def greeting(one: Conversation) -> Finding:
    """The reply greets, by name where the name is known."""
    text = one.text.strip()
    rest = without_greeting(text)
    if rest == text:
        return no("opens without a greeting", text.split("\n")[0][:120])
    opened = text[: len(text) - len(rest)].strip()
    name = (one.ticket.customer.name or "").split() if one.ticket else []
    public = one.ticket is not None and one.ticket.channel == "social"
    if name and not public and not any(fold(part) in fold(opened) for part in name):
        return no(f"greets without the name, {name[0]}", opened)
    return yes("greets", opened)


def farewell(one: Conversation) -> Finding:
    """The reply closes: it thanks, offers further help, or signs off."""
    if _language(one) not in ("en", ""):
        return cannot_tell("closings are known in English only")
    tail = fold(one.text)[-300:]
    found = next((words for words in FAREWELL if words in tail), None)
    return yes("closes", found) if found else no("ends without a closing", one.text.strip()[-120:])


def language(one: Conversation) -> Finding:
    """The reply is in the customer's language."""
    told = one.suggestion.language
    if told is None or told.source == "assumed":
        return not_applicable("which language the customer writes is not known")
    code, sure = _likeliest(one.text)
    if sure < SURE:
        return cannot_tell(f"too few words to tell: {code} at {sure:.0%}")
    said = f"the customer writes {told.code}, the reply is {code}"
    return yes(said) if code == told.code else no(said)


def length(one: Conversation) -> Finding:
    """The reply is not longer than is read on its channel."""
    channel = (one.ticket.channel or "") if one.ticket else ""
    most, words = LENGTHS.get(channel, LETTER), len(one.text.split())
    said = f"{words} words, at most {most} on {channel or 'a channel that is not known'}"
    return yes(said) if words <= most else no(said)


def next_step(one: Conversation) -> Finding:
    """The customer is told what happens next: something promised, asked, or to be done."""
    if one.promises:
        return yes("something is promised", one.promises[0].text)
    asked = next((s.text for s in one.checked or () if s.kind == "question"), "")
    if asked:
        return yes("something is asked", asked)
    notice = one.suggestion.escalation.customer_notice
    if notice and fold(notice) in fold(one.text):
        return yes("told who takes over", notice)
    if one.checked is None:
        return cannot_tell("the agent's own text was not read")
    taken = one.taken
    if taken and any(fold(step) in fold(one.text) for step in taken.steps):
        return yes("told what to do")
    return no("neither a promise, nor a question, nor a step to take")


def _language(one: Conversation) -> str:
    return one.suggestion.language.reply if one.suggestion.language else ""


def _likeliest(text: str) -> tuple[str, float]:
    return next(iter(_detector().likely(text).items()), ("", 0.0))


@cache
def _detector() -> NaiveBayesLanguages:
    """One for the process: its model takes a second to load."""
    return NaiveBayesLanguages()


CHECKS = (
    Check("greeting", "the reply greets, by name where it is known", greeting),
    Check("farewell", "the reply thanks, offers help or signs off at its end", farewell),
    Check("language", "the reply is in the customer's language", language),
    Check("length", "the reply is not longer than is read on its channel", length),
    Check("next-step", "the customer is told what happens next", next_step),
)
