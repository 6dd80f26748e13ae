"""`/gaps`: the list an editor works off, and one gap with what proves it."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.contracts.gap_store import a_gap_run
from tests.service.parts import some_parts
from tests.web.eval_pages import links, page
from tests.web.gap_pages import a_shown_gap, some_gaps
from tests.web.visitors import ORIGIN, PAGE, a_desk, browser, csrf_in, ring_of, signed_in


@pytest.fixture
def desk() -> Desk:
    return Desk(parts=some_parts(), records_for=lambda _files: None)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(
        create_app(desk), raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield client


def test_before_the_first_look_the_page_says_what_to_do(client: TestClient) -> None:
    found = page(client, "/gaps")
    assert "No gap yet" in found.texts["h3"]
    assert "every night at 02:00 UTC" in found.texts["p"]
    assert "assist gaps TICKETS.jsonl" in found.texts["code"]


def test_what_is_to_be_done_is_listed_by_impact_and_the_rest_where_asked_for(
    client: TestClient, desk: Desk
) -> None:
    some_gaps(desk)

    def shown(path: str) -> list[str]:
        return [one for one in links(page(client, path)) if re.fullmatch(r"/gaps/gap-\d", one)]

    assert shown("/gaps") == ["/gaps/gap-1"]
    assert shown("/gaps?state=any") == ["/gaps/gap-2", "/gaps/gap-1"]
    assert shown("/gaps?state=rejected") == ["/gaps/gap-2"]
    assert shown("/gaps?state=any&kind=unclear") == ["/gaps/gap-2"]
    assert "None of these" in page(client, "/gaps?state=verified").texts["h3"]
    assert shown("/gaps?state=nonsense&page=-1") == ["/gaps/gap-1"]


def test_map_trend_and_impact_are_drawn_with_the_numbers_of_the_list(
    client: TestClient, desk: Desk
) -> None:
    some_gaps(desk)
    answer = client.get("/gaps?state=any").text
    assert answer.count("<svg") == 3
    for name in ("Map", "Trend", "Impact"):
        assert name in page(client, "/gaps?state=any").texts["h3"]


def test_a_look_that_failed_is_told(client: TestClient, desk: Desk) -> None:
    some_gaps(desk)
    desk.parts.gaps.add_run(a_gap_run(error="the disk is full"))
    found = page(client, "/gaps")
    assert "The last look for gaps failed" in found.texts["h3"]
    assert "the disk is full" in found.texts["p"]


def test_a_gap_shows_why_the_tickets_the_replies_and_the_draft(
    client: TestClient, desk: Desk
) -> None:
    some_gaps(desk)
    found = page(client, "/gaps/gap-1")
    assert "nothing near answers it" in found.texts["p"]
    assert "rain" in found.texts["mark"]
    assert "It can hang in the rain." in found.texts["p"]
    assert "# Rain" in found.texts["textarea"]
    assert "Found" in found.texts["b"]


def test_a_gap_that_is_not_there_is_a_page_that_says_so(client: TestClient) -> None:
    assert "there is no gap" in page(client, "/gaps/gap-9", 404).texts["p"]


def act(client: TestClient, path: str = "decision", **fields: str):
    return client.post(f"/gaps/gap-1/{path}", data=fields, headers=PAGE | ORIGIN)


def test_an_editor_edits_accepts_and_sees_it_in_the_history(client: TestClient, desk: Desk) -> None:
    some_gaps(desk)
    mine = "# Rain\r\n\r\n## In the rain?\r\n\r\nYes."
    assert act(client, act="edit", key="k-1", text=mine).headers["location"] == "/gaps/gap-1"
    assert act(client, act="accept", key="k-2").status_code == 303

    kept = desk.parts.gaps.get("gap-1")
    assert (kept.state, kept.text) == ("accepted", mine.replace("\r\n", "\n"))
    told = page(client, "/gaps/gap-1").texts["b"]
    assert "Edited" in told
    assert "Accepted" in told


def test_accepting_the_draft_as_it_is_makes_it_nobodys_text(client: TestClient, desk: Desk) -> None:
    some_gaps(desk)
    act(client, act="accept", key="k-1", text=a_shown_gap().draft)
    kept = desk.parts.gaps.get("gap-1")
    assert (kept.state, kept.text) == ("accepted", "")


def test_what_does_not_go_is_said_and_what_was_typed_stays(client: TestClient, desk: Desk) -> None:
    some_gaps(desk)
    answer = act(client, act="reject", key="k-1")
    assert answer.status_code == 422
    assert "no reason is given" in answer.text
    wrong = act(client, act="edit", key="k-2", text="---\n: [\n---\n# My own words")
    assert wrong.status_code == 422
    assert "My own words" in wrong.text
    assert act(client, act="reopen", key="k-3", reason="x").status_code == 409
    assert act(client, act="eat", key="k-4").status_code == 422
    assert desk.parts.gaps.get("gap-1") == a_shown_gap()


def test_a_proof_without_a_knowledge_base_is_refused_in_a_page(
    client: TestClient, desk: Desk
) -> None:
    some_gaps(desk)
    answer = act(client, "proof", key="k-1")
    assert answer.status_code == 503
    assert "That was not done" in answer.text


def test_a_look_can_be_asked_for_and_is_a_timer(client: TestClient, desk: Desk) -> None:
    answer = client.post("/gaps/run", headers=PAGE | ORIGIN)
    assert answer.headers["location"] == "/gaps?asked=1"
    assert desk.parts.timers.state().waiting == 1
    assert "are being looked for" in client.get("/gaps?asked=1").text


@pytest.mark.parametrize(("role", "reads", "works"), [
    ("editor", True, True), ("admin", True, True), ("lead", True, False), ("qa", True, False),
    ("agent", False, False),
])  # fmt: skip
def test_who_reads_and_who_decides(role: str, *, reads: bool, works: bool) -> None:
    desk = a_desk()
    some_gaps(desk)
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create(role).secret)
        answer = client.get("/gaps/gap-1", headers=PAGE)
        assert (answer.status_code == 200) == reads
        assert ("<textarea" in answer.text) == works
        assert ('href="/gaps"' in client.get("/policies", headers=PAGE).text) == reads


def test_a_decision_by_a_form_needs_the_sessions_token_and_names_who_decided() -> None:
    desk = a_desk()
    some_gaps(desk)
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("editor").secret)
        token = csrf_in(client.get("/gaps/gap-1", headers=PAGE))
        assert act(client, act="accept", key="k-1").status_code == 403
        assert act(client, act="accept", key="k-1", csrf=token).status_code == 303
    assert desk.parts.gaps.history("gap-1")[-1].by != ""
