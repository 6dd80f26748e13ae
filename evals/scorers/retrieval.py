"""Was found what should be: recall, nDCG, MRR and MAP of the gold, by `ir-measures`.

Each gold reference counts once, however many passages it means: its rank is that of the first of
them among the hits. Articles, policies and precedents are searched apart and so are ranked apart;
the score is the mean over them, weighted by how many references are of each.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import ir_measures
from ir_measures import AP, RR, Measure, R, nDCG

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.gold import refers
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Scorer

Judge = Callable[[EvalCase, Suggestion, Grounds], CaseScore]
DEPTH = 10
"""Places that recall and nDCG look at."""


def ranked(case: EvalCase, suggestion: Suggestion) -> Mapping[str, tuple[str, ...]]:
    """What each search found, best first: gold by its reference, all else by its passage's id.

    A further passage of a reference that was found before it says nothing new and is left out.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    gold = sorted(case.expect.gold.items(), key=lambda one: (-one[1], one[0]))
    for hit in sorted(suggestion.hits, key=lambda hit: (-hit.score, hit.passage_id)):
        named = [reference for reference, _ in gold if refers(reference, hit.passage)]
        for name in named or [hit.passage_id]:
            found[hit.kind].setdefault(name)
    return {kind: tuple(names) for kind, names in found.items()}


def _wanted(
    case: EvalCase, found: Mapping[str, tuple[str, ...]], grounds: Grounds
) -> Mapping[str, dict[str, int]]:
    """The gold by the search that found it, else by the one that should have."""
    policies = {policy.id for policy in grounds.rules.policies} if grounds.rules else set()
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    for reference, grade in case.expect.gold.items():
        should = "policy" if reference.partition("#")[0] in policies else "kb"
        by = next((kind for kind, names in found.items() if reference in names), should)
        wanted[by][reference] = grade
    return wanted


def _judge(measure: Measure) -> Judge:
    def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
        gold = case.expect.gold
        found = ranked(case, suggestion)
        wanted = _wanted(case, found, grounds)
        runs = {
            kind: {name: 1 / place for place, name in enumerate(found.get(kind, ()), start=1)}
            for kind in wanted
        }
        scored = ir_measures.iter_calc([measure], wanted, runs)
        values = {one.query_id: float(one.value) for one in scored}
        mean = sum(values.get(kind, 0.0) * len(names) for kind, names in wanted.items())
        return CaseScore(value=min(1.0, mean / len(gold)), explanation=_missed(gold, found))

    return judge


def _missed(gold: Iterable[str], found: Mapping[str, tuple[str, ...]]) -> str:
    places = {name: at for names in found.values() for at, name in enumerate(names, start=1)}
    missing = [name for name in gold if name not in places]
    low = [f"{name} ({places[name]})" for name in gold if places.get(name, 0) > DEPTH]
    told = [f"not among the hits: {', '.join(missing)}"] if missing else []
    told += [f"low among the hits: {', '.join(low)}"] if low else []
    return "; ".join(told)


def _scorer(name: str, measure: Measure) -> Scorer:
    return Scorer(name, lambda expect: bool(expect.gold), _judge(measure))


SCORERS = (
    _scorer("retrieval_recall", R @ DEPTH),
    _scorer("retrieval_ndcg", nDCG @ DEPTH),
    _scorer("retrieval_mrr", RR),
    _scorer("retrieval_map", AP),
)
