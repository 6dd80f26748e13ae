from collections.abc import Sequence

from assist.domain.actions import ActionType
from assist.domain.categories import Category
from assist.understanding.categories import Sorter
from assist.understanding.issues import tell_apart
from assist.understanding.points import said

CATEGORIES = (
    Category(id="returns", title="Returns", terms=("return", "send back", "money back")),
    Category(id="connectivity", title="Connectivity", terms=("offline", "wifi", "hub")),
    Category(id="billing", title="Billing", terms=("charged", "invoice", "charged twice")),
)


def no_meaning(_query: str, texts: Sequence[str]) -> list[float]:
    """Every text is as near as every other: terms decide alone."""
    return [0.3 for _ in texts]


SORTER = Sorter(CATEGORIES, (), no_meaning)


def test_two_paragraphs_of_two_categories_are_two_issues() -> None:
    turn = "My hub is offline. How do I fix it?\n\nAlso, I was charged twice. Please look."
    assert [t.category for t in tell_apart(said(turn), SORTER)] == ["connectivity", "billing"]


def test_details_without_a_category_belong_to_the_issue_before() -> None:
    turn = "My hub is offline.\n\nThe light is red.\n\nIt began on Monday."
    (told,) = tell_apart(said(turn), SORTER)
    assert "It began on Monday." in told.text


def test_an_introduction_is_not_an_issue() -> None:
    turn = "I bought a hub in May.\n\nI was charged twice for it, why?"
    assert [t.category for t in tell_apart(said(turn), SORTER)] == ["billing"]


def test_a_paragraph_that_comes_back_to_an_earlier_issue_belongs_to_it() -> None:
    turn = (
        "My hub is offline, please help.\n\nAlso, why was I charged twice?\n\n"
        "Does the hub need the wifi to be offline first?"
    )
    first, second = tell_apart(said(turn), SORTER)
    assert (first.category, second.category) == ("connectivity", "billing")
    assert "offline first" in first.text


def test_the_problem_names_the_issue_when_the_question_only_points_at_it() -> None:
    (told,) = tell_apart(said("My hub is offline since yesterday. How do I fix it?"), SORTER)
    assert told.key.text == "My hub is offline since yesterday."


def test_a_longer_term_weighs_more() -> None:
    assert SORTER.best(said("the hub was charged twice")) == "billing"


def test_no_witness_no_category() -> None:
    assert SORTER.best(said("a question about solar panels")) is None


def test_what_the_customer_asks_us_to_do_is_a_witness() -> None:
    refund = ActionType(kind="refund", title="r", categories=("returns",), signals=("pay me back",))
    sorter = Sorter(CATEGORIES, (refund,), no_meaning)
    assert sorter.best(said("Please pay me back for the thing.")) == "returns"


def test_meaning_is_a_witness_where_no_term_is_said() -> None:
    def near_returns(_query: str, texts: Sequence[str]) -> list[float]:
        return [0.6 if "Returns" in text else 0.1 for text in texts]

    assert Sorter(CATEGORIES, (), near_returns).best(said("ship it to you again")) == "returns"
