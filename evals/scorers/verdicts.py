"""Do the proposed actions bear the right verdicts, by the right clauses?"""

from assist.domain.suggestion import Suggestion
from evals.cases import EvalCase, Expect
from evals.scorers.scorer import Part, Passages, Score, Scorer, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Passages) -> Score:
    """The share met of the verdicts and clauses expected.

    A verdict is met when an action of its kind is proposed and every one proposed bears it: one
    refund allowed beside one that needs approval is a way around the approval.
    """
    parts = [_verdict(suggestion, kind, wanted) for kind, wanted in case.expect.verdicts.items()]
    known = _clauses(suggestion)
    parts += [Part(c in known, f"clause {c} is nowhere") for c in case.expect.clauses]
    return share_met(parts)


def _verdict(suggestion: Suggestion, kind: str, wanted: str) -> Part:
    got = {
        action.verdict.value if action.verdict else "none"
        for candidate in suggestion.candidates
        for action in candidate.actions
        if action.kind == kind
    }
    if not got:
        return Part(met=False, otherwise=f"no candidate proposes {kind}, expected {wanted}")
    return Part(got == {wanted}, f"{kind} is {' and '.join(sorted(got))}, expected {wanted}")


def _clauses(suggestion: Suggestion) -> set[str]:
    """Clauses in force, and those a verdict rests on."""
    found = {requirement.clause_id for requirement in suggestion.requirements}
    for candidate in suggestion.candidates:
        for verdict in (candidate.verdict, *(action.verdict for action in candidate.actions)):
            found.update(verdict.clauses if verdict else ())
    return found


def _states(expect: Expect) -> bool:
    return bool(expect.verdicts or expect.clauses)


SCORER = Scorer("verdicts", _states, judge)
