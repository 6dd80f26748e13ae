"""Candidates -> verdicts and scores: what the policies say, and both sides' view, with reasons."""

import asyncio
from collections import Counter

from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.solution import Candidate
from assist.graph.approved import with_approvals
from assist.graph.instead import with_alternatives
from assist.graph.llm.opinions import second_opinions
from assist.graph.scope import judged_for
from assist.graph.scores import score
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.policies.proof import prove
from assist.policies.verdicts import judge, judge_all


async def evaluate(case: Case, tools: Tools) -> Update:
    """Every candidate judged, proved and scored; those beyond authority name what may be done."""
    rules = tools.policy_set
    approvals = await asyncio.to_thread(tools.approvals, case.ticket.id) if case.work else ()
    judged = [
        candidate
        for issue in case.issues
        for candidate in with_alternatives(
            issue, with_approvals(_judged(issue, case, tools), case, approvals), case, rules
        )
    ]
    known = case.model_copy(update={"candidates": tuple(judged)})
    scored = tuple(c.model_copy(update={"scores": score(c, known, rules)}) for c in judged)
    made = case.made
    if tools.model is not None and scored:
        scored, how = await second_opinions(case.issues, scored, tools.model)
        made = (*made, how)
    counts = Counter(c.verdict.value for c in scored if c.verdict)
    return {
        "candidates": scored,
        "made": made,
        "said": ", ".join(f"{n} {value}" for value, n in sorted(counts.items())),
    }


def _judged(issue: Issue, case: Case, tools: Tools) -> list[Candidate]:
    """The issue's candidates: each action's verdict with its proof, the strictest for the whole."""
    scope, rules = judged_for(issue, case), tools.policy_set
    judged = []
    for candidate in (c for c in case.candidates if c.issue_id == issue.id):
        actions = tuple(
            action.model_copy(
                update={
                    "verdict": judge(action, rules, **scope),
                    "proof": prove(action, rules, **scope),
                }
            )
            for action in candidate.actions
        )
        verdict = judge_all(candidate.actions, rules, **scope)
        judged.append(candidate.model_copy(update={"actions": actions, "verdict": verdict}))
    return judged
