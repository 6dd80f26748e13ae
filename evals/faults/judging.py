"""Faults in judging: other clauses, laxer or stricter verdicts, limits that are ignored."""

from collections.abc import Sequence
from datetime import date, timedelta

from assist.domain.evaluation import EvalResult
from assist.domain.policy import PolicySet, Requirement
from assist.domain.solution import Action
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict, VerdictValue
from assist.policies.authority import Coverage
from assist.policies.caps import Held
from assist.policies.combining import Ways
from assist.policies.known_names import ALWAYS
from evals.cases import EvalCase
from evals.faults.fault import Fault, Plant, Shows, anywhere
from evals.faults.planting import instead, returns, together

JUDGED = ("assist.graph.steps.evaluate:judge", "assist.graph.steps.evaluate:judge_all")
OWN_DATE = (
    "assist.graph.scope:date_of",
    "assist.graph.steps.constrain:date_of",
    "assist.graph.steps.propose:date_of",
)
YEAR = timedelta(days=365)


def _verdicts(before: Sequence[VerdictValue], after: VerdictValue) -> Plant:
    """Of what the company declares: nobody forbids an answer, and the product counts on that."""

    def changed(found: Verdict, asked: Action | Sequence[Action], *_: object) -> Verdict:
        actions = (asked,) if isinstance(asked, Action) else asked
        if found.value not in before or all(one.kind in ALWAYS for one in actions):
            return found
        return found.model_copy(update={"value": after, "level": None})

    return together(*(returns(target, changed) for target in JUDGED))


def _of_another(rules: PolicySet, clause: str) -> str:
    """The clause before it in the company's rules."""
    known = [one.id for policy in rules.policies for one in policy.clauses]
    return known[known.index(clause) - 1] if clause in known else clause


def _other_clauses(found: Verdict, _: Action | Sequence[Action], rules: PolicySet) -> Verdict:
    return found.model_copy(
        update={"clauses": tuple(_of_another(rules, clause) for clause in found.clauses)}
    )


def _other_requirements(
    found: tuple[Requirement, ...], rules: PolicySet, *_: object
) -> tuple[Requirement, ...]:
    return tuple(
        one.model_copy(update={"clause_id": _of_another(rules, one.clause_id)}) for one in found
    )


def _a_year_ago(found: date, *_: object) -> date:
    return found - YEAR


def _within(_: Held, *__: object) -> Held:
    return Held(True)


def _granted(found: Coverage, *_: object) -> Coverage:
    return found._replace(ways=Ways((Verdict(value="allowed"),)))


def _expects(*values: VerdictValue) -> Shows:
    return lambda case, _: any(value in values for value in case.expect.verdicts.values())


def _judged_otherwise(case: EvalCase, sound: Suggestion, faulty: Suggestion) -> bool:
    """Whether an action that the case speaks of bears another verdict."""
    kinds = case.expect.verdicts.keys()
    return any(_of(sound, kind) != _of(faulty, kind) for kind in kinds)


def _of(made: Suggestion, kind: str) -> set[str]:
    actions = (action for candidate in made.candidates for action in candidate.actions)
    return {one.verdict.value for one in actions if one.kind == kind and one.verdict}


def _by_other_rules(case: EvalCase, sound: Suggestion, faulty: Suggestion) -> bool:
    """Whether a clause or a verdict that the case speaks of is another."""
    lost = (_clauses(sound) - _clauses(faulty)) & set(case.expect.clauses)
    return bool(lost) or _judged_otherwise(case, sound, faulty)


def _clauses(made: Suggestion) -> set[str]:
    """Those in force, and those that a verdict rests on."""
    actions = (action for candidate in made.candidates for action in candidate.actions)
    named = (clause for one in actions if one.verdict for clause in one.verdict.clauses)
    return {*(requirement.clause_id for requirement in made.requirements), *named}


def _allowed_there(case: EvalCase, sound: EvalResult) -> bool:
    del sound
    return "allowed" in case.expect.verdicts.values()


FAULTS = (
    Fault(
        "stale-policies", "judged by the policies of a year ago", "graph.scope.date_of",
        ("clauses", "verdicts"),
        together(*(returns(target, _a_year_ago) for target in OWN_DATE)),
        lambda case, _: bool(case.expect.clauses), _by_other_rules,
    ),
    Fault(
        "wrong-clause", "verdicts and requirements name the clause before",
        "policies.verdicts.judge, policies.clauses.requirements", ("clauses",),
        together(
            *(returns(target, _other_clauses) for target in JUDGED),
            returns("assist.graph.steps.constrain:requirements", _other_requirements),
        ),
        anywhere,
    ),
    Fault(
        "approval-skipped", "what needs approval is allowed", "policies.verdicts.judge",
        ("authority",), _verdicts(("needs_approval",), "allowed"), _expects("needs_approval"),
    ),
    Fault(
        "forbidden-allowed", "what is forbidden is allowed", "policies.verdicts.judge",
        ("authority",), _verdicts(("forbidden",), "allowed"), _expects("forbidden"),
    ),
    Fault(
        "all-unknown", "nothing can be told", "policies.verdicts.judge", ("verdicts",),
        _verdicts(("allowed", "needs_approval", "forbidden"), "unknown"),
        _expects("allowed", "needs_approval", "forbidden"), _judged_otherwise,
    ),
    Fault(
        "all-forbidden", "nothing may be done", "policies.verdicts.judge", ("verdicts",),
        _verdicts(("allowed", "unknown"), "forbidden"), _allowed_there, _judged_otherwise,
    ),
    Fault(
        "limits-ignored", "limits of clauses do not hold", "policies.limits.limit_held",
        ("verdicts",), returns("assist.policies.limits:limit_held", _within),
        _expects("needs_approval", "forbidden"), _judged_otherwise,
    ),
    Fault(
        "levels-ignored", "an agent may grant any amount", "policies.authority.coverage",
        ("verdicts",), returns("assist.policies.judgment:coverage", _granted),
        _expects("needs_approval"), _judged_otherwise,
    ),
    Fault(
        "clauses-ignored", "what clauses forbid is not looked at", "policies.permission.permission",
        ("verdicts",),
        instead(
            "assist.policies.judgment:permission",
            lambda _: lambda *__: Ways((Verdict(value="allowed"),)),
        ),
        _expects("needs_approval", "forbidden", "unknown"), _judged_otherwise,
    ),
)  # fmt: skip
