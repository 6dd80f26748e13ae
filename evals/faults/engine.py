"""Faults of the policy engine x decision cases -> who catches what. No home, no database."""

from collections.abc import Mapping, Sequence

from evals.decisions.company import Company, read_company
from evals.decisions.files import Filed
from evals.decisions.judging import Judged, judged
from evals.decisions.run import decisions_of, scored
from evals.faults.catching import Scores, caught
from evals.faults.deciding import EngineFault
from evals.faults.results import Graded
from evals.suites import Suite, find

CORPUS = "kb_corpus"
CASES = "evals/cases/decisions"
PREFIX = "decision "
"""Before the names of scorers of decisions: `verdict` is another than that of suggestions."""


class Engine:
    """The sample company's decisions, as the sound engine judges them."""

    def __init__(self) -> None:
        suite = Suite(kind="decisions", corpus=CORPUS, cases=(CASES,))
        self.company: Company = read_company(find(CORPUS))
        self.filed: tuple[Filed, ...] = decisions_of(suite)
        self.sound = self._judged()

    def graded(self, fault: EngineFault) -> Graded:
        """Every decision judged with the fault; the scorers judge without it."""
        with fault.plant():
            said = self._judged()
        shown = [case for case in said if said[case] != self.sound[case]]
        before = self._scored(shown, self.sound)
        after = self._scored(shown, said)
        meant = tuple(f"{PREFIX}{name}" for name in fault.meant)
        return Graded(
            name=fault.name,
            about=fault.about,
            where=fault.where,
            meant=meant,
            tried=len(said),
            shown=len(shown),
            caught=tuple(caught(meant, before, after)),
            cases=tuple(shown[:6]),
        )

    def _judged(self) -> dict[str, Judged]:
        rules = self.company.policy_set
        return {one.case.id: judged(one.case, rules) for one in self.filed}

    def _scored(self, shown: Sequence[str], said: Mapping[str, Judged]) -> dict[str, Scores]:
        cases = {one.case.id: one.case for one in self.filed}
        return {
            case: {
                f"{PREFIX}{name}": score
                for name, score in scored(cases[case], said[case], self.company).scores.items()
            }
            for case in shown
        }
