"""Faults in choosing: too few candidates, the wrong one, no answer, an answer at any price."""

from assist.domain.case import Case
from assist.domain.evaluation import EvalResult
from assist.domain.issue import Abstention
from assist.domain.solution import Candidate, Choice
from assist.domain.suggestion import Suggestion
from assist.graph.state import Update
from assist.graph.steps.decide import solves
from assist.graph.tools import Tools
from assist.graph.weights import total
from evals.cases import EvalCase
from evals.faults.fault import Fault, anywhere
from evals.faults.planting import finds, returns

DECIDED = "assist.graph.steps.decide:_decided"
Decided = tuple[Choice | None, Abstention | None]
NOTHING = Abstention(code="no_evidence", reason="nothing was found", would_help="an article")


def _first_of_each(case: Case, found: Update, _: Tools) -> Update:
    first: dict[str, Candidate] = {}
    for candidate in found["candidates"]:
        first.setdefault(candidate.issue_id, candidate)
    del case
    return {**found, "candidates": tuple(first.values())}


def _twice(case: Case, found: Update, _: Tools) -> Update:
    del case
    again = [one.model_copy(update={"id": f"{one.id}x"}) for one in found["candidates"][:2]]
    return {**found, "candidates": (*found["candidates"], *again)}


def _unjudged(case: Case, found: Update, _: Tools) -> Update:
    del case
    return {**found, "candidates": tuple(map(_without_verdicts, found["candidates"]))}


def _without_verdicts(candidate: Candidate) -> Candidate:
    actions = tuple(a.model_copy(update={"verdict": None}) for a in candidate.actions)
    return candidate.model_copy(update={"actions": actions})


def _worst(decided: Decided, _: object, own: list[Candidate], *__: object) -> Decided:
    """Of what does something, the candidate with the least total; never asking or handing over."""
    able = [candidate for candidate in own if solves(candidate)]
    if decided[0] is None or not able:
        return decided
    worst = min(able, key=total)
    return decided[0].model_copy(update={"candidate_id": worst.id}), None


def _always(_: Decided, *__: object) -> Decided:
    return None, NOTHING


def _never(decided: Decided, _: object, own: list[Candidate], *__: object) -> Decided:
    if decided[0] is not None or not own:
        return decided
    able = [candidate for candidate in own if solves(candidate)] or own
    return Choice(candidate_id=able[0].id, reason="something has to be said"), None


def _for_another_reason(decided: Decided, *_: object) -> Decided:
    choice, abstention = decided
    if abstention is None:
        return decided
    code = "no_evidence" if abstention.code != "no_evidence" else "missing_facts"
    return choice, abstention.model_copy(update={"code": code})


def _both(decided: Decided, *_: object) -> Decided:
    return decided[0], NOTHING


def _of_nobody(decided: Decided, *_: object) -> Decided:
    choice, abstention = decided
    return (choice.model_copy(update={"candidate_id": "i9.c9"}) if choice else None), abstention


def _chose(_: EvalCase, sound: EvalResult) -> bool:
    return sound.suggestion is not None and sound.suggestion.choice is not None


def _abstained(_: EvalCase, sound: EvalResult) -> bool:
    return sound.suggestion is not None and sound.suggestion.abstention is not None


def _abstained_for_a_reason(case: EvalCase, sound: EvalResult) -> bool:
    return case.expect.abstention is not None and _abstained(case, sound)


def _does_otherwise(_: EvalCase, sound: Suggestion, faulty: Suggestion) -> bool:
    """Whether nothing that was chosen is chosen still."""
    before, after = _chosen(sound), _chosen(faulty)
    return bool(after) and before.isdisjoint(after)


def _chosen(made: Suggestion) -> set[str]:
    """The kinds of action of what is chosen."""
    chosen = {issue.choice.candidate_id for issue in made.issues if issue.choice}
    return {a.kind for one in made.candidates if one.id in chosen for a in one.actions}


FAULTS = (
    Fault(
        "one-candidate", "one candidate and no alternative", "graph.steps.evaluate",
        ("candidates_valid",), finds("evaluate", _first_of_each), anywhere,
    ),
    Fault(
        "candidates-alike", "the same candidate twice", "graph.steps.propose",
        ("candidates_differ",), finds("propose", _twice), anywhere,
    ),
    Fault(
        "unjudged", "actions without a verdict", "graph.steps.evaluate", ("candidates_valid",),
        finds("evaluate", _unjudged), anywhere,
    ),
    Fault(
        "worst-chosen", "the worst candidate is chosen", "graph.steps.decide._decided",
        ("choice",), returns(DECIDED, _worst), _chose, _does_otherwise,
    ),
    Fault(
        "abstains-always", "never an answer", "graph.steps.decide._decided",
        ("outcome", "abstention"), returns(DECIDED, _always), _chose,
    ),
    Fault(
        "abstains-never", "an answer at any price", "graph.steps.decide._decided",
        ("outcome", "abstention"), returns(DECIDED, _never), _abstained,
    ),
    Fault(
        "wrong-reason", "an abstention for another reason", "graph.steps.decide._decided",
        ("abstention",), returns(DECIDED, _for_another_reason), _abstained_for_a_reason,
    ),
    Fault(
        "choice-and-abstention", "an answer and an abstention at once",
        "graph.steps.decide._decided", ("integrity",), returns(DECIDED, _both), _chose,
    ),
    Fault(
        "choice-of-nobody", "a candidate is chosen that is none", "graph.steps.decide._decided",
        ("integrity",), returns(DECIDED, _of_nobody), _chose,
    ),
)  # fmt: skip
