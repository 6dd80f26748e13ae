"""Each kind has its signs; without them nothing is guessed."""

import pytest

from assist.insights.gaps.clusters import FEWEST
from assist.insights.gaps.kinds import DEFECT_TICKETS, Answered, Seen, classify
from assist.insights.gaps.repeats import unclear
from tests.insights.gaps.building import an_issue

PLAIN = tuple(an_issue(f"t-{n}", f"Do you ship to the moon, {n}?") for n in range(5))


def test_without_any_sign_an_article_is_missing() -> None:
    kind = classify(Seen(issues=PLAIN))
    assert kind.kind == "missing_article"
    assert "5 tickets" in kind.reason


def test_what_siblings_cover_is_said_to_be_looked_at_and_not_to_be_about_something_else() -> None:
    issues = tuple(an_issue(f"t-{n}", f"Rent, {n}?", coverage=0.9, document="a") for n in range(5))
    kind = classify(Seen(issues=issues))
    assert kind.kind == "missing_article"
    assert kind.reason.endswith(
        "come less near to any article than others do; see whether a says it"
    )


def test_what_replies_say_from_an_article_that_is_not_found_is_unfindable() -> None:
    answered = Answered(document_id="delivery", replies=4, of=5)
    kind = classify(Seen(issues=PLAIN, answered=answered, lacking=("moon",)))
    assert (kind.kind, kind.documents) == ("unfindable", ("delivery",))
    assert "moon" in kind.reason


@pytest.mark.parametrize("why", ["wrong_audience", "wrong_region_or_product"])
def test_an_answer_kept_from_these_customers_is_named(why: str) -> None:
    issues = tuple(one.model_copy(update={"elsewhere": "guide"}) for one in PLAIN)
    kind = classify(
        Seen.model_validate({"issues": issues, "elsewhere": why, "scope": "it is apart"})
    )
    assert (kind.kind, kind.documents) == (why, ("guide",))


def test_an_action_without_a_clause_is_the_policies_silence() -> None:
    assert classify(Seen(issues=PLAIN, action="Lend a device")).kind == "policy_silent"


def test_many_failing_devices_of_one_product_are_a_defect() -> None:
    issues = tuple(
        an_issue(f"t-{n}", "My plug stopped working and keeps clicking.", product="Plug 2")
        for n in range(DEFECT_TICKETS)
    )
    kind = classify(Seen(issues=issues))
    assert kind.kind == "product_defect"
    assert "Plug 2" in kind.reason


def test_failing_devices_of_several_products_are_no_defect_of_one() -> None:
    issues = tuple(
        an_issue(f"t-{n}", "It stopped working.", product=f"Plug {n}")
        for n in range(DEFECT_TICKETS)
    )
    assert classify(Seen(issues=issues)).kind == "missing_article"


def test_questions_about_a_product_are_no_defect() -> None:
    issues = tuple(
        an_issue(f"t-{n}", "How many watts may it switch?", product="Plug 2") for n in range(9)
    )
    assert classify(Seen(issues=issues)).kind == "missing_article"


def test_an_article_after_which_customers_write_again_is_unclear() -> None:
    back = [an_issue(f"b-{n}", document="hub", answers=1, came_back=True) for n in range(FEWEST)]
    fine = [an_issue(f"f-{n}", document="plug", answers=1) for n in range(20)]
    assert list(unclear([*back, *fine])) == ["hub"]


def test_where_everybody_writes_again_no_article_is_at_fault() -> None:
    issues = [
        an_issue(f"{name}-{n}", document=name, answers=1, came_back=True)
        for name in ("hub", "plug", "camera")
        for n in range(10)
    ]
    assert unclear(issues) == {}
