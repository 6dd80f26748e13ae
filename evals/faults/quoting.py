"""Faults in what the reply states: citations, quotes, amounts, numbers, things made up."""

import re
from collections.abc import Callable

from assist.domain.case import Case
from assist.domain.draft import Citation, Draft, Promise, Sentence
from assist.domain.evaluation import EvalResult
from assist.domain.issue import Point
from assist.language.statements import fold, statements
from evals.cases import EvalCase
from evals.faults.fault import Fault, Plant, Shows, answered
from evals.faults.planting import added, redrafted, resaid, returns

_NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?![\w.,-])")
_AMOUNT = re.compile(r"(?<=[$£€])\d+(?=\.\d\d)")
Made = tuple[Promise, ...]
Points = tuple[tuple[Point, ...], tuple[Citation, ...]]
INVENTED = "Your device is covered by a lifetime guarantee against accidents of every kind."
UNRELATED = "Cookies are baked in the canteen whenever somebody has a birthday in our office."


def _of_facts(change: Callable[[Sentence], Sentence]) -> Plant:
    """Each factual sentence as `change` makes of it."""

    def said(sentence: Sentence) -> Sentence:
        return change(sentence) if sentence.kind == "fact" else sentence

    def draft(written: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
        return resaid(written, said), promises

    return redrafted(draft)


def _quoting(change: Callable[[Citation], Citation]) -> Plant:
    def said(sentence: Sentence) -> Sentence:
        return sentence.model_copy(update={"citations": tuple(map(change, sentence.citations))})

    return _of_facts(said)


def _uncited(sentence: Sentence) -> Sentence:
    return sentence.model_copy(update={"citations": ()})


def _one_letter(citation: Citation) -> Citation:
    at = len(citation.quote) // 2
    letter = "x" if citation.quote[at] != "x" else "y"
    quote = f"{citation.quote[:at]}{letter}{citation.quote[at + 1 :]}"
    return citation.model_copy(update={"quote": quote})


def _unknown_passage(citation: Citation) -> Citation:
    return citation.model_copy(update={"passage_id": f"{citation.document_id}#0000000000"})


def _more(pattern: re.Pattern[str]) -> Callable[[Sentence], Sentence]:
    """The first number that the pattern meets, one more."""

    def said(sentence: Sentence) -> Sentence:
        text = pattern.sub(lambda met: str(int(met.group()) + 1), sentence.text, count=1)
        return sentence.model_copy(update={"text": text})

    return said


def _states(pattern: re.Pattern[str]) -> Shows:
    def shows(_: EvalCase, sound: EvalResult) -> bool:
        made = sound.suggestion
        facts = [s.text for s in made.draft.sentences if s.kind == "fact"] if made else []
        return any(pattern.search(text) for text in facts)

    return shows


def _borrowing(text: str) -> Plant:
    """A sentence of our own with the citation of another."""

    def draft(written: Draft, promises: Made, _: Case) -> tuple[Draft, Made]:
        cited = next((s for s in written.sentences if s.citations), None)
        if cited is None:
            return written, promises
        return added(written, cited.model_copy(update={"text": text, "kind": "fact"})), promises

    return redrafted(draft)


def _from_another_article(found: Points, _: object, __: object, case: Case, *___: object) -> Points:
    """The quotes are taken, verbatim, from the article that was found last."""
    points, citations = found
    cited = {citation.document_id for citation in citations}
    others = [
        hit
        for hits in case.hits.values()
        for hit in hits
        if hit.kind == "kb"
        and hit.document_id not in cited
        and hit.passage.audience == "customer"
        and not hit.passage.macro
    ]
    if not others or not citations:
        return found
    last = others[-1]
    told = [
        Citation(passage_id=last.passage_id, document_id=last.document_id, quote=fold(one.quote))
        for one in statements(last.passage.text)
    ]
    return points, tuple(told[:2]) or citations


def _left_out(found: Points, *_: object) -> Points:
    points, citations = found
    return points, citations[:1]


def _called_answered(found: Points, *_: object) -> Points:
    """Every point is called answered and nothing is said to any."""
    return tuple(one.model_copy(update={"status": "answered"}) for one in found[0]), ()


def _says_more(case: EvalCase, sound: EvalResult) -> bool:
    return bool(case.expect.says) and answered(case, sound)


POINTS = "assist.graph.steps.communicate:answered_points"
FAULTS = (
    Fault(
        "citation-dropped", "facts without their citations", "drafting.reply.write_reply",
        ("citations",), _of_facts(_uncited), answered,
    ),
    Fault(
        "quote-altered", "one letter of each quote is another", "drafting.reply.write_reply",
        ("citations",), _quoting(_one_letter), answered,
    ),
    Fault(
        "passage-unknown", "passages are cited that there are not", "drafting.reply.write_reply",
        ("citations",), _quoting(_unknown_passage), answered,
    ),
    Fault(
        "amount-off", "an amount is one more", "drafting.reply.write_reply", ("grounding",),
        _of_facts(_more(_AMOUNT)), _states(_AMOUNT),
    ),
    Fault(
        "number-off", "a number of days, or another, is one more", "drafting.reply.write_reply",
        ("grounding",), _of_facts(_more(_NUMBER)), _states(_NUMBER),
    ),
    Fault(
        "fact-invented", "a promise of the company that nothing says, under a real citation",
        "drafting.reply.write_reply", ("grounding",), _borrowing(INVENTED), answered,
    ),
    Fault(
        "sentence-unrelated", "a sentence about something else, under a real citation",
        "drafting.reply.write_reply", ("grounding",), _borrowing(UNRELATED), answered,
    ),
    Fault(
        "article-unrelated", "the article found last is quoted", "graph.points.answered_points",
        ("evidence",), returns(POINTS, _from_another_article),
        lambda case, sound: bool(case.expect.documents) and answered(case, sound),
    ),
    Fault(
        "answer-cut", "of an answer only its first sentence is told",
        "graph.points.answered_points", ("wording",), returns(POINTS, _left_out), _says_more,
    ),
    Fault(
        "points-ignored", "points are called answered and nothing is said to them",
        "graph.points.answered_points", ("points",), returns(POINTS, _called_answered),
        lambda case, sound: bool(case.expect.points) and answered(case, sound),
    ),
)  # fmt: skip
