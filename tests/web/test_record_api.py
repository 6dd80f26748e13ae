"""What a case leaves behind, and its suggestion made again, over HTTP."""

from fastapi.testclient import TestClient

from assist.domain.record import Record
from tests.web.cases import answered, opened
from tests.web.checks import check_problem


def test_a_record_is_json_or_a_page(client: TestClient) -> None:
    case_id = answered(client, "r-1")["case"]["id"]
    place = f"/v1/cases/{case_id}/record"
    told, page = client.get(place), client.get(place, headers={"Accept": "text/markdown"})

    record = Record.model_validate_json(told.content)
    assert (record.case_id, record.status) == (case_id, "waiting")
    assert told.headers["Vary"] == page.headers["Vary"] == "Accept"
    assert page.headers["content-type"] == "text/markdown; charset=utf-8"
    assert page.text.startswith(f"# Case {case_id}: waiting\n")
    check_problem(client.get(place, headers={"Accept": "image/png"}), 406, "text/markdown")


def test_a_suggestion_is_made_again_and_nothing_is_kept(client: TestClient) -> None:
    view = opened(client, "r-2")
    place = f"/v1/cases/{view['case']['id']}/replay"
    found = client.post(place).json()

    assert (found["same"], found["differences"]) == (True, [])
    assert found["suggestion_id"] == view["case"]["suggestion_id"]
    named = client.post(place, params={"suggestion": view["case"]["suggestion_id"]}).json()
    assert named == found
    other = opened(client, "r-3")["case"]["suggestion_id"]
    body = check_problem(client.post(place, params={"suggestion": other}), 422, "is of case")
    assert body["where"] == "suggestion"


def test_what_is_not_there_is_not_found(client: TestClient) -> None:
    for case_id in ("case-none", "%00", "s-1"):
        check_problem(client.get(f"/v1/cases/{case_id}/record"), 404)
        check_problem(client.post(f"/v1/cases/{case_id}/replay"), 404)
