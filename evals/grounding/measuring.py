"""Items -> how well the check, word overlap and plain similarity tell them apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from assist.domain.checking import DraftCheck
from assist.drafting.grounding import Embed, check
from assist.language.sentences import sentences
from evals.grounding.items import Item


@dataclass(frozen=True, slots=True)
class Scored:
    """One item with the check's finding; `caught` where a sentence is unsupported or flagged."""

    item: Item
    support: float
    overlap: float
    similarity: float
    caught: bool
    marked: float
    """Share of its stating sentences that are unsupported or flagged."""


def scored(items: Sequence[Item], embed: Embed) -> Iterator[Scored]:
    """Each item, checked, beside the two simple ways of doing it."""
    for item in items:
        found = check(item.text, item.sources, embed)
        marked = share_marked(found)
        simple = overlap(item), similarity(item, embed)
        yield Scored(item, found.support, *simple, caught=marked > 0, marked=marked)


def share_marked(found: DraftCheck) -> float:
    """Share of the sentences that state something which the check marks; 0 where none does."""
    marked = [
        s.sentence.support == "unsupported" or bool(s.sentence.flags)
        for s in found.sentences
        if s.sentence.support != "none"
    ]
    return sum(marked) / len(marked) if marked else 0.0


def overlap(item: Item) -> float:
    """Share of the reply's words that stand in the passages."""
    known = set(_words(" ".join(source.text for source in item.sources)))
    words = _words(item.text)
    return sum(word in known for word in words) / len(words) if words else 1.0


def similarity(item: Item, embed: Embed) -> float:
    """Mean over the reply's sentences of the highest cosine to a sentence of the passages."""
    theirs = [s.text for source in item.sources for s in sentences(source.text)]
    mine = [s.text for s in sentences(item.text)]
    if not theirs or not mine:
        return 0.0
    return float((embed(mine) @ embed(theirs).T).max(axis=1).mean())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def report(found: Sequence[Scored]) -> dict[str, float]:
    """AUROC of the three, the check's balanced accuracy at one half, and what it marks."""
    truth = np.array([one.item.supported for one in found])
    support = np.array([one.support for one in found])
    marked = np.array([one.caught for one in found])
    shares = np.array([one.marked for one in found])
    return {
        "n": float(len(found)),
        "auroc": float(roc_auc_score(truth, support)),
        "auroc_overlap": float(roc_auc_score(truth, [one.overlap for one in found])),
        "auroc_similarity": float(roc_auc_score(truth, [one.similarity for one in found])),
        "balanced_accuracy": float(balanced_accuracy_score(truth, support >= 0.5)),
        "caught": float(marked[~truth].mean()),
        "false_alarms": float(marked[truth].mean()),
        "sentences_marked_of_supported": float(shares[truth].mean()),
        "sentences_marked_of_unsupported": float(shares[~truth].mean()),
    }
