"""Clauses that rub, and words of praise that are passed on."""

from datetime import timedelta

from assist.domain.seen_case import Praised, SeenCase
from assist.insights.friction import Ruled, friction
from assist.insights.praise import praise
from tests.insights.trends.case_builders import DAY, FIRST, a_case, some_cases

RETURNS = "returns.window"
RULES = {RETURNS: Ruled("An unused item can be returned within 30 days.", "Returns")}


def asked(number: int, *, refused: bool = False) -> SeenCase:
    """A case in which somebody was asked because of the returns window."""
    told = {"approval_clauses": (RETURNS,), "refused_clauses": (RETURNS,) if refused else ()}
    return a_case(number, number, **told)


def test_a_clause_is_told_with_what_came_of_its_uses() -> None:
    smooth = some_cases(*range(9), clauses=(RETURNS,))
    rough = [asked(20), asked(21, refused=True), a_case(22, clauses=(RETURNS,), came_back=True)]

    (found,) = friction([*smooth, *rough], RULES)

    assert (found.uses, found.trouble, found.owner) == (12, 3, "Returns")
    assert (found.approvals.count, found.approvals.of) == (2, 12)
    assert (found.refused.count, found.refused.of) == (1, 2)
    assert (found.came_back.count, found.deviations.count) == (1, 0)
    assert found.text.startswith("An unused item")
    assert set(found.examples) == {"t-20", "t-21", "t-22"}


def test_a_clause_that_makes_no_trouble_is_not_told() -> None:
    assert friction(some_cases(*range(9), clauses=(RETURNS,)), RULES) == ()


def test_the_most_trouble_comes_first_and_a_rule_that_is_gone_has_no_words() -> None:
    cases = [
        a_case(1, clauses=("old.rule",), escalated=True),
        a_case(2, clauses=("old.rule",), escalated=True),
        asked(3),
    ]
    first, second = friction(cases, RULES)
    assert (first.clause_id, first.text, first.owner) == ("old.rule", "", "")
    assert second.clause_id == RETURNS
    assert second.approvals.rate is None


def test_praise_is_told_with_its_team_the_newest_first() -> None:
    thanks = Praised(words="Thank you so much, Mia!", at=FIRST + DAY, by=("Mia",))
    undated = Praised(words="Great service.")
    cases = [a_case(1, praise=(thanks,)), a_case(2, 3, praise=(undated,), category=None)]

    newest, oldest = praise(cases, {"orders": "Operations"})

    assert (newest.words, newest.at, newest.team) == ("Great service.", FIRST + 3 * DAY, "")
    assert (oldest.team, oldest.by, oldest.ticket_id) == ("Operations", ("Mia",), "t-1")
    assert newest.at - oldest.at == timedelta(days=2)
