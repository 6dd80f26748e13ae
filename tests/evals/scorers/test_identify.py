"""Identify, scored: the issues, their category, what is known, what the customer raised."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from assist.domain.draft import Draft
from assist.domain.escalation import Escalation
from assist.domain.issue import Fact, Point
from assist.domain.records import CustomerRecord
from assist.domain.suggestion import Question, Suggestion
from assist.ports import Vectors
from evals.scorers import SCORERS
from evals.scorers.grounds import Embed, Grounds
from tests.builders import a_ticket
from tests.evals.builders import (
    a_case,
    a_draft,
    a_fact,
    a_sentence,
    a_suggestion,
    an_abstention,
    an_escalation,
    an_issue,
    known_passages,
)
from tests.evals.scorers.scoring import ALL_MET, missed, scored, value


def test_an_issue_is_found_by_its_words_or_one_of_two() -> None:
    assert scored("issue", a_suggestion(), issue=["filter|cartridge", "CHANGED"]) == ALL_MET
    assert value("issue", a_suggestion(), issue=["filter", "leak"]) == 0.5


def test_an_issue_that_was_not_found_is_named_beside_those_that_were() -> None:
    score = scored("issue", a_suggestion(), issue=["leak"])
    assert score == missed("no issue holds “leak”: The filter must be changed.")


def test_an_issue_is_found_by_its_symptoms_and_by_its_own_words() -> None:
    suggestion = a_suggestion(issue=an_issue(symptoms=("a red drop blinks",)))
    assert scored("issue", suggestion, issue=["blinks", "red drop"]) == ALL_MET


@pytest.mark.parametrize(("count", "value"), [(2, 1.0), (1, 0.0)])
def test_issues_are_counted(count: int, value: float) -> None:
    suggestion = a_suggestion(issues=(an_issue(), an_issue(id="i2", statement="It leaks.")))
    score = scored("issues", suggestion, issues=count)
    assert score.value == value
    assert ("It leaks." in score.explanation) == (value == 0)


def test_category_is_that_of_the_main_issue() -> None:
    assert scored("category", a_suggestion(), category="filters") == ALL_MET
    wrong = scored("category", a_suggestion(), category="billing")
    assert wrong == missed("filters instead of billing")


def test_a_missing_category_is_named_as_missing() -> None:
    score = scored("category", a_suggestion(issue=an_issue(category=None)), category="billing")
    assert score == missed("no category instead of billing")


def knowing(path: str, value: object) -> Suggestion:
    """A suggestion whose issue knows this."""
    fact = Fact.model_validate({"path": path, "value": value, "source": "customer"})
    return a_suggestion(issue=an_issue(facts=(fact,)))


@pytest.mark.parametrize(
    ("got", "wanted"),
    [
        ("FW-1", "fw-1"),
        ({"amount": "129.00", "currency": "USD"}, "129.0 USD"),
        ("129 USD", {"amount": "129.00", "currency": "USD"}),
        ("2026-11-02T00:00:00", "2026-11-02"),
        (True, True),
        (3, "3.0"),
    ],
)
def test_values_that_mean_the_same_are_the_same(got: object, wanted: object) -> None:
    assert scored("facts", knowing("order.x", got), facts={"order.x": wanted}) == ALL_MET


@pytest.mark.parametrize(
    ("got", "wanted"),
    [("129 USD", "129 GBP"), (3, 30), (True, False), ("2026-11-02", "2026-02-11")],
)
def test_values_that_mean_something_else_are_not(got: object, wanted: object) -> None:
    assert value("facts", knowing("order.x", got), facts={"order.x": wanted}) == 0


def test_a_fact_that_is_not_known_or_known_wrongly_is_named() -> None:
    known = knowing("order.id", "FW-1")
    assert scored("facts", known, facts={"order.id": "FW-2"}) == missed(
        "order.id is fw-1, not FW-2"
    )
    score = scored("facts", known, facts={"order.id": "FW-1", "order.total": "9 USD"})
    assert score.value == 0.5
    assert score.explanation == "order.total is not known, not 9 USD"


class OneRecord:
    """Records of one customer, known by their address."""

    def find(self, *, customer_id: str | None, email: str | None) -> CustomerRecord | None:
        kim = CustomerRecord(id="c-1", emails=("kim@example.com",), region="UK")
        return kim if email in kim.emails or customer_id == kim.id else None


def test_what_the_record_says_of_the_customer_is_known() -> None:
    case = a_case(facts={"customer.id": "c-1", "customer.region": "UK"})
    asked = case.model_copy(update={"ticket": a_ticket(email="kim@example.com")})
    grounds = Grounds(passage=known_passages, records=OneRecord())
    assert SCORERS["facts"].score(asked, a_suggestion(), grounds) == ALL_MET
    assert SCORERS["facts"].score(case, a_suggestion(), grounds).value == 0


def raising(point: str, status: str = "answered", **fields: Any) -> Suggestion:
    """A suggestion whose one issue holds this point."""
    given = Point.model_validate({"text": point, "status": status})
    issue = an_issue(points=(given,), **fields.pop("issue", {}))
    return a_suggestion(issue=issue, **fields)


def test_a_point_counts_where_it_is_listed_and_taken_up_or_in_the_reply() -> None:
    suggestion = raising("Who pays the postage?")
    assert scored("points", suggestion, points=["postage", "90 days"]) == ALL_MET
    assert value("points", suggestion, points=["postage", "a loan"]) == 0.5


def test_a_point_that_is_neither_listed_nor_spoken_of_is_named() -> None:
    score = scored("points", raising("Who pays the postage?"), points=["a loan"])
    assert score == missed("“a loan” is no point, and the reply is silent: Who pays the postage?")


SILENT = a_draft(a_sentence("Thank you for writing.", "courtesy"))
POSTAGE = "Who pays the postage for the way back?"


def test_a_point_that_is_called_answered_needs_an_answer() -> None:
    score = scored("points", raising(POSTAGE, "answered", draft=SILENT), points=["postage"])
    assert score == missed(f"“postage” is open, and the reply does not say so: {POSTAGE}")
    answered = raising(POSTAGE, "answered", draft=a_draft(a_fact()))
    assert scored("points", answered, points=["postage"]) == ALL_MET


def alike(*same: str) -> Embed:
    """An embedder for which these texts mean the same, and any other nothing of it."""

    def embed(texts: Sequence[str]) -> Vectors:
        return np.array([[1.0, 0.0] if text in same else [0.0, 0.0] for text in texts])

    return embed


def test_a_point_is_answered_by_a_statement_that_is_about_it() -> None:
    answer, other = "We pay for the label.", "The water filter lasts 90 days."
    grounds = Grounds(passage=known_passages, embed=alike(POSTAGE, answer))
    told = raising(POSTAGE, "answered", draft=a_draft(a_fact(other), a_fact(answer)))
    assert scored("points", told, grounds, points=["postage"]) == ALL_MET
    beside = raising(POSTAGE, "answered", draft=a_draft(a_fact(other)))
    assert scored("points", beside, grounds, points=["postage"]).value == 0


def test_a_point_that_says_little_is_read_with_its_issue() -> None:
    answer = "Rinse it."
    bare = raising("What now?", "answered", draft=a_draft(a_fact(answer)))
    read = alike(answer, f"{bare.issue.statement} What now?")
    grounds = Grounds(passage=known_passages, embed=read)
    assert scored("points", bare, grounds, points=["What now"]) == ALL_MET


def test_a_point_that_is_called_asked_needs_a_question() -> None:
    assert value("points", raising(POSTAGE, "asked", draft=SILENT), points=["postage"]) == 0
    question = Question(fact="order.id", text="Which order?", settles="who pays")
    asked = raising(POSTAGE, "asked", draft=SILENT, questions=(question,))
    assert scored("points", asked, points=["postage"]) == ALL_MET


def test_an_open_point_is_declared_by_quoting_it_though_it_be_shortened() -> None:
    assert value("points", raising(POSTAGE, "open", draft=SILENT), points=["postage"]) == 0
    quoting = a_draft(a_sentence("We cannot say yet: “who pays the postage for…”", "courtesy"))
    declared = raising(POSTAGE, "open", draft=quoting)
    assert scored("points", declared, points=["postage"]) == ALL_MET


def test_an_open_point_is_declared_where_its_whole_issue_is() -> None:
    nothing = {"choice": None, "abstention": an_abstention()}
    declared = raising(POSTAGE, "open", draft=SILENT, issue=nothing)
    assert scored("points", declared, points=["postage"]) == ALL_MET


NOTICE = "Ida writes to you."
HANDED_OVER = an_escalation("safety").model_copy(update={"customer_notice": NOTICE})
TELLING = a_draft(a_sentence(NOTICE, "promise"))


@pytest.mark.parametrize(
    ("escalation", "draft", "value"),
    [
        (HANDED_OVER, TELLING, 1),
        (HANDED_OVER, SILENT, 0),
        (an_escalation("safety"), TELLING, 0),
        (Escalation(needed=False, customer_notice=NOTICE), TELLING, 0),
    ],
)
def test_a_point_is_taken_up_where_the_reply_tells_who_takes_over(
    escalation: Escalation, draft: Draft, value: float
) -> None:
    handed = raising(POSTAGE, "open", draft=draft, escalation=escalation)
    assert scored("points", handed, points=["postage"]).value == value
