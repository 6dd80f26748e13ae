"""Does the suggestion keep what we promise of every suggestion? Always scored; one fault is 0."""

from collections.abc import Callable, Iterator
from datetime import date

from assist.domain.draft import Sentence
from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.knowledge import Passage
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds, Passages
from evals.scorers.quoting import found, misquotes
from evals.scorers.scorer import Scorer, always, fold, none_of

Rule = Callable[[EvalCase, Suggestion, Passages], Iterator[str]]
"""Yields each breach in words."""


def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """1 when every rule holds, else 0 with every breach."""
    passages = grounds.passage
    return none_of([breach for rule in RULES for breach in rule(case, suggestion, passages)])


def _facts_are_cited(_: EvalCase, suggestion: Suggestion, __: Passages) -> Iterator[str]:
    for sentence in suggestion.draft.sentences:
        if sentence.kind == "fact" and not sentence.citations:
            yield f"fact without citation: “{sentence.text}”"


def _draft_quotes_stand(
    case: EvalCase, suggestion: Suggestion, passages: Passages
) -> Iterator[str]:
    """Each citation of the draft quotes what a customer may read, in force on that day."""
    on = (case.ticket.created_at or case.at).date()
    for citation in (c for s in suggestion.draft.sentences for c in s.citations):
        passage = found(citation, passages)
        yield from misquotes(citation, passage)
        if passage is not None and not (passage.kind == "kb" and passage.audience == "customer"):
            yield f"cites {passage.audience} {passage.kind} passage {passage.id} to the customer"
        if passage is not None and not _in_force(passage, on):
            yield f"cites {passage.id}, which is not in force on {on}"


def _candidate_quotes_stand(_: EvalCase, suggestion: Suggestion, p: Passages) -> Iterator[str]:
    for citation in (c for candidate in suggestion.candidates for c in candidate.citations):
        yield from misquotes(citation, found(citation, p))


def _choice_or_abstention(_: EvalCase, suggestion: Suggestion, __: Passages) -> Iterator[str]:
    main = (suggestion.id, suggestion.choice, suggestion.abstention)
    decided = [main, *((i.id, i.choice, i.abstention) for i in suggestion.issues)]
    for name, choice, abstention in decided:
        if (choice is None) != (abstention is not None):
            yield f"{name} has {'both' if choice else 'neither'} of choice and abstention"
    known = {candidate.id for candidate in suggestion.candidates}
    for issue in suggestion.issues:
        if issue.choice and issue.choice.candidate_id not in known:
            yield f"{issue.id} chooses {issue.choice.candidate_id}, which is no candidate"


def _abstention_states_no_fact(_: EvalCase, suggestion: Suggestion, __: Passages) -> Iterator[str]:
    if all(issue.abstention for issue in suggestion.issues):
        for sentence in _of_kind(suggestion, "fact"):
            yield f"abstains, yet states “{sentence.text}”"


def _sentences_stand_in_text(_: EvalCase, suggestion: Suggestion, __: Passages) -> Iterator[str]:
    text = fold(suggestion.draft.text)
    if not text:
        yield "the draft is empty"
    for sentence in suggestion.draft.sentences:
        if fold(sentence.text) not in text:
            yield f"not in the draft's text: “{sentence.text}”"


def _promises_are_made(_: EvalCase, suggestion: Suggestion, __: Passages) -> Iterator[str]:
    """A promise that the draft does not make was made up; a made one without record is lost."""
    made = [fold(sentence.text) for sentence in _of_kind(suggestion, "promise")]
    kept = [fold(promise.text) for promise in suggestion.promises]
    for text in kept:
        if not any(text in sentence for sentence in made):
            yield f"no promise sentence says “{text}”"
    for sentence_text in made:
        if not any(text in sentence_text for text in kept):
            yield f"promised, yet not among the promises: “{sentence_text}”"


def _issues_have_priority(_: EvalCase, suggestion: Suggestion, __: Passages) -> Iterator[str]:
    for issue in suggestion.issues:
        if issue.priority is None:
            yield f"{issue.id} has no priority"


RULES: tuple[Rule, ...] = (
    _facts_are_cited,
    _draft_quotes_stand,
    _candidate_quotes_stand,
    _choice_or_abstention,
    _abstention_states_no_fact,
    _sentences_stand_in_text,
    _promises_are_made,
    _issues_have_priority,
)


def _of_kind(suggestion: Suggestion, kind: str) -> list[Sentence]:
    return [sentence for sentence in suggestion.draft.sentences if sentence.kind == kind]


def _in_force(passage: Passage, on: date) -> bool:
    began = passage.effective is None or passage.effective <= on
    return began and (passage.expires is None or on < passage.expires)


SCORER = Scorer("integrity", always, judge)
