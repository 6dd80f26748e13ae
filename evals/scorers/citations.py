"""Does every factual sentence stand on quotes that are really there?"""

from assist.domain.draft import Sentence
from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds, Passages
from evals.scorers.quoting import found, misquotes
from evals.scorers.scorer import Part, Scorer, always, not_eligible, share_met


def judge(_: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """The share of factual sentences that cite, and all of whose quotes stand verbatim."""
    facts = [sentence for sentence in suggestion.draft.sentences if sentence.kind == "fact"]
    parts = [_stands(sentence, grounds.passage) for sentence in facts]
    return share_met(parts) if parts else not_eligible("states no fact")


def _stands(sentence: Sentence, passages: Passages) -> Part:
    if not sentence.citations:
        return Part(False, f"cites nothing for “{sentence.text}”")
    wrong = [w for c in sentence.citations for w in misquotes(c, found(c, passages))]
    return Part(not wrong, "; ".join(wrong))


SCORER = Scorer("citations", always, judge)
