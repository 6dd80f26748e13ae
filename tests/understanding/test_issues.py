from assist.domain.policy import Category
from assist.understanding.issues import best_category, tell_apart
from assist.understanding.points import said

CATEGORIES = (
    Category(id="returns", title="Returns", terms=("return", "send back", "money back")),
    Category(id="connectivity", title="Connectivity", terms=("offline", "wifi", "hub")),
    Category(id="billing", title="Billing", terms=("charged", "invoice", "charged twice")),
)


def test_two_paragraphs_of_two_categories_are_two_issues() -> None:
    told = tell_apart(
        said("My hub is offline. How do I fix it?\n\nAlso, I was charged twice. Please look."),
        CATEGORIES,
    )
    assert [t.category for t in told] == ["connectivity", "billing"]


def test_details_without_a_category_belong_to_the_issue_before() -> None:
    told = tell_apart(
        said("My hub is offline.\n\nThe light is red.\n\nIt began on Monday."), CATEGORIES
    )
    assert len(told) == 1
    assert "It began on Monday." in told[0].text


def test_an_introduction_is_not_an_issue() -> None:
    told = tell_apart(
        said("I bought a hub in May.\n\nI was charged twice for it, why?"), CATEGORIES
    )
    assert [t.category for t in told] == ["billing"]


def test_the_problem_names_the_issue_when_the_question_only_points_at_it() -> None:
    told = tell_apart(said("My hub is offline since yesterday. How do I fix it?"), CATEGORIES)
    assert told[0].key.text == "My hub is offline since yesterday."


def test_a_longer_term_weighs_more() -> None:
    assert best_category("the hub was charged twice", CATEGORIES) == "billing"


def test_no_term_no_category() -> None:
    assert best_category("a question about solar panels", CATEGORIES) is None
