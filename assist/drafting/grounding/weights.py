"""How much each observation counts: two small logistic regressions, and what overrides them.

`SENTENCE` was fitted on the odd-numbered files of `evals/cases/grounding` (168 true sentences near
the words of their passage, and their edited twins), on all of `evals/cases/grounding_paraphrase`
(300 free paraphrases and twins), and with a small part of the weight on the first halves of MTRAG's
human faithfulness labels and of BEGIN's attribution labels, where of an unfaithful reply only the
weakest sentence counts; every weight at most 0, L2 .0007. The odd files and the paraphrases were
also read while the rules were written. `DRAFT` was fitted on those same halves (303 and 2,000
replies). `python -m evals.grounding`: AUROC of whole replies .956 and .933, plain word overlap .913
and .929, plain similarity .927 and .838.
"""

from collections.abc import Mapping

BAR = 0.5
"""A sentence whose probability is below is unsupported.

Share of edited sentences caught, and of true twins marked with them: by cross-validation over the
files fitted on, 82 % and 2 % near the words of the passage, 72 % and 21 % of free paraphrases; in
the even-numbered files, which nobody read, 68 % and 6 %.
"""
GRAVE = frozenset(
    {"changed_value", "new_value", "modality", "obliged", "freed", "opposite", "only_dropped"}
    | {"condition_dropped", "other_thing_by_far", "other_name_by_far", "new_actor"}
)
"""Doubts that end the matter in a sentence close to its claim: in the files fitted on, each was
raised by at most 3 % of the true sentences."""
CLOSE = 0.45
"""Share of a sentence's words that its claim must have for such a doubt to end the matter."""
SENTENCE: Mapping[str, float] = {
    "bias": 2.34,
    "alone": -1.42,
    "anywhere": -1.36,
    "apart": -0.21,
    "certainty": -0.13,
    "changed_value": -1.9,
    "clause": -0.1,
    "clause_alone": -0.08,
    "condition_added": -0.36,
    "condition_cut": -0.24,
    "condition_dropped": -0.76,
    "far": -1.34,
    "hard_apart": -0.05,
    "hard_left": -1.1,
    "hard_more": -0.28,
    "hard_name": -0.19,
    "hard_new": -0.48,
    "hard_turn": -1.27,
    "hedged": -0.41,
    "missing": -0.11,
    "modality": -0.58,
    "near_left": -1.36,
    "near_more": -0.14,
    "near_name": -1.29,
    "near_new": -0.21,
    "near_turn": -1.25,
    "near_value": -1.51,
    "new_actor": -0.88,
    "new_region": -0.16,
    "new_value": -1.13,
    "obliged": -0.12,
    "only_added": -0.07,
    "only_dropped": -0.3,
    "opposite": -1.06,
    "order": -1.2,
    "other_name_by_far": -0.4,
    "other_thing": -0.05,
    "other_thing_by_far": -0.82,
    "scope_dropped": -0.54,
    "swapped": -0.03,
    "time_dropped": -0.37,
    "together": -0.81,
    "unhedged": -0.18,
}
"""By the observations of `features` and the kinds of doubts."""
DRAFT: Mapping[str, float] = {
    "bias": 2.52,
    "roots": -2.15,
    "words": -2.06,
    "pairs": -1.37,
    "far": -1.45,
    "self": -1.43,
    "doubt": -0.75,
}
"""By the means over the sentences of a reply, weighted by length; `doubt` is minus the mean of the
sentences' log odds."""
