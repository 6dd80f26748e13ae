"""What to ask: only what would change the decision, at most three questions per issue."""

from collections.abc import Mapping

from assist.domain.facts import FactDeclaration
from assist.domain.issue import Abstention, Issue
from assist.domain.policy import PolicySet
from assist.domain.solution import Candidate, Choice
from assist.domain.suggestion import Question
from assist.graph.requests import signals_of, wish
from assist.graph.solved import only_greets
from assist.graph.weights import WEIGHTS, total

MAX_QUESTIONS = 3
"""Customers answer one to three questions; a form of ten gets no reply."""


def questions_for(
    issue: Issue,
    own: list[Candidate],
    choice: Choice | None,
    abstention: Abstention | None,
    policy_set: PolicySet,
) -> tuple[Question, ...]:
    """At most three questions, those that decide most first.

    Facts that decide what the customer asks us to do, that could make another candidate they
    speak of win, or that a mandatory clause requires and the category calls for. With no evidence
    at all, the checks that tell causes apart, or an open question.
    """
    found = _deciding_facts(issue, own, choice, policy_set)
    unknown = abstention is not None and (abstention.code == "no_evidence" or only_greets(issue))
    if choice is None and unknown:
        found += _cause_checks(issue) or _open_question(issue)
    return tuple(found[:MAX_QUESTIONS])


def region_question(policy_set: PolicySet) -> tuple[Question, ...]:
    """Which region the customer is in, where the company has worded that question."""
    declared = [d for d in policy_set.facts if d.path.endswith(".region") and d.question]
    return tuple(
        Question(fact=d.path, text=d.question, settles="which region's rules apply")
        for d in declared[:1]
    )


def identity_question(policy_set: PolicySet) -> tuple[Question, ...]:
    """What the customer can send so that we can check who they are, where it is worded."""
    declared = [d for d in policy_set.facts if d.path == "customer.identity_verified"]
    return tuple(
        Question(fact=d.path, text=d.question, settles="whether we may do what is asked")
        for d in declared[:1]
        if d.question
    )


def _deciding_facts(
    issue: Issue, own: list[Candidate], choice: Choice | None, policy_set: PolicySet
) -> list[Question]:
    declared = {d.path: d for d in policy_set.facts}
    wanted = frozenset(next((c.facts for c in policy_set.categories if c.id == issue.category), ()))
    mandatory = {
        clause.id
        for policy in policy_set.policies
        for clause in policy.clauses
        if clause.type == "mandatory" and clause.effect == "require"
    }
    chosen = next((c for c in own if choice and c.id == choice.candidate_id), None)
    bar = total(chosen) if chosen else 0.0
    found: dict[str, Question] = {}
    for candidate in own:
        verdict = candidate.verdict
        if verdict is None or verdict.value != "unknown":
            continue
        wished = wish(signals_of(candidate, policy_set), issue.text)
        could_win = _at_best(candidate) > bar and wished != "none"
        required = wanted if not mandatory.isdisjoint(verdict.clauses) else frozenset()
        for path in verdict.facts:
            if wished == "requested" or could_win or path in required:
                _ask(path, candidate, declared, found)
    return list(found.values())


def _ask(
    path: str,
    candidate: Candidate,
    declared: Mapping[str, FactDeclaration],
    found: dict[str, Question],
) -> None:
    """One question per fact, of those that a customer can answer and the company has worded."""
    fact = declared.get(path)
    if fact is not None and fact.question and fact.source in ("customer", "records"):
        settles = f"whether “{candidate.title}” is possible"
        found.setdefault(path, Question(fact=path, text=fact.question, settles=settles))


def _at_best(candidate: Candidate) -> float:
    """The total this candidate would reach if the missing facts spoke for it."""
    gain = {"feasibility": 1.0, "risk": 0.9}
    table: dict[str, float] = WEIGHTS.model_dump()
    return sum(table[s.name] * max(s.value or 0.0, gain.get(s.name, 0.0)) for s in candidate.scores)


def _cause_checks(issue: Issue) -> list[Question]:
    return [
        Question(fact="", text=cause.check, settles=f"whether it is this: {cause.statement}")
        for cause in issue.causes
        if cause.check.endswith("?")
    ]


VAGUE_WORDS = 8
"""Fewer words than this and nobody can tell what is wanted."""


def _open_question(issue: Issue) -> list[Question]:
    """Where the ticket is too short to tell what is wanted; a clear question needs no question."""
    if len(issue.text.split()) >= VAGUE_WORDS:
        return []
    text = "Could you describe what you were trying to do, what happened instead, and since when?"
    return [Question(fact="", text=text, settles=f"what is behind: {issue.statement}")]
