"""Scored candidates -> the choice per issue and why, or an abstention with its reason."""

from assist.domain.case import Case
from assist.domain.consultation import Consultation
from assist.domain.issue import Abstention, Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate, Choice
from assist.domain.suggestion import Question
from assist.drafting.conflicts import conflict_among
from assist.graph.called_for import (
    bound_to_a_region,
    informs,
    is_called_for,
    only_unverified,
    wish_for,
)
from assist.graph.consulting import consultation_due, consultations_for
from assist.graph.explain import choice_of
from assist.graph.languages import in_company_words, is_unread, language_abstention
from assist.graph.questions import identity_question, questions_for, region_question
from assist.graph.requests import asked_for
from assist.graph.solved import is_solved, only_greets
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.graph.weights import BARS, total

NAMED = 3
"""Missing facts named in a reason: what is asked for first."""


async def decide(case: Case, tools: Tools) -> Update:
    """Each issue ends with a choice or an abstention, never both, never neither."""
    unreadable = case.language if is_unread(case) else None
    if unreadable is not None:
        return _unread(case, language_abstention(unreadable))
    issues: list[Issue] = []
    questions: list[Question] = []
    for issue in case.issues:
        own = [c for c in case.candidates if c.issue_id == issue.id]
        choice, abstention = _decided(issue, own, case, tools)
        issues.append(issue.model_copy(update={"choice": choice, "abstention": abstention}))
        if not in_company_words(case, tools):
            continue
        if any(bound_to_a_region(c, case) for c in own):
            questions += region_question(tools.policy_set)
        if _pending(issue, own, case, tools.policy_set):
            questions += identity_question(tools.policy_set)
        questions += questions_for(issue, own, choice, abstention, tools.policy_set)
    consultations = _consultations(issues, case, tools)
    main = issues[0]
    said = (
        f"chose {main.choice.candidate_id}" if main.choice
        else f"abstained: {main.abstention.code if main.abstention else ''}"
    )  # fmt: skip
    return {
        "issues": tuple(issues),
        "questions": tuple({q.text: q for q in questions}.values()),
        "consultations": consultations,
        "said": f"{said}; {len(questions)} question(s), {len(consultations)} consultation(s)",
    }


def _consultations(issues: list[Issue], case: Case, tools: Tools) -> tuple[Consultation, ...]:
    """What colleagues were asked already, and whom else to ask; nothing is asked twice."""
    rules, asked = tools.policy_set, {c.id: c for c in case.consultations}
    proposed = [
        consultation
        for issue in issues
        for consultation in consultations_for(
            case,
            issue,
            [c for c in case.candidates if c.issue_id == issue.id],
            rules,
            consultation_due(case, issue, rules),
            filed_under=tools.category_of,
        )
    ]
    return tuple({c.id: c for c in (*proposed, *asked.values())}.values())


def _unread(case: Case, abstention: Abstention) -> Update:
    """No answer to what nobody has read, and no question about it either."""
    undecided = {"choice": None, "abstention": abstention}
    return {
        "issues": tuple(issue.model_copy(update=undecided) for issue in case.issues),
        "questions": (),
        "said": f"abstained: {abstention.reason}",
    }


def _decided(
    issue: Issue, own: list[Candidate], case: Case, tools: Tools
) -> tuple[Choice | None, Abstention | None]:
    policy_set = tools.policy_set
    fresh = [c for c in own if c.instead_of is None and not failed_before(c, case)]
    answers = [c for c in fresh if solves(c) and grounded(c, case)]
    if not in_company_words(case, tools):
        answers = [c for c in answers if informs(c)]  # its promises could not be told
    called_for = [c for c in answers if is_called_for(c, issue, case, policy_set)]
    viable = [
        c
        for c in called_for
        if c.verdict and c.verdict.value == "allowed" and total(c) >= BARS.total
    ]
    asked = [c for c in own if wish_for(c, issue, policy_set) == "requested"]
    pending = _pending(issue, own, case, policy_set)
    if refused := _refused([c for c in asked if c not in pending], viable):
        return None, refused
    if viable:
        choice = choice_of(viable, [c for c in own if c.instead_of is None])
        conflict = _conflict(choice.candidate_id, answers)
        return (None, conflict) if conflict else (choice, None)
    if pending:
        return None, _unverified(pending[0])
    wanted = [c for c in called_for if not informs(c)]
    wanted += [c for c in answers if c not in wanted and _needs_somebody(c, issue, case, tools)]
    return None, _abstention(issue, wanted, case)


def _pending(
    issue: Issue, own: list[Candidate], case: Case, policy_set: PolicySet
) -> list[Candidate]:
    """What is asked for and waits for nothing but the check of who asks."""
    return [
        c
        for c in own
        if _forbidden(c)
        and wish_for(c, issue, policy_set) == "requested"
        and only_unverified(c, issue, case, policy_set)
    ]


def _needs_somebody(candidate: Candidate, issue: Issue, case: Case, tools: Tools) -> bool:
    """What the customer speaks of, and somebody else may do: more than that nobody knows of it."""
    if candidate.verdict is None or candidate.verdict.value != "needs_approval":
        return False
    spoken_of = wish_for(candidate, issue, tools.policy_set) != "none"
    return spoken_of or asked_for(candidate, case, tools)


def _forbidden(candidate: Candidate) -> bool:
    return candidate.verdict is not None and candidate.verdict.value == "forbidden"


def _unverified(candidate: Candidate) -> Abstention:
    reason = candidate.verdict.reason if candidate.verdict else ""
    return Abstention(
        code="missing_facts",
        reason=reason or "the identity of the customer has not been checked",
        would_help="Check the customer's identity, then ask for a new suggestion.",
    )


def _refused(asked: list[Candidate], viable: list[Candidate]) -> Abstention | None:
    """An abstention where what is asked for is not permitted and nothing asked for is possible.

    An article about how it is done would read as if it were granted.
    """
    forbidden = [c.verdict for c in asked if c.verdict and _forbidden(c)]
    if not forbidden or any(c in asked for c in viable):
        return None
    return Abstention(
        code="out_of_authority",
        reason=forbidden[0].reason or "what the customer asks for is not permitted",
        forbidden=True,
        would_help="Explain the rule to the customer, or ask the policy's owner for an exception.",
    )


def solves(candidate: Candidate) -> bool:
    """Whether the candidate is a solution, and not a way to put one off."""
    return all(action.kind not in ("ask", "escalate") for action in candidate.actions)


def failed_before(candidate: Candidate, case: Case) -> bool:
    """Whether it was chosen for this case before, and did not help."""
    return case.work is not None and candidate.title in case.work.failed


def grounded(candidate: Candidate, case: Case) -> bool:
    """Answers rest on articles that cover the issue; actions on a clause that governs them."""
    if informs(candidate):
        if bound_to_a_region(candidate, case):
            return False
        return case.coverage.get(candidate.issue_id, 0.0) >= BARS.coverage
    return candidate.verdict is not None and bool(candidate.verdict.clauses)


def _conflict(chosen_id: str, answers: list[Candidate]) -> Abstention | None:
    """An answer that another article contradicts is none."""
    chosen = next(c for c in answers if c.id == chosen_id)
    others = [c for c in answers if c.id != chosen_id]
    found = next(
        filter(None, (conflict_among(chosen.citations, c.citations) for c in others)), None
    )
    if found is None:
        return None
    return Abstention(
        code="conflicting_evidence",
        reason=f"two articles give different figures: {found}",
        would_help="Find out which one applies, for example by the customer's region.",
    )


def _nothing_asked(issue: Issue, case: Case) -> Abstention | None:
    if is_solved(issue, case):
        reason = "the customer asks nothing: they thank us, or say that it works"
        return Abstention(code="no_evidence", reason=reason, would_help="Send the reply; close it.")
    if only_greets(issue):
        reason = "the customer has only greeted: nothing is asked yet"
        return Abstention(code="missing_facts", reason=reason, would_help="Ask what it is about.")
    return None


def _abstention(issue: Issue, wanted: list[Candidate], case: Case) -> Abstention:
    if (nothing := _nothing_asked(issue, case)) is not None:
        return nothing
    verdicts = [c.verdict for c in wanted if c.verdict]
    if unknown := [v for v in verdicts if v.value == "unknown" and v.facts]:
        paths = list(dict.fromkeys(path for v in unknown for path in v.facts))
        others = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
        facts = ", ".join(paths[:NAMED]) + others
        return Abstention(
            code="missing_facts",
            reason=f"what may be done depends on facts that are not known: {facts}",
            would_help=f"Find out: {facts}.",
        )
    if beyond := [v for v in verdicts if v.value in ("needs_approval", "forbidden", "unknown")]:
        return Abstention(
            code="out_of_authority",
            reason=beyond[0].reason or "no solution is within the agent's authority",
            would_help=f"Approval by {beyond[0].level}."
            if beyond[0].level
            else "A decision by the policy's owner.",
        )
    covered = case.coverage.get(issue.id, 0.0)
    reason = f"the articles cover {covered:.0%} of this; an answer needs {BARS.coverage:.0%}"
    if covered >= BARS.coverage:
        reason = "articles are about this, but none states the answer in words that can be quoted"
    return Abstention(
        code="no_evidence",
        reason=reason,
        would_help="An article that answers it, or a colleague who knows.",
    )
