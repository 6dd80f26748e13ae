"""Is the decision right, and for the right reason? One scorer for each thing a case states."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assist.domain.base import Money
from assist.domain.evaluation import CaseScore
from assist.domain.verdict import Verdict
from evals.decisions.cases import DecisionCase, Expected
from evals.decisions.company import Company
from evals.decisions.judging import Judged
from evals.decisions.naming import named
from evals.scorers.scorer import UNSCORED, Part, share_met


@dataclass(frozen=True, slots=True)
class DecisionScorer:
    """One way to score. `states` says whether the case states what `judge` compares."""

    states: Callable[[Expected], bool]
    judge: Callable[[DecisionCase, Judged, Company], CaseScore]

    def score(self, case: DecisionCase, said: Judged, company: Company) -> CaseScore:
        """The score, or `UNSCORED`."""
        return self.judge(case, said, company) if self.states(case.expect) else UNSCORED


def _verdict(case: DecisionCase, said: Judged, _: Company) -> CaseScore:
    got, wanted = said.verdict, case.expect.verdict
    return share_met([Part(got.value == wanted, f"{_shown(got)}, expected {wanted}")])


def _level(case: DecisionCase, said: Judged, _: Company) -> CaseScore:
    got, wanted = said.verdict, case.expect.level
    met = got.value == "needs_approval" and got.level == wanted
    return share_met([Part(met, f"{_shown(got)}, expected approval by {wanted}")])


def _facts(case: DecisionCase, said: Judged, _: Company) -> CaseScore:
    asked = said.verdict.facts
    return share_met([Part(f in asked, f"{f} is not asked for") for f in case.expect.facts])


def _clause(case: DecisionCase, said: Judged, company: Company) -> CaseScore:
    expect, verdict = case.expect, said.verdict
    found = (
        named(sentence, verdict, company, level=case.level, policy=expect.policy)
        for sentence in expect.sentence
    )
    parts = [part for part in found if part is not None]
    return share_met(parts) if parts else UNSCORED


def _alternative(case: DecisionCase, said: Judged, _: Company) -> CaseScore:
    wanted, got = case.expect.alternative, said.alternative.action
    if wanted is None:
        return UNSCORED
    amounts = [value for value in got.parameters.values() if isinstance(value, Money)]
    met = got.kind == wanted.kind and (wanted.amount is None or wanted.amount in amounts)
    return share_met(
        [
            Part(
                met,
                f"{_priced(got.kind, *amounts)}, expected {_priced(wanted.kind, wanted.amount)}",
            )
        ]
    )


def _priced(kind: str, *amounts: Money | None) -> str:
    return " ".join([kind, *(f"of {amount}" for amount in amounts if amount is not None)])


def _shown(verdict: Verdict) -> str:
    level = f" by {verdict.level}" if verdict.level else ""
    return f"{verdict.value}{level}"


DECISION_SCORERS: Mapping[str, DecisionScorer] = {
    "verdict": DecisionScorer(lambda _: True, _verdict),
    "level": DecisionScorer(lambda expect: expect.level is not None, _level),
    "clause": DecisionScorer(lambda expect: bool(expect.sentence), _clause),
    "facts": DecisionScorer(lambda expect: bool(expect.facts), _facts),
    "alternative": DecisionScorer(lambda expect: expect.alternative is not None, _alternative),
}
"""All by name; `verdict` is the one that counts first."""
