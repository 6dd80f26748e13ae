"""How much each observation counts: two small logistic regressions, and what overrides them.

`SENTENCE` was fitted on the minimal edits of the odd-numbered files of `evals/cases/grounding`
(336 sentences, every weight at most 0, L2 .002), which were also read while the rules were
written. `DRAFT` was fitted on the first halves of MTRAG's human faithfulness labels (303 answers)
and of BEGIN's attribution labels (2,000). `python -m evals.grounding`, whole replies, those same
halves: AUROC .945 and .923, plain word overlap .913 and .929, plain similarity .927 and .838.
"""

from collections.abc import Mapping

BAR = 0.5
"""A sentence whose probability is below is unsupported. It catches 87 % of the edits with 6 % false
alarms on their true twins in the files it was fitted on, 76 % with 22 % in the even-numbered ones.
"""
GRAVE = frozenset(
    {"changed_value", "new_value", "modality", "obliged", "freed", "opposite", "only_dropped"}
    | {"condition_dropped", "other_thing_by_far", "other_name_by_far", "new_actor"}
)
"""Doubts that end the matter in a sentence close to its claim: in the files fitted on, each was
raised by at most 2 % of the true sentences."""
CLOSE = 0.45
"""Share of a sentence's words that its claim must have for such a doubt to end the matter."""
SENTENCE: Mapping[str, float] = {
    "bias": 2.11,
    "all_added": -0.07,
    "alone": -1.25,
    "anywhere": -1.12,
    "beside": -0.19,
    "certainty": -0.24,
    "changed_value": -1.65,
    "clause": -0.41,
    "condition_added": -0.36,
    "condition_cut": -0.36,
    "condition_dropped": -0.93,
    "far": -1.12,
    "hedged": -0.26,
    "missing": -0.02,
    "modality": -0.63,
    "near_left": -1.59,
    "near_more": -0.28,
    "near_name": -1.27,
    "near_turn": -1.56,
    "near_value": -1.3,
    "new_actor": -0.69,
    "new_region": -0.09,
    "new_value": -0.79,
    "obliged": -0.13,
    "only_added": -0.11,
    "only_dropped": -0.42,
    "opposite": -0.78,
    "order": -0.75,
    "other_name_by_far": -0.3,
    "other_thing": -0.04,
    "other_thing_by_far": -0.71,
    "scope_dropped": -0.55,
    "swapped": -0.08,
    "time_dropped": -0.13,
    "together": -0.72,
    "unhedged": -0.23,
}
"""By the observations of `features` and the kinds of doubts."""
DRAFT: Mapping[str, float] = {
    "bias": 2.54,
    "roots": -2.19,
    "words": -2.07,
    "pairs": -1.33,
    "far": -1.49,
    "self": -1.48,
    "doubt": -0.79,
}
"""By the means over the sentences of a reply, weighted by length; `doubt` is minus the mean of the
sentences' log odds."""
