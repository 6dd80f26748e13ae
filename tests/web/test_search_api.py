from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from assist.retrieval.filters import FILTERS
from assist.service.desk import Desk
from assist.web.api.search import MAX_HITS, Filters
from tests.web.checks import check_problem

QUESTION = "how do I reset my password"


def search(client: TestClient, **asked: Any) -> dict[str, Any]:
    answer = client.post("/v1/search", json={"query": QUESTION} | asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_search_answers_what_the_desk_finds(client: TestClient, fennwick: Desk) -> None:
    found = search(client, top_k=5)

    expected = fennwick.search(QUESTION, top_k=5, filters={})
    assert [hit["passage_id"] for hit in found["hits"]] == [hit.passage_id for hit in expected]
    assert found["generation"] == fennwick.opened().library.generation.id


def test_documents_are_found_once_each(client: TestClient) -> None:
    ids = [hit["document_id"] for hit in search(client, unit="document", top_k=20)["hits"]]

    assert len(set(ids)) == len(ids) == 20


def test_kind_and_filters_are_kept_to(client: TestClient) -> None:
    asked = {"kind": "policy", "filters": {"region": "US", "date": "2026-11-20"}}

    hits = search(client, **asked)["hits"]

    assert hits
    assert {hit["kind"] for hit in hits} == {"policy"}
    assert all(hit["passage"]["regions"] in ([], ["US"]) for hit in hits)


def test_every_filter_of_the_search_can_be_asked_for() -> None:
    assert set(Filters.model_fields) == set(FILTERS)


@pytest.mark.parametrize("unit", ["passage", "document"])
def test_what_is_not_among_the_hits_says_why_not(client: TestClient, unit: str) -> None:
    eighth = search(client, unit=unit, top_k=8)["hits"][-1]

    told = search(client, unit=unit, top_k=3, why_not=eighth["passage_id"])["why_not"]

    assert (told["rank"], told["score"]) == (8, eighth["score"])
    assert told["reason"].startswith("it is number 8, and 3 were asked for: its score")
    assert told["why"] == eighth["why"]


def test_a_filter_that_keeps_a_document_out_is_named(client: TestClient) -> None:
    asked = {"filters": {"region": "US"}, "why_not": "withdrawal-how-to-uk-eu"}

    told = search(client, **asked)["why_not"]

    assert told["reason"].startswith("the filter region=US keeps it out: it says kind kb;")
    assert "regions UK, EU" in told["reason"]
    assert told["passage_id"].startswith("withdrawal-how-to-uk-eu#")


def test_words_shared_with_the_query_are_shown_as_they_were_typed(client: TestClient) -> None:
    found = search(client, query="Are batteries replaced?", top_k=20, why_not="camera-setup")

    terms = [word for hit in found["hits"] for word in hit["why"]["terms"]]
    assert set(terms) == {"batteries", "replaced"}
    assert set(found["why_not"]["why"]["terms"]) <= {"batteries", "replaced"}


def test_without_the_question_there_is_no_answer_to_it(client: TestClient) -> None:
    assert search(client)["why_not"] is None


def test_why_not_something_that_is_not_there_is_not_found(client: TestClient) -> None:
    asked = {"query": QUESTION, "why_not": "withdrawal-how-to-uk"}
    answer = client.post("/v1/search", json=asked)

    assert "withdrawal-how-to-uk-eu" in check_problem(answer, 404, "there is no")["cure"]


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"query": ""}, "query"),
        ({"why_not": ""}, "why_not"),
        ({"query": " "}, "query"),
        ({"query": "a" * 10_001}, "query"),
        ({"top_k": 0}, "top_k"),
        ({"top_k": MAX_HITS + 1}, "top_k"),
        ({"kind": "song"}, "kind"),
        ({"unit": "chapter"}, "unit"),
        ({"filters": {"color": "red"}}, "filters.color"),
        ({"filters": {"date": "soon"}}, "filters.date"),
        ({"filters": {"date": "20260131"}}, "filters.date"),
        ({"filters": {"date": 1769817600}}, "filters.date"),
        ({"limit": 5}, "limit"),
    ],
)
def test_a_search_that_does_not_fit_is_refused_by_its_field(
    client: TestClient, asked: dict[str, Any], where: str
) -> None:
    answer = client.post("/v1/search", json={"query": QUESTION} | asked)

    assert check_problem(answer, 422, where)["where"] == where


def test_a_hit_leads_to_its_passage_and_on_to_its_neighbors(client: TestClient) -> None:
    hit = next(h for h in search(client, top_k=50)["hits"] if h["passage"]["position"] > 0)

    found = client.get(f"/v1/passages/{quote(hit['passage_id'], safe='')}").json()
    before = client.get(f"/v1/passages/{quote(found['before'], safe='')}").json()

    assert found["passage"] == hit["passage"]
    assert before["after"] == hit["passage_id"]
    assert before["passage"]["position"] == found["passage"]["position"] - 1


def test_the_ends_of_a_document_have_one_neighbor(client: TestClient, fennwick: Desk) -> None:
    library = fennwick.opened().library
    by_document = (library.document(document_id) for document_id in library.document_ids())
    first, second, *_ = next(passages for passages in by_document if len(passages) > 1)

    found = client.get(f"/v1/passages/{quote(first.id, safe='')}").json()

    assert (found["before"], found["after"]) == (None, second.id)


@pytest.mark.parametrize("passage_id", ["x", "a/b/c", "x%00", "%ff", "", "x" * 5_000])
def test_an_unknown_passage_is_not_found(client: TestClient, passage_id: str) -> None:
    check_problem(client.get(f"/v1/passages/{passage_id}"), 404, "there is no passage")


def test_where_nothing_was_ingested_a_search_says_what_to_run(empty_client: TestClient) -> None:
    answer = empty_client.post("/v1/search", json={"query": QUESTION})

    cure = check_problem(answer, 503, "ingested")["cure"]
    assert cure.startswith("run `assist ingest PATH`; over HTTP,")
