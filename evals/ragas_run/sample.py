"""A case and what was suggested for it -> what ragas is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from assist.domain.eval_case import EvalCase
from assist.domain.knowledge import Passage
from assist.domain.suggestion import Suggestion
from assist.ports.words import Redactor
from assist.understanding.customer_values import known_values
from evals.scorers.gold import gold_passages

MOST_SHOWN = 8
"""Passages that a judge is shown, those found best: each is asked about by itself."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One suggestion. `reply` is empty where it abstains.

    `found` and `gold` are ids, the best found first; `texts` and `gold_texts` are theirs. A
    reference answer is what nobody wrote: the gold passages of the highest grade stand for it.
    """

    question: str
    reply: str
    found: tuple[str, ...]
    texts: tuple[str, ...]
    gold: tuple[str, ...] = ()
    gold_texts: tuple[str, ...] = ()
    reference: str = ""


def sample_of(case: EvalCase, suggestion: Suggestion, passages: Mapping[str, Passage]) -> Sample:
    """What is in a suggestion of a case; `passages` are all of the corpus, by id.

    Raises `BadInput` where gold is no passage.
    """
    grades = gold_passages(case, passages.values())
    gold = sorted((passages[one] for one in grades), key=lambda p: (p.document_id, p.position))
    best = max(grades.values(), default=0)
    hits = sorted(suggestion.hits, key=lambda hit: (-hit.score, hit.passage_id))
    texts = [message.text for message in case.ticket.asked]
    return Sample(
        question="\n".join(filter(None, (case.ticket.subject, *texts))),
        reply="" if suggestion.abstention else suggestion.draft.text,
        found=tuple(hit.passage_id for hit in hits),
        texts=tuple(hit.passage.text for hit in hits),
        gold=tuple(one.id for one in gold),
        gold_texts=tuple(one.text for one in gold),
        reference="\n\n".join(one.text for one in gold if grades[one.id] == best),
    )


def veiled(sample: Sample, case: EvalCase, redactor: Redactor) -> Sample:
    """The sample as a judge may see it: personal data hidden, and the best passages alone."""
    hide = redactor.veil(known_values(case.ticket)).hide
    return Sample(
        question=hide(sample.question),
        reply=hide(sample.reply),
        found=sample.found[:MOST_SHOWN],
        texts=tuple(hide(text) for text in sample.texts[:MOST_SHOWN]),
        gold=sample.gold,
        gold_texts=tuple(hide(text) for text in sample.gold_texts),
        reference=hide(sample.reference),
    )
