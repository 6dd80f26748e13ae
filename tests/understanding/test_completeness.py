"""What a clear, detailed ticket holds is found where it is, and asked for where it is not."""

import pytest
from pydantic import ValidationError

from assist.domain.completeness import Completeness, TemplateItem, TicketTemplate
from assist.domain.issue import Fact, Issue
from assist.understanding.completeness import completeness

TEMPLATE = TicketTemplate(
    items=(
        TemplateItem(id="problem", label="what happens", question="What happens?", words=6),
        TemplateItem(
            id="product",
            label="device",
            question="Which device?",
            facts=("device.product",),
            categories=("connectivity",),
        ),
        TemplateItem(id="since", label="since when", question="Since when?", when_started=True),
        TemplateItem(id="tried", label="tried", question="What have you tried?", tried=True),
        TemplateItem(id="wanted", label="wanted", question="What shall we do?", wanted=True),
    )
)


def an_issue(text: str, **fields: object) -> Issue:
    given = {"id": "i1", "statement": text, "text": text, "category": "connectivity"}
    return Issue.model_validate(given | fields)


def checked(issue: Issue) -> dict[str, bool]:
    return {item.id: item.known for item in completeness(issue, TEMPLATE).items}


def test_a_ticket_that_tells_everything_is_complete() -> None:
    issue = an_issue(
        "Since Monday my hub loses its connection to the router every night. "
        "Please tell me how to mend it.",
        facts=(Fact(path="device.product", value="Hub 2", source="customer", span="my hub"),),
        tried=("I restarted the router.",),
    )

    found = completeness(issue, TEMPLATE)

    assert found.share == 1.0
    assert [item.evidence for item in found.items][1:] == [
        "my hub",
        "Since",
        "I restarted the router.",
        "Please tell me how to mend it.",
    ]


def test_what_is_missing_comes_with_the_question_that_asks_for_it() -> None:
    found = completeness(an_issue("It does not work."), TEMPLATE)

    assert found.share == 0.0
    assert [item.question for item in found.items] == [i.question for i in TEMPLATE.items]


def test_what_matters_for_another_category_is_not_looked_for() -> None:
    assert "product" not in checked(an_issue("Where is my refund?", category="refunds"))


@pytest.mark.parametrize(
    "text",
    [
        "It broke yesterday.",
        "The parcel is missing for two weeks.",
        "It stopped on 3 November.",
        "It has been dark since the update.",
        "I ordered on 2026-11-02.",
        "It fails after the restart.",
    ],
)
def test_a_time_is_found_however_it_is_told(text: str) -> None:
    assert checked(an_issue(text))["since"]


def test_without_a_template_nothing_is_missing() -> None:
    assert completeness(an_issue("Help."), TicketTemplate()) == Completeness(share=1.0, items=())


@pytest.mark.parametrize("ways", [{}, {"words": 3, "tried": True}])
def test_an_item_has_exactly_one_way_to_be_found(ways: dict[str, object]) -> None:
    with pytest.raises(ValidationError, match="exactly one of words, facts"):
        TemplateItem.model_validate({"id": "x", "label": "x", "question": "x?"} | ways)
