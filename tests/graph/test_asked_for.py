"""What a customer asks for in words of their own is put to whoever may decide on it."""

import asyncio
from typing import Any

import pytest

from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Customer
from assist.service.desk import Desk
from tests.builders import NOW, a_ticket

TOM = {"id": "c-1002", "region": "UK", "identity_verified": True}
"""His yearly plan was charged on 14 June: beyond what an agent may refund."""


def suggested(desk: Desk, text: str, **customer: Any) -> Suggestion:
    ticket = a_ticket(text).model_copy(update={"customer": Customer.model_validate(customer)})
    return asyncio.run(desk.suggest(ticket, at=NOW))


def codes(suggestion: Suggestion) -> set[str]:
    return {trigger.code for trigger in suggestion.escalation.triggers}


@pytest.mark.parametrize(
    "text",
    [
        "I lost my job. Could I get back the money for the months of Care I will not use?",
        "We are moving abroad. Is there any chance of getting this year's Care charge back?",
    ],
)
def test_who_may_decide_is_asked_though_no_phrase_of_the_company_is_used(
    fennwick: Desk, text: str
) -> None:
    found = suggested(fennwick, text, **TOM)
    assert "authority" in codes(found)
    assert found.escalation.customer_notice in found.draft.text


def test_what_is_only_asked_about_in_general_is_put_to_nobody(fennwick: Desk) -> None:
    found = suggested(fennwick, "Which plans are there, and what do they cost?", **TOM)
    assert codes(found) == set()


def test_where_nothing_answers_it_and_somebody_may_decide_the_suggestion_says_who(
    fennwick: Desk,
) -> None:
    text = (
        "Note of a call, identity checked. Her phone with the authenticator fell into the lake. "
        "She has no codes, and must see the cameras from her sister's. Can it go off tonight?"
    )
    found = suggested(fennwick, text, id="c-1004", region="US", identity_verified=True)
    assert found.abstention is not None
    assert found.abstention.code == "out_of_authority"
    assert "authority" in codes(found)
