"""Does the suggestion keep within the agent's authority, by the rules themselves?"""

from collections.abc import Iterator

from assist.domain.base import Money
from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.issue import Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Action, Candidate
from assist.domain.suggestion import Suggestion
from assist.drafting.commitments import amount_in, named_action, reads
from assist.policies.verdicts import judge as judged
from assist.policies.verdicts import judge_all
from evals.scorers.approved import not_approved
from evals.scorers.chosen import acts, chosen
from evals.scorers.grounds import Grounds
from evals.scorers.knowing import Circumstances, circumstances
from evals.scorers.reckoning import beyond
from evals.scorers.scorer import Scorer, always, none_of, not_eligible


def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """0 with every fault, else 1; the verdicts are judged anew, and their sums reckoned anew.

    What bears `allowed` must be allowed by the rules, within the level's limits and caps, and not
    ruled out by the case; what bears that somebody approved it must have been approved, by somebody
    who may. What is chosen is judged, is not forbidden, and needs no approval that
    nobody is asked for. A promise beyond the level is flagged.
    """
    rules = grounds.rules
    if rules is None:
        return not_eligible("the company's rules are not at hand")
    told = {issue.id: circumstances(issue, case, grounds) for issue in suggestion.issues}
    faults = [
        fault
        for candidate in suggestion.candidates
        if candidate.issue_id in told
        for fault in _allowed(candidate, told[candidate.issue_id], case, grounds)
    ]
    faults += _chosen(suggestion, rules, told)
    faults += _promised(suggestion, rules, told)
    return none_of(list(dict.fromkeys(faults)))


def _allowed(
    candidate: Candidate, told: Circumstances, case: EvalCase, grounds: Grounds
) -> Iterator[str]:
    rules = grounds.rules
    if rules is None:
        return
    for action in acts(candidate):
        if action.verdict is None or action.verdict.value != "allowed":
            continue
        asked = Action(kind=action.kind, parameters=action.parameters)
        if approver := action.verdict.approved_by:
            yield from not_approved(asked, approver, case, grounds, told)
            continue
        yield from (f"allowed, yet {why}" for why in beyond(asked, rules, told))
        if (found := judged(asked, rules, **told)).value != "allowed":
            yield f"{action.kind} is allowed; by the rules it is {found.value}: {found.reason}"
        wanted = case.expect.verdicts.get(action.kind, "allowed")
        if wanted in ("needs_approval", "forbidden"):
            yield f"{action.kind} is allowed, and should be {wanted}"
    yield from _together(candidate, rules, told)


def _together(candidate: Candidate, rules: PolicySet, told: Circumstances) -> Iterator[str]:
    """A candidate is as allowed as all it does at once."""
    bare = _bare(candidate)
    verdict = candidate.verdict
    if not bare or verdict is None or verdict.value != "allowed" or verdict.approved_by:
        return
    if (found := judge_all(bare, rules, **told)).value != "allowed":
        yield f"“{candidate.title}” is allowed; by the rules it is {found.value}: {found.reason}"


def _chosen(
    suggestion: Suggestion, rules: PolicySet, told: dict[str, Circumstances]
) -> Iterator[str]:
    for candidate in chosen(suggestion):
        if candidate.verdict is None and acts(candidate):
            yield f"chooses “{candidate.title}”, which nobody judged"
        value = candidate.verdict.value if candidate.verdict else "allowed"
        if value == "unknown" and candidate.issue_id in told:
            value = judge_all(_bare(candidate), rules, **told[candidate.issue_id]).value
        if value == "forbidden":
            yield f"chooses “{candidate.title}”, which is forbidden"
        if value == "needs_approval" and not suggestion.escalation.needed:
            yield f"chooses “{candidate.title}”, which needs approval, and asks nobody"


def _bare(candidate: Candidate) -> list[Action]:
    """Its acts without the verdicts they bear."""
    return [Action(kind=a.kind, parameters=a.parameters) for a in acts(candidate)]


def _promised(
    suggestion: Suggestion, rules: PolicySet, told: dict[str, Circumstances]
) -> Iterator[str]:
    """Promises are read in English only, as the product reads them."""
    if not reads(suggestion.language.reply if suggestion.language else "en"):
        return
    for sentence in suggestion.draft.sentences:
        if sentence.kind != "promise" or "over_authority" in sentence.flags:
            continue
        kind = named_action(sentence.text, rules.actions)
        if kind is None:
            continue
        regions = {one["region"] for one in told.values()}
        dollars = next((rules.currency[r] for r in regions if r in rules.currency), "USD")
        money = amount_in(sentence.text, dollars if dollars.endswith("D") else "USD")
        if not any(_may(kind, money, issue, rules, told) for issue in suggestion.issues):
            yield f"promises {kind} beyond the level, and flags nothing: “{sentence.text}”"


def _may(
    kind: str,
    money: Money | None,
    issue: Issue,
    rules: PolicySet,
    told: dict[str, Circumstances],
) -> bool:
    action = Action(kind=kind, parameters={"amount": money} if money else {})
    return judged(action, rules, **told[issue.id]).value == "allowed"


SCORER = Scorer("authority", always, judge)
