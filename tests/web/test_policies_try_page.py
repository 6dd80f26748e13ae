"""The page where an action is tried against the policies."""

import pytest
from fastapi.testclient import TestClient

from tests.web.policy_pages import ON, links, page, trial
from tests.web.test_pages import HOSTILE, Page, check_harmless


def test_the_form_comes_empty_and_judges_nothing(client: TestClient) -> None:
    found = page(client, "/policies/try")

    assert "Why" not in found.texts.get("h3", "")
    assert "goodwill credit" in found.texts["option"]


def test_a_trial_shows_the_verdict_the_proof_and_what_may_be_done_instead(
    client: TestClient,
) -> None:
    found = trial(client, amount="5000", granted="nothing", facts="customer.credits_90_days = 0")

    assert "credit 5000.00 GBP" in found.texts["h2"]
    assert "Why" in found.texts["h3"]
    assert "Instead, at level agent" in found.texts["b"]
    assert f"/policies/goodwill?on={ON}#goodwill.credit" in links(found)


def test_a_trial_shows_what_to_ask(client: TestClient) -> None:
    found = trial(client, kind="refund")

    assert "On which day did the parcel arrive?" in found.texts["li"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "crdit"}, "there is no action 'crdit'"),
        ({"kind": "callback"}, "callback has no amount"),
        ({"amount": "-1"}, "-1 is negative"),
        ({"currency": ""}, "10 has no currency"),
        ({"facts": "order.paid"}, "'order.paid' is no fact"),
        ({"facts": "order.payed = true"}, "the fact 'order.payed' is not declared"),
        ({"facts": "order.paid = yes"}, "'yes' is neither true nor false"),
        ({"facts": "order.delivered_at = soon"}, '"soon" is no date'),
        ({"date": "soon"}, "date: cannot be read"),
        ({"level": "boss"}, "there is no level 'boss'"),
    ],
)
def test_a_trial_that_cannot_be_made_says_what_is_wrong_and_keeps_the_form(
    client: TestClient, fields: dict[str, str], said: str
) -> None:
    found = trial(client, status=422, **fields)

    assert said in found.texts["p"]
    assert found.texts.get("textarea", "") == fields.get("facts", "")


def test_hostile_words_are_shown_and_never_run(client: TestClient) -> None:
    searched = client.get("/policies", params={"q": HOSTILE, "on": ON})
    check_harmless(Page(searched.text))
    assert Page(searched.text).field("q") == HOSTILE
    found = trial(client, status=422, facts=HOSTILE, kind="credit")
    assert found.texts["textarea"] == HOSTILE
