"""The list of policies, and the page of each with its prose and its rules."""

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from tests.web.policy_pages import ON, links, page


def test_the_list_shows_what_is_in_force_and_which_version_set_serves(
    client: TestClient, fennwick: Desk
) -> None:
    found = page(client, f"/policies?on={ON}")

    opened = fennwick.opened()
    assert f"/policies/warranty?on={ON}" in links(found)
    assert f"/policies/warranty-2025?on={ON}" not in links(found)
    generation = opened.library.generation
    line = f"Version {opened.policy_set.version} of {generation.created_at:%Y-%m-%d}, generation"
    assert f"{line} {generation.number}" in found.texts["p"]


@pytest.mark.parametrize(
    ("query", "on", "there", "not_there"),
    [
        ("state=superseded", ON, "warranty-2025", "warranty"),
        ("state=any&q=Warranty+2025", ON, "warranty-2025", "goodwill"),
        ("region=UK", ON, "withdrawal-uk-eu", "returns-us"),
        ("region=US", ON, "returns-us", "withdrawal-uk-eu"),
        ("q=GOODWILL+trust", ON, "goodwill", "warranty"),
        ("q=", "2025-06-01", "warranty-2025", "warranty"),
    ],
)
def test_the_list_is_filtered(
    client: TestClient, query: str, on: str, there: str, not_there: str
) -> None:
    shown = links(page(client, f"/policies?{query}&on={on}"))

    assert f"/policies/{there}?on={on}" in shown
    assert f"/policies/{not_there}?on={on}" not in shown


def test_where_no_policy_fits_the_list_says_so(client: TestClient) -> None:
    found = page(client, f"/policies?q=zeppelin&on={ON}")

    assert "None of them fits" in found.texts["h3"]


def test_a_policy_shows_its_purpose_its_prose_and_a_rule_for_each_clause(
    client: TestClient, fennwick: Desk
) -> None:
    policy = next(p for p in fennwick.opened().policy_set.policies if p.id == "goodwill")

    found = page(client, f"/policies/goodwill?on={ON}")

    assert policy.purpose in found.texts["p"]
    ids = {a["id"] for tag, a in found.elements if tag == "article"}
    assert ids == {clause.id for clause in policy.clauses}
    marked = " ".join(found.texts["mark"].split())
    for clause in policy.clauses:
        assert " ".join(clause.text.split()) in marked
        assert clause.reason in found.texts["article"]
        assert f"#{clause.id}" in links(found)
    assert "customer.fraud_flag" in found.texts["code"]
    assert "in force" in found.texts["h2"]


def test_every_policy_of_the_company_has_a_page_with_all_its_rules(
    client: TestClient, fennwick: Desk
) -> None:
    for policy in fennwick.opened().policy_set.policies:
        found = page(client, f"/policies/{policy.id}?on={ON}")
        shown = [a["id"] for tag, a in found.elements if tag == "article"]
        assert sorted(map(str, shown)) == sorted(clause.id for clause in policy.clauses)


def test_an_edition_that_does_not_hold_says_which_one_does(client: TestClient) -> None:
    found = page(client, f"/policies/warranty-2025?on={ON}")

    assert "this edition is superseded" in found.texts["p"]
    assert f"/policies/warranty?on={ON}" in links(found)
    assert "this edition is" not in page(client, "/policies/warranty-2025?on=2025-06-01").texts["p"]


def test_an_unknown_policy_is_a_page_that_names_the_nearest(client: TestClient) -> None:
    found = page(client, "/policies/waranty", status=404)

    assert "there is no policy 'waranty'" in found.texts["p"]
    assert "did you mean warranty" in found.texts["p"]


def test_a_day_that_is_none_is_refused(client: TestClient) -> None:
    for path in ("/policies?on=soon", "/policies/goodwill?on=soon"):
        assert "'soon' is no date" in page(client, path, status=422).texts["p"]


def test_where_nothing_was_ingested_the_pages_say_what_to_run(empty_client: TestClient) -> None:
    for path in ("/policies", "/policies/goodwill", "/policies/try?kind=refund"):
        assert "ingest" in str(page(empty_client, path, status=503).texts)
