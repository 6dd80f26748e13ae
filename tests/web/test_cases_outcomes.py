"""What comes after an answer: news, questions to colleagues, what came of it."""

import pytest
from fastapi.testclient import TestClient

from tests.web.cases import (
    COURIER,
    a_decision,
    a_ticket,
    act,
    an_outcome,
    answered,
    done,
    opened,
    read,
    the_courier,
)
from tests.web.checks import check_problem
from tests.web.ledger import a_question

TOLD = {"key": "p-1", "by": "Mo", "text": "We have asked the courier. We will call you tomorrow."}


def test_nothing_came_of_it_before_somebody_answered(client: TestClient) -> None:
    view = opened(client, "o-early")

    body = check_problem(
        act(client, view, "outcome", an_outcome("solved")), 409, "not been answered"
    )

    assert body["type"] == "/problems/stale"
    assert read(client, view) == view


def test_a_solved_case_keeps_what_the_customer_said_and_is_looked_at_again(
    client: TestClient,
) -> None:
    view = answered(client, "o-solved")
    told = an_outcome("solved", rating=5, comment="That was quick.")

    after = done(act(client, view, "outcome", told))

    assert after["case"]["status"] == "solved"
    assert (after["outcome"]["rating"], after["outcome"]["comment"]) == (5, "That was quick.")
    assert [entry["kind"] for entry in after["ledger"]].count("look") == 1
    assert done(act(client, view, "outcome", told)) == after
    again = act(client, view, "outcome", an_outcome("no_answer", key="o-2"))
    check_problem(again, 409, "is solved")


def test_a_customer_who_does_not_answer_ends_a_case_too(client: TestClient) -> None:
    view = answered(client, "o-silent")

    after = done(act(client, view, "outcome", an_outcome("no_answer")))

    assert after["case"]["status"] == "unanswered"
    check_problem(act(client, view, "decision", a_decision(view, key="d-2")), 409, "unanswered")


def test_what_did_not_help_is_known_to_the_next_suggestion(client: TestClient) -> None:
    view = opened(client, "o-failed")
    chosen = a_decision(view, "choose", candidate_id=the_courier(view))
    done(act(client, view, "decision", chosen))

    after = done(
        act(client, view, "outcome", an_outcome("not_solved", tried="Asked the neighbors."))
    )

    assert (after["case"]["status"], after["tried"]) == ("deciding", ["Asked the neighbors."])
    assert after["case"]["suggestion_id"] != view["case"]["suggestion_id"]
    tried = after["suggestion"]["issue"]["tried"]
    assert {"Asked the neighbors.", COURIER} <= set(tried)
    assert after["suggestion"]["choice"]["candidate_id"] != the_courier(view)
    stale = a_decision(view, key="d-2")
    check_problem(act(client, view, "decision", stale), 409, "did not help")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "maybe"}, "kind"),
        ({"rating": 6}, "rating"),
        ({"rating": 0}, "rating"),
        ({"kind": "no_answer", "rating": 3}, "rating"),
        ({"comment": "x" * 2_001}, "comment"),
    ],
    ids=str,
)
def test_an_outcome_that_is_none_is_refused(
    client: TestClient, fields: dict[str, object], words: str
) -> None:
    view = answered(client, "o-unfit")

    check_problem(act(client, view, "outcome", an_outcome("solved") | fields), 422, words)

    assert read(client, view) == view


def test_what_a_customer_is_told_meanwhile_is_kept_and_its_promises_too(
    client: TestClient,
) -> None:
    view = opened(client, "o-news")

    after = done(act(client, view, "progress", TOLD))

    assert (after["case"]["status"], after["sent"][0]["text"]) == ("deciding", TOLD["text"])
    assert "call you tomorrow" in after["ledger"][0]["what"]
    assert done(act(client, view, "progress", TOLD)) == after
    assert after["case"]["suggestion_id"] == view["case"]["suggestion_id"]


def test_news_without_words_is_none(client: TestClient) -> None:
    view = opened(client, "o-wordless")

    check_problem(act(client, view, "progress", TOLD | {"text": ""}), 422, "text")


def test_a_colleague_is_asked_about_a_case_and_their_answer_is_news(client: TestClient) -> None:
    view = opened(client, "o-asked")
    question = a_question("o-scan", ticket_id="o-asked", fact="order.shipped_at")

    asked = done(act(client, view, "consult", question))

    assert [one["id"] for one in asked["consultations"]] == ["o-scan"]
    assert done(act(client, view, "consult", question)) == asked
    told = {"by": "Ida", "answer": "2026-11-06"}
    assert client.post("/v1/consultations/o-scan/answer", json=told).status_code == 200
    assert read(client, view)["changed"] == [f"Ida answered: {question['question']}"]
    redrafted = done(act(client, view, "decision", a_decision(view, "add_facts")))
    facts = {fact["path"]: fact["value"] for fact in redrafted["suggestion"]["issue"]["facts"]}
    assert (facts["order.shipped_at"], redrafted["changed"]) == ("2026-11-06", [])


def test_a_question_that_the_suggestion_proposes_is_asked_by_its_id(client: TestClient) -> None:
    ticket = a_ticket("o-proposed", facts={"order.id": "ORD-77"})
    view = client.post("/v1/cases", json=ticket).json()
    proposed = [one for one in view["suggestion"]["consultations"] if one["state"] == "proposed"]
    asked = {"id": "o-none", "by": "Mo", "suggestion_id": view["case"]["suggestion_id"]}

    check_problem(act(client, view, "consult", asked), 404, "proposes no question")

    for one in proposed:
        after = done(act(client, view, "consult", asked | {"id": one["id"]}))
        assert one["id"] in [kept["id"] for kept in after["consultations"]]
