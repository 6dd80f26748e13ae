"""Faults in how the reply speaks: promises, language, tone, names, what it is made of."""

from dataclasses import replace
from datetime import timedelta

from assist.domain.case import Case
from assist.domain.draft import Draft, Promise, Sentence
from assist.domain.evaluation import EvalResult
from assist.domain.language import TicketLanguage
from assist.domain.ticket import Ticket
from assist.graph.tools import Tools
from evals.cases import EvalCase
from evals.faults.fault import Fault, Plant, anywhere, promised
from evals.faults.planting import added, redrafted, resaid, returns, with_tools

Made = tuple[Promise, ...]
WEIGHTY = (
    "Notwithstanding aforementioned considerations concerning organizational responsibilities, "
    "comprehensive documentation substantiating circumstances surrounding unsatisfactory "
    "functionality necessitates interdepartmental reconsideration irrespective of previously "
    "communicated indications regarding anticipated administrative proceedings."
)
INSIDE = "According to our knowledge base the policy clause says needs_approval."
BLAME = "As I already wrote, this is your fault."


def _unlisted(draft: Draft, _: Made, __: Case) -> tuple[Draft, Made]:
    return draft, ()


def _forbidden_promise(draft: Draft, promises: Made, case: Case) -> tuple[Draft, Made]:
    """What the case says must not be promised is not known here: everything is promised."""
    text = (
        "I promise you a full refund, a free replacement, a credit and compensation today, "
        "and I guarantee that we pay for it."
    )
    made = Promise(text=text, who="agent", what="everything", due=case.now)
    said = Sentence(text=text, kind="promise", support="inferred")
    return added(draft, said), (*promises, made)


def _late(draft: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
    return draft, tuple(_later(promise, days=30) for promise in promises)


def _later(promise: Promise, days: int) -> Promise:
    due = promise.due + timedelta(days=days) if promise.due else None
    return promise.model_copy(update={"due": due})


def _saying(text: str) -> Plant:
    def draft(written: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
        return added(written, Sentence(text=text, kind="courtesy")), promises

    return redrafted(draft)


def _shouting(draft: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
    def loud(sentence: Sentence) -> Sentence:
        if sentence.kind != "courtesy":
            return sentence
        return sentence.model_copy(update={"text": f"{sentence.text.upper()}!!!"})

    return resaid(draft, loud), promises


def _to_another(draft: Draft, promises: Made, case: Case) -> tuple[Draft, Made]:
    """The greeting of the customer before."""
    first = draft.sentences[0]
    name = (case.ticket.customer.name or "").split()
    if not name or name[0] not in first.text:
        return draft, promises
    said = first.model_copy(update={"text": first.text.replace(name[0], "Bartholomew")})
    text = draft.text.replace(first.text, said.text, 1)
    return Draft(text=text, sentences=(said, *draft.sentences[1:])), promises


def _unfilled(draft: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
    return _saying_now(draft, "Your order {order_id} is on its way."), promises


def _saying_now(draft: Draft, text: str) -> Draft:
    return added(draft, Sentence(text=text, kind="courtesy"))


def _lost(draft: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
    """The text misses a sentence that the draft lists."""
    longest = max(draft.sentences, key=lambda sentence: len(sentence.text))
    return draft.model_copy(update={"text": draft.text.replace(longest.text, "")}), promises


def _dragging(draft: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
    """Every courtesy in the words of an office."""

    def weighty(sentence: Sentence) -> Sentence:
        if sentence.kind != "courtesy":
            return sentence
        return sentence.model_copy(update={"text": WEIGHTY})

    return resaid(draft, weighty), promises


def _for_german(tools: Tools) -> Tools:
    def language_of(ticket: Ticket) -> TicketLanguage:
        return tools.language_of(ticket).model_copy(update={"code": "de", "reply": "de"})

    return replace(tools, language_of=language_of)


def _to_a_name(case: EvalCase, sound: EvalResult) -> bool:
    """Where the customer is greeted by a name."""
    made, name = sound.suggestion, case.ticket.customer.name
    return bool(made and name and name.split()[0] in made.draft.text[:60])


def _may_not_promise(case: EvalCase, _: EvalResult) -> bool:
    return bool(case.expect.no_promises)


def _by_a_day(case: EvalCase, sound: EvalResult) -> bool:
    return promised(case, sound) and any(one.by for one in case.expect.promises)


FAULTS = (
    Fault(
        "promise-unlisted", "promises are made and not recorded", "drafting.reply.write_reply",
        ("promises",), redrafted(_unlisted), promised,
    ),
    Fault(
        "promise-forbidden", "everything is promised", "drafting.reply.write_reply",
        ("unsafe", "promises"), redrafted(_forbidden_promise), _may_not_promise,
    ),
    Fault(
        "promise-late", "a promise is due a month later", "drafting.reply.write_reply",
        ("promises",), redrafted(_late), _by_a_day,
    ),
    Fault(
        "language-mistaken", "the ticket is taken for German", "tools.language_of",
        ("language",), with_tools(_for_german),
        lambda case, _: case.expect.language not in (None, "de"),
    ),
    Fault(
        "language-wrong", "the reply is written in German", "graph.languages.reply_language",
        ("language",),
        returns("assist.graph.steps.communicate:reply_language", lambda *_: "de"),
        lambda case, _: case.expect.language not in (None, "de"),
    ),
    Fault(
        "shouting", "the reply shouts", "drafting.reply.write_reply", ("tone",),
        redrafted(_shouting), anywhere,
    ),
    Fault(
        "another-name", "another customer is greeted", "drafting.reply.write_reply", ("tone",),
        redrafted(_to_another), _to_a_name,
    ),
    Fault(
        "inside-words", "the customer is told of clauses", "drafting.reply.write_reply", ("tone",),
        _saying(INSIDE), anywhere,
    ),
    Fault(
        "blaming", "the customer is blamed", "drafting.reply.write_reply", ("tone",),
        _saying(BLAME), anywhere,
    ),
    Fault(
        "unfilled", "a placeholder is sent", "drafting.reply.write_reply", ("tone",),
        redrafted(_unfilled), anywhere,
    ),
    Fault(
        "office-words", "courtesies that nobody can read", "drafting.reply.write_reply",
        ("reading",), redrafted(_dragging), anywhere,
    ),
    Fault(
        "sentence-lost", "the text misses a sentence", "drafting.layout", ("integrity",),
        redrafted(_lost), anywhere,
    ),
)  # fmt: skip
