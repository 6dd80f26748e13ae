from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.cases import (
    PROMISE,
    a_decision,
    a_ticket,
    act,
    answered,
    done,
    opened,
    read,
    the_courier,
)
from tests.web.checks import check_problem


def test_an_accepted_draft_was_sent_as_it_is(client: TestClient) -> None:
    view = opened(client, "d-accept")
    plan = [item["action"] for item in view["suggestion"]["plan"][:1]]

    after = done(act(client, view, "decision", a_decision(view, "accept", ticked=plan)))

    assert after["case"]["status"] == "waiting"
    assert [sent["text"] for sent in after["sent"]] == [view["suggestion"]["draft"]["text"]]
    assert (after["decisions"][0]["kind"], after["ticked"]) == ("accept", plan)
    assert read(client, view) == after


def test_of_a_draft_that_was_edited_the_text_of_the_agent_was_sent(client: TestClient) -> None:
    view = opened(client, "d-edit")

    after = done(act(client, view, "decision", a_decision(view, text="Please wait a day.")))

    assert after["case"]["status"] == "waiting"
    assert [(sent["by"], sent["text"]) for sent in after["sent"]] == [("Mo", "Please wait a day.")]
    assert after["suggestion"] == view["suggestion"]


def test_another_candidate_is_chosen_by_its_id(client: TestClient) -> None:
    view = opened(client, "d-choose")
    assert view["suggestion"]["choice"]["candidate_id"] != the_courier(view)

    after = done(
        act(client, view, "decision", a_decision(view, "choose", candidate_id=the_courier(view)))
    )

    assert after["decisions"][0]["candidate_id"] == the_courier(view)
    assert after["case"]["status"] == "waiting"


def test_who_asks_the_customer_waits_for_them(client: TestClient) -> None:
    view = opened(client, "d-ask")

    after = done(
        act(client, view, "decision", a_decision(view, "ask_customer", text="Which order is it?"))
    )

    assert after["case"]["status"] == "waiting"
    assert [entry["kind"] for entry in after["ledger"]] == ["answer"]


def test_a_suggestion_that_was_rejected_can_still_be_decided_on(client: TestClient) -> None:
    view = opened(client, "d-reject")

    after = done(act(client, view, "decision", a_decision(view, "reject", reason="another order")))

    assert (after["case"]["status"], after["sent"]) == ("deciding", [])
    assert after["decisions"][0]["reason"] == "another order"
    edited = a_decision(after, key="d-2")
    assert done(act(client, view, "decision", edited))["case"]["status"] == "waiting"


def test_a_case_that_was_handed_over_says_by_whom_and_why(client: TestClient) -> None:
    view = opened(client, "d-escalate")

    after = done(
        act(client, view, "decision", a_decision(view, "escalate", reason="names a lawyer"))
    )

    assert after["escalated"]["by"] == "Mo"
    assert after["escalated"]["body"]["reason"] == "names a lawyer"
    assert after["case"]["status"] == "deciding"


def test_added_facts_lead_to_another_suggestion_that_knows_them(client: TestClient) -> None:
    view = opened(client, "d-facts")
    told = a_decision(view, "add_facts", facts={"order.id": "ORD-77"}, ticked=["asked"])

    after = done(act(client, view, "decision", told))

    assert after["case"]["status"] == "deciding"
    assert after["case"]["suggestion_id"] != view["case"]["suggestion_id"]
    facts = {fact["path"]: fact["value"] for fact in after["suggestion"]["issue"]["facts"]}
    assert facts["order.id"] == "ORD-77"
    assert after["ticked"] == ["asked"]


def test_deciding_on_a_suggestion_that_facts_have_overtaken_says_who_added_which(
    client: TestClient,
) -> None:
    view = opened(client, "d-overtaken")
    told = a_decision(view, "add_facts", facts={"order.id": "ORD-77"})
    after = done(act(client, view, "decision", told))

    body = check_problem(
        act(client, view, "decision", a_decision(view, key="d-2")), 409, "Mo added facts (order.id)"
    )

    assert body["type"] == "/problems/stale"
    assert after["case"]["suggestion_id"] in body["cure"]
    assert read(client, view) == after


def test_a_new_message_makes_the_suggestion_stale_at_once(client: TestClient) -> None:
    view = opened(client, "d-stale")
    newer = opened(client, "d-stale", revision=2, text="It is here now, but broken.")

    body = check_problem(act(client, view, "decision", a_decision(view)), 409, "revision 2")

    assert (body["type"], body["where"]) == ("/problems/stale", "suggestion_id")
    assert read(client, view) == newer
    assert done(act(client, view, "decision", a_decision(newer)))["case"]["status"] == "waiting"


def test_a_customer_who_writes_while_we_wait_is_answered_anew(client: TestClient) -> None:
    view = answered(client, "d-anew")

    newer = opened(client, "d-anew", revision=2, text="Nobody has written. Where is my parcel?")

    assert newer["case"]["status"] == "deciding"
    assert newer["case"]["suggestion_id"] != view["case"]["suggestion_id"]
    assert newer["sent"] == view["sent"]


def test_the_same_decision_sent_twice_is_made_once(client: TestClient) -> None:
    view = opened(client, "d-twice")

    first = done(act(client, view, "decision", a_decision(view)))

    assert done(act(client, view, "decision", a_decision(view))) == first
    assert len(first["sent"]) == len(first["decisions"]) == 1


def test_a_key_is_that_of_one_act_only(client: TestClient) -> None:
    view = opened(client, "d-key")
    first = done(act(client, view, "decision", a_decision(view)))

    other = act(client, view, "decision", a_decision(view, text="Something else."))
    another = act(client, view, "cancel", {"key": "d-1", "by": "Mo"})

    for answer in (other, another):
        assert check_problem(answer, 409)["type"] == "/problems/already-done"
    assert read(client, view) == first


def test_what_was_decided_is_not_decided_again(client: TestClient) -> None:
    view = answered(client, "d-again")

    answer = act(client, view, "decision", a_decision(view, "accept", key="d-2", by="Ida"))

    assert check_problem(answer, 409, "decided by Mo")["type"] == "/problems/stale"
    assert [sent["text"] for sent in read(client, view)["sent"]] == [PROMISE]


def test_a_case_that_was_cancelled_takes_no_act_until_the_customer_writes(
    client: TestClient,
) -> None:
    view = opened(client, "d-ended")
    cancel = {"key": "x-1", "by": "Mo", "reason": "it came twice"}
    ended = done(act(client, view, "cancel", cancel))

    assert ended["case"]["status"] == "cancelled"
    assert done(act(client, view, "cancel", cancel)) == ended
    for path, told in (
        ("decision", a_decision(view)),
        ("progress", {"key": "p-1", "by": "Mo", "text": "We are at it."}),
        ("outcome", {"key": "o-1", "by": "Mo", "kind": "solved"}),
        ("cancel", {"key": "x-2", "by": "Mo"}),
    ):
        body = check_problem(act(client, view, path, told), 409, "is cancelled")
        assert body["type"] == "/problems/already-done"
    assert client.post("/v1/cases", json=a_ticket("d-ended")).json() == ended
    assert opened(client, "d-ended", revision=2)["case"]["status"] == "deciding"


@pytest.mark.parametrize(
    ("kind", "fields", "where"),
    [
        ("edit", {"suggestion_id": "s-9"}, "suggestion_id"),
        ("choose", {"candidate_id": "c-9"}, "candidate_id"),
        ("add_facts", {"facts": {"order.number": "1"}}, "order.number"),
        ("add_facts", {"facts": {"order.id": 1}}, "order.id"),
        ("edit", {"text": " "}, ""),
        ("edit", {"facts": {"order.id": "1"}}, ""),
        ("accept", {"text": "Something else."}, ""),
        ("choose", {}, ""),
        ("edit", {"candidate_id": "i1.c1"}, ""),
        ("reject", {"reason": " "}, ""),
        ("escalate", {}, ""),
        ("forget", {}, "kind"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused_and_changes_nothing(
    client: TestClient, kind: str, fields: dict[str, Any], where: str
) -> None:
    view = opened(client, "d-unfit")

    body = check_problem(act(client, view, "decision", a_decision(view, kind, **fields)), 422)

    assert where in body.get("where", "")
    assert body["cure"]
    assert read(client, view) == view


def test_a_suggestion_of_another_case_is_not_decided_on(client: TestClient) -> None:
    view, other = opened(client, "d-mine"), opened(client, "d-other")
    decision = a_decision(other)

    check_problem(act(client, view, "decision", decision), 409, "another case")

    assert (read(client, view), read(client, other)) == (view, other)
