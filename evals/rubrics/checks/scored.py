"""Checks that a scorer of suites makes as well, where it expects nothing: one rule, one place."""

from collections.abc import Callable

from assist.domain.draft import Draft, Sentence
from assist.domain.eval_case import EvalCase, Expect
from assist.domain.evaluation import CaseScore
from assist.domain.knowledge import Passage
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import NotFound
from assist.language.sentences import sentences
from evals.rubrics.checks.finding import Check, Finding, cannot_tell, no, yes
from evals.scorers import reading, tone
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer
from evals.simulating.conversation import Conversation


def _by(scorer: Scorer, fine: str) -> Callable[[Conversation], Finding]:
    """Full marks are a yes, anything less is a no with what is missing."""

    def find(one: Conversation) -> Finding:
        score: CaseScore = scorer.score(_case(one), _as_sent(one), Grounds(_passages(one)))
        if score.value is None or score.failed:
            return cannot_tell(score.explanation)
        return yes(fine) if score.value == 1 else no(score.explanation)

    return find


def _case(one: Conversation) -> EvalCase:
    """The conversation as a case that expects nothing."""
    ticket = one.ticket or Ticket.model_validate({"text": one.asked or "(not kept)"})
    return EvalCase(id="conversation", ticket=ticket, at=one.at, expect=Expect())


def _as_sent(one: Conversation) -> Suggestion:
    """The suggestion as though what was sent had been its draft."""
    said = tuple(Sentence(text=span.text, kind="courtesy") for span in sentences(one.text))
    draft = Draft(text=one.text, sentences=said)
    return one.suggestion.model_copy(update={"draft": draft})


def _passages(one: Conversation) -> Callable[[str], Passage]:
    known = {hit.passage_id: hit.passage for hit in one.suggestion.hits}

    def passage(passage_id: str) -> Passage:
        if passage_id not in known:
            raise NotFound(f"no passage {passage_id!r}")
        return known[passage_id]

    return passage


CHECKS = (
    Check(
        "tone",
        "the rules of tone are kept: no blame, no shouting, no words of ours",
        _by(tone.SCORER, "keeps every rule of tone"),
    ),
    Check(
        "reading",
        "it is read as easily as school grade 10 or below",
        _by(reading.SCORER, "is easy to read"),
    ),
)
