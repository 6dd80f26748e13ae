"""Is the reply one that a support lead would let go out? Rules that hold for every reply.

They see words, and no more: sarcasm without one of them is not seen.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from assist.language.greetings import without_greeting
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, always, fold, share_met


@dataclass(frozen=True, slots=True)
class Limits:
    """What is too much.

    Two words in capitals one after the other are shouted, unless the ticket holds them: one alone
    is a code (`USB`, `RMA`).
    """

    marks: int = 1
    """Exclamation marks in the whole reply."""
    repeated: int = 25
    """Letters of a sentence that may not stand there twice."""


LIMITS = Limits()
INSIDE = (
    "ticket", "knowledge base", "kb article", "policy clause", "clause id", "passage",
    "needs_approval", "needs approval", "escalation", "escalate", "abstain", "candidate",
    "triage", "out_of_authority", "sla", "p1", "p2", "p3", "p4", "macro", "confidence score",
)  # fmt: skip
"""Words of ours that a customer does not know, unless they have used them."""
BLAME = (
    "your fault", "your mistake", "you should have", "you failed to", "you neglected",
    "as i already", "as stated above", "as previously stated", "you did not read",
    "if you had read", "obviously",
    "you must have done", "you claim", "calm down", "it is not our problem",
)  # fmt: skip
FEELING = (
    "i am so sorry", "i'm so sorry", "deeply sorry", "terribly sorry",
    "i completely understand how", "i totally understand", "how frustrating this must",
    "i can imagine how", "i feel your",
    "heartbroken", "devastated", "truly heartfelt", "thrilled", "super excited",
)  # fmt: skip
"""Feelings that a reader doubts, whoever writes them."""
SORRY = ("sorry for the trouble", "apologize for the inconvenience", "sorry that you have had")
NEUTRAL = {"praise", "question", "neutral"}
_SHOUTED = re.compile(r"\b[A-Z]{3,}(?:[ ,]+[A-Z]{3,}\b)+")
_CHAIN = re.compile(r"[!?]\s*[!?]")
_PLACEHOLDER = re.compile(
    r"\{\{|\}\}|\{[a-z_.]+\}|\[(?:name|order|date|amount)\]|<[A-Z_]+(?:_\d+)?>"
)
_GREETED = re.compile(
    r"\W*(?:Hi|Hello|Dear|Good (?:day|morning|afternoon|evening))[ ]([^,.\n]{2,40})[,.]"
)
_END = re.compile(r"(?<=[.!?])\s+|\n")
NOBODY = {"customer", "there", "all", "everybody", "team", "sir", "madam", "sir or madam"}

Rule = Callable[[EvalCase, Suggestion], Iterator[str]]
"""Yields what breaks it, in words."""


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """The share of rules that the reply keeps."""
    broken = [list(rule(case, suggestion)) for rule in RULES]
    return share_met([Part(not faults, "; ".join(faults)) for faults in broken])


def _greets_them(case: EvalCase, suggestion: Suggestion) -> Iterator[str]:
    """A reply greets, and by no other name than the customer's."""
    text, name = suggestion.draft.text, (case.ticket.customer.name or "").casefold()
    said = _said(suggestion)
    if without_greeting(text.strip()) == text.strip() and said == "en":
        yield "opens without a greeting"
    found = _GREETED.match(text)
    greeted = found.group(1).strip().casefold() if found else ""
    if name and greeted and greeted not in NOBODY and greeted not in name:
        yield f"greets {found.group(1) if found else ''}, who is not the customer"
    public = case.ticket.channel == "social"
    if name and not public and found and greeted in NOBODY:
        yield f"greets nobody, and the customer is {case.ticket.customer.name}"


def _no_blame(case: EvalCase, suggestion: Suggestion) -> Iterator[str]:
    yield from _words_of(BLAME, "blames", case, suggestion)


def _no_false_feeling(case: EvalCase, suggestion: Suggestion) -> Iterator[str]:
    """No feeling that a reader doubts, and no apology to somebody who only praises."""
    yield from _words_of(FEELING, "claims a feeling", case, suggestion)
    signals = {signal.name for signal in suggestion.signals}
    if "praise" in signals and signals <= NEUTRAL:
        yield from _words_of(SORRY, "apologizes to somebody who praises", case, suggestion)


def _no_shouting(case: EvalCase, suggestion: Suggestion) -> Iterator[str]:
    text = _own_words(suggestion)
    told = _told(case)
    for found in _SHOUTED.findall(text):
        if fold(found).casefold() not in told:
            yield f"shouts “{found}”"
    if _CHAIN.search(text):
        yield "has a chain of exclamation or question marks"
    if text.count("!") > LIMITS.marks:
        yield f"has {text.count('!')} exclamation marks"


def _customers_words(case: EvalCase, suggestion: Suggestion) -> Iterator[str]:
    yield from _words_of(INSIDE, "says our own word", case, suggestion)


def _no_placeholder(_: EvalCase, suggestion: Suggestion) -> Iterator[str]:
    yield from (f"leaves {one}" for one in _PLACEHOLDER.findall(suggestion.draft.text))


def _nothing_twice(_: EvalCase, suggestion: Suggestion) -> Iterator[str]:
    """What introduces a list may: each part of a reply has its steps."""
    lines = [fold(line).casefold() for line in _END.split(suggestion.draft.text)]
    long = [line for line in lines if len(line) > LIMITS.repeated and line[-1] in ".!?"]
    twice = sorted({line for line in long if long.count(line) > 1})
    yield from (f"says twice “{line}”" for line in twice)


RULES: tuple[Rule, ...] = (
    _greets_them,
    _no_blame,
    _no_false_feeling,
    _no_shouting,
    _customers_words,
    _no_placeholder,
    _nothing_twice,
)


def _words_of(
    words: tuple[str, ...], does: str, case: EvalCase, suggestion: Suggestion
) -> Iterator[str]:
    """The words that stand in the reply, whole, in what is not quoted from the customer."""
    text, told = _own_words(suggestion).casefold(), _told(case)
    for one in words:
        whole = rf"(?<!\w){re.escape(one)}(?!\w)"
        if re.search(whole, text) and not re.search(whole, told):
            yield f"{does}: “{one}”"


def _own_words(suggestion: Suggestion) -> str:
    """The reply but for what it quotes of the customer and of articles."""
    text = suggestion.draft.text
    for sentence in suggestion.draft.sentences:
        if sentence.citations:
            text = text.replace(sentence.text, " ")
    return re.sub(r"“[^”]*”", " ", text)


def _told(case: EvalCase) -> str:
    texts = [case.ticket.subject or "", *(message.text for message in case.ticket.messages)]
    return fold(" ".join(texts)).casefold()


def _said(suggestion: Suggestion) -> str:
    return suggestion.language.reply if suggestion.language else "en"


SCORER = Scorer("tone", always, judge)
