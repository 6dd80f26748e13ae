"""What an answer is worth beside an act that the customer asks for."""

from assist.domain.actions import ActionType
from assist.domain.case import Case
from assist.domain.issue import Issue
from assist.domain.solution import Action, Candidate
from assist.domain.verdict import Verdict
from assist.graph.scores import score
from tests.builders import NOW, a_ticket
from tests.policies.rules import a_policy, rules

CREDIT = ActionType(kind="credit", title="Give a credit", signals=("credit",))
COMPANY = rules(a_policy(), actions=(CREDIT,))
ANSWER = Candidate(id="c1", issue_id="i1", title="Answer", actions=(Action(kind="inform"),))


def effectiveness(act: Candidate) -> float | None:
    """Of the answer, where articles cover all of it and this act stands beside it."""
    issue = Issue(id="i1", statement="A credit.", text="Please give me a credit.")
    case = Case(
        ticket=a_ticket(issue.text),
        now=NOW,
        issues=(issue,),
        coverage={"i1": 1.0},
        candidates=(ANSWER, act),
    )
    return next(s.value for s in score(ANSWER, case, COMPANY) if s.name == "effectiveness")


def test_an_answer_is_worth_half_beside_an_act_that_is_asked_for_and_only_that() -> None:
    act = Candidate(
        id="c2",
        issue_id="i1",
        title="Give a credit",
        actions=(Action(kind="credit"),),
        verdict=Verdict(value="allowed"),
    )
    assert effectiveness(act) == 0.5
    assert effectiveness(act.model_copy(update={"verdict": Verdict(value="forbidden")})) == 1.0
    assert effectiveness(act.model_copy(update={"instead_of": "c9"})) == 1.0
