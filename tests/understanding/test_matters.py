"""One matter or several: what is told apart, and what is not."""

from collections.abc import Sequence

import pytest

from assist.domain.actions import ActionType
from assist.domain.categories import Category
from assist.understanding.categories import Sorter
from assist.understanding.issues import tell_apart
from assist.understanding.points import said

CATEGORIES = (
    Category(id="heating", title="Heating", terms=("thermostat", "wrong temperature", "boiler")),
    Category(id="video", title="Video", terms=("picture", "doorbell", "black picture")),
    Category(id="plan", title="Plan", terms=("cancel the plan", "the plan", "yearly plan")),
    Category(id="refunds", title="Refunds", terms=("refund", "money back")),
    Category(id="recalls", title="Recalls", terms=("the recall", "recalled plug")),
)
ACTIONS = (
    ActionType(
        kind="refund", title="r", categories=("refunds", "heating", "video"),
        signals=("refund", "money back"),
    ),
    ActionType(kind="remedy", title="r", categories=("recalls",), signals=("the recall",)),
)  # fmt: skip
PRODUCTS = ("Thermostat 1", "Doorbell 1", "Camera 3", "Plug 2")


def no_meaning(_query: str, texts: Sequence[str]) -> list[float]:
    return [0.3 for _ in texts]


SORTER = Sorter(CATEGORIES, ACTIONS, no_meaning, products=PRODUCTS)


def matters(turn: str) -> list[str | None]:
    return [told.category for told in tell_apart(said(turn), SORTER)]


def test_a_question_in_the_companys_words_is_told_apart_from_the_report_before_it() -> None:
    turn = "My thermostat shows the wrong temperature. How do I cancel the plan, the yearly plan?"
    assert matters(turn) == ["heating", "plan"]


def test_what_they_want_done_about_a_report_belongs_to_it() -> None:
    assert len(matters("My thermostat shows the wrong temperature. I want my money back.")) == 1
    assert len(matters("The boiler is broken. Can it be changed under the yearly plan?")) == 1


def test_a_statement_in_a_paragraph_of_its_own_is_a_report() -> None:
    turn = "My doorbell picture is black, a black picture.\n\nPlease cancel the plan."
    first, second = tell_apart(said(turn), SORTER)
    assert (first.category, second.category) == ("video", "plan")
    assert [p.text for p in first.points] == ["My doorbell picture is black, a black picture."]


def test_an_entry_of_a_list_in_one_sentence_is_a_point_of_its_own() -> None:
    turn = "Two things: my thermostat is amber, and I want to cancel the plan."
    sayings = said(turn)
    assert [(s.text, s.role) for s in sayings] == [
        ("My thermostat is amber", "problem"),
        ("I want to cancel the plan.", "request"),
    ]


@pytest.mark.parametrize(
    "turn",
    ["I read about the recall. I want my money back.", "The recall is out. Can I get a refund?"],
)
def test_the_reason_for_a_refund_is_the_matter_and_not_the_refund(turn: str) -> None:
    assert SORTER.category(said(turn)) == "recalls"


def test_a_refund_without_another_reason_is_about_the_refund() -> None:
    assert SORTER.category(said("When do I get my money back?")) == "refunds"
