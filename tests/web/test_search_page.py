"""`/search`: what the knowledge base holds, why, why not, and a passage flagged to its owner."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.laid_out import marked
from tests.service.handing_over import a_desk, a_refund, opened
from tests.web.desk_pages import open_pages, page
from tests.web.test_pages import HOSTILE
from tests.web.visitors import PAGE, browser, ring_of, signed_in

RETURNS = f"# Returns\n\nA parcel can be sent back within thirty days. {HOSTILE}\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    kb = tmp_path / "kb"
    kb.mkdir()
    (kb / "returns.md").write_text(f"---\nid: returns\nowner: Ida\n---\n{RETURNS}")
    (kb / "lamps.md").write_text("---\nid: lamps\n---\n# Lamps\n\nA lamp wants a bulb.\n")
    return a_desk(kb)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with open_pages(desk) as client:
        yield client


def test_before_anything_is_searched_for_the_page_says_how_to_ask(client: TestClient) -> None:
    assert "Ask as a customer would" in page(client, "/search").texts["p"]


def test_what_is_found_is_shown_with_the_words_marked_and_harmless(client: TestClient) -> None:
    found = page(client, "/search?q=send+a+parcel+back")
    assert "parcel" in found.texts["mark"].lower()
    assert "<script>" in found.texts["p"]


def test_why_this_and_why_not_that_are_told_in_words(client: TestClient) -> None:
    found = page(client, "/search?q=parcel&explain=1&why_not=lamps&pool=precedent")
    assert "lamps" in found.texts["h3"]
    found = page(client, "/search?q=parcel&explain=1")
    assert "it holds parcel" in found.texts["p"]
    assert "BM25" in found.texts["p"]


def test_an_unknown_passage_is_told_in_the_page(client: TestClient) -> None:
    found = page(client, "/search?q=parcel&why_not=moon", 404)
    assert "moon" in found.texts["p"]


def test_a_passage_is_flagged_to_its_owner_and_waits_among_the_questions(
    client: TestClient, desk: Desk
) -> None:
    passage = desk.search("parcel", filters={})[0]
    form = {"passage_id": passage.passage_id, "reason": "it is ninety days", "q": "parcel"}
    assert client.post("/search/flag", data=form).headers["location"] == "/search?done=1"
    (kept,) = desk.parts.consultations.open(9)
    assert (kept.owner, kept.ticket_id) == ("Ida", "article returns")
    assert "it is ninety days" in kept.question
    assert "it is ninety days" in page(client, "/desk/consultations?owner=Ida").texts["h3"]
    assert "it is ninety days" in client.get("/kb-health").text


def test_a_passage_flagged_from_a_case_is_asked_about_its_ticket(
    client: TestClient, desk: Desk
) -> None:
    view = opened(desk, a_refund(facts={}))
    passage = desk.search("lamp", filters={})[0]
    form = {"passage_id": passage.passage_id, "case": view.case.id}
    assert client.post("/search/flag", data=form).status_code == 303
    (kept,) = desk.parts.consultations.open(9)
    assert (kept.ticket_id, kept.owner) == ("t-1", "knowledge base")


@pytest.mark.parametrize("form", [{}, {"passage_id": "moon#1"}])
def test_a_passage_that_is_not_there_cannot_be_flagged(
    client: TestClient, desk: Desk, form: dict[str, str]
) -> None:
    answer = client.post("/search/flag", data=form | {"q": "parcel"})
    assert answer.status_code == 404
    assert "That was not done" in answer.text
    assert desk.parts.consultations.open(9) == ()


def test_without_a_knowledge_base_the_page_says_what_helps(empty_client: TestClient) -> None:
    assert "assist ingest" in page(empty_client, "/search?q=parcel", 503).texts["p"]


def test_who_only_reads_sees_no_flag(desk: Desk) -> None:
    with browser(desk) as client:
        signed_in(client, ring_of(desk).create("qa").secret)
        shown = client.get("/search?q=parcel", headers=PAGE).text
    assert "returns" in shown
    assert "/search/flag" not in shown


def test_the_pieces_of_a_text_are_the_text() -> None:
    text = "Parcels (a parcel) and parcelling: *parcel*"
    pieces = tuple(marked(text, ("parcel", "a")))
    assert "".join(one.text for one in pieces) == text
    assert next(one.text for one in pieces if one.found) == "Parcels"
    assert [one.text for one in marked("x", ())] == ["x"]
