"""Is what the reply states what its quotes say? By plain overlap, and by the product's checker.

The checker made the draft's marks, so it is no judge of its own: a sentence must pass both. What
is a quote word for word needs neither.
"""

import re
from collections.abc import Iterator

from assist.domain.checking import Source
from assist.domain.draft import Sentence
from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.knowledge import Passage
from assist.domain.suggestion import Suggestion
from assist.drafting.grounding import check_sentence
from assist.language.statements import plain
from evals.scorers.grounds import Grounds, Passages
from evals.scorers.quoting import found
from evals.scorers.scorer import Part, Scorer, always, fold, not_eligible, share_met

LEAST = 0.5
"""Share of a sentence's longer words that its sources hold. Over the facts that an extractive reply
copies it is 1 but for a few; unrelated sentences of the sample company share a third at most."""
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUIET = ("unsupported", "none")


def judge(_: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """The share of factual sentences that their sources support."""
    facts = [sentence for sentence in suggestion.draft.sentences if sentence.kind == "fact"]
    parts = []
    for sentence in facts:
        faults = [*_own(sentence), *_faults(sentence, grounds)]
        parts.append(Part(not faults, f"“{sentence.text}” {'; '.join(faults)}"))
    return share_met(parts) if parts else not_eligible("states no fact")


def _own(sentence: Sentence) -> Iterator[str]:
    if sentence.support in _QUIET:
        yield f"is said to be {sentence.support}"
    if "changed_value" in sentence.flags:
        yield "is flagged for a changed value"


def _faults(sentence: Sentence, grounds: Grounds) -> Iterator[str]:
    sources = _sources(sentence, grounds.passage)
    if not sources:
        yield "has no source"
        return
    said = fold(plain(sentence.text)).casefold()
    if any(said in fold(plain(source.text)).casefold() for source in sources):
        return
    yield from _overlap(sentence, sources)
    if grounds.embed is not None:
        asked = [Source(passage_id=p.id, document_id=p.document_id, text=p.text) for p in sources]
        checked = check_sentence(sentence, asked, grounds.embed)
        if checked.sentence.support in _QUIET:
            yield f"is {checked.sentence.support} ({'; '.join(checked.why) or 'too far from them'})"


def _sources(sentence: Sentence, passages: Passages) -> list[Passage]:
    return [p for c in sentence.citations if (p := found(c, passages)) is not None]


def _overlap(sentence: Sentence, sources: list[Passage]) -> Iterator[str]:
    """The numbers of the sentence, and most of its words, stand in what it cites."""
    quoted = [citation.quote for citation in sentence.citations]
    around = " ".join((*quoted, *(p.reading for p in sources)))
    strange = [n for n in _NUMBER.findall(sentence.text) if n not in _NUMBER.findall(around)]
    if strange:
        yield f"says {', '.join(strange)}, which its sources do not"
    words = set(_WORD.findall(sentence.text.casefold()))
    held = words & set(_WORD.findall(around.casefold()))
    if words and len(held) / len(words) < LEAST:
        yield f"shares {len(held)} of {len(words)} words with its sources"


SCORER = Scorer("grounding", always, judge)
