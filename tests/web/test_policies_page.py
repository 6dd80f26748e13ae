from typing import Any

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.pages.condition_words import in_words
from assist.web.pages.prose import blocks_of
from tests.policies.rules import FACTS, a_clause
from tests.web.test_pages import HOSTILE, Page, check_harmless

ON = "2026-11-20"


def page(client: TestClient, path: str, status: int = 200) -> Page:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    found = Page(answer.text)
    check_harmless(found)
    return found


def links(found: Page) -> list[str]:
    return [str(a["href"]) for tag, a in found.elements if tag == "a" and "href" in a]


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


def trial(client: TestClient, status: int = 200, **fields: str) -> Page:
    given = {"date": ON, "kind": "credit", "amount": "10", "currency": "GBP", "region": "UK"}
    answer = client.get("/policies/try", params=given | fields)
    assert answer.status_code == status, answer.text
    found = Page(answer.text)
    check_harmless(found)
    return found


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


def test_prose_is_rendered_without_a_tag_or_an_address_of_its_own() -> None:
    text = (
        f"# Returns\n\n{HOSTILE}\n\n![p](https://e.example/p.png) [x](javascript:alert(1)) "
        "[y](//e.example) [z](https://e.example)\n"
    )

    blocks = blocks_of("Returns", text, ())

    found = Page("".join(block.html for block in blocks))
    tags = {tag for tag, _ in found.elements}
    assert tags == {"p", "a"}
    assert set(links(found)) == {"https://e.example/p.png", "https://e.example"}
    assert "<script>" in found.texts["p"]


def _marked(text: str, *sentences: str) -> tuple[str, list[tuple[int, ...]]]:
    clauses = [a_clause(f"returns.{n}", text=one) for n, one in enumerate(sentences, start=1)]
    blocks = blocks_of("Returns", text, clauses)
    return "".join(b.html for b in blocks), [tuple(s.number for s in b.sentences) for b in blocks]


def test_a_sentence_over_two_lines_is_marked_and_numbered() -> None:
    html, begun = _marked("First. A device\ncan be returned. Last.", "A device can be returned.")

    assert html == (
        '<p>First. <span id="s1"></span><mark>A device</mark>\n<mark>can be returned.</mark>'
        '<sup><a href="#returns.1" aria-label="Rule 1">1</a></sup> Last.</p>\n'
    )
    assert begun == [(1,)]


def test_sentences_are_numbered_as_they_come_and_stand_with_their_block() -> None:
    html, begun = _marked("One.\n\n- Two.\n- Three.\n\n## Four\n", "Three.", "One.", "Two.")

    assert begun == [(1,), (2, 3), ()]
    assert html.index('href="#returns.2"') < html.index('href="#returns.3"')
    assert html.index('href="#returns.3"') < html.index('href="#returns.1"')
    assert "<h3>Four</h3>" in html


def test_two_clauses_of_one_sentence_share_its_number() -> None:
    clauses = [a_clause(f"returns.{n}", text="One.") for n in (1, 2)]

    (block,) = blocks_of("Returns", "One.", clauses)

    assert [[c.id for c in s.clauses] for s in block.sentences] == [["returns.1", "returns.2"]]
    assert block.html.count("<mark>") == 1
    assert 'aria-label="Rules 1"' in block.html


def test_marks_never_overlap_other_elements() -> None:
    html, _ = _marked("A **bold start. And** more `code it` end.", "bold start. And** more `code")

    assert html == (
        '<p>A <strong><span id="s1"></span><mark>bold start. And</mark></strong>'
        "<mark> more </mark><code>code it</code> end.</p>\n"
    )


def test_a_sentence_inside_another_has_its_own_number() -> None:
    html, begun = _marked("A refund, and a credit.", "A refund, and a credit.", "a credit.")

    assert begun == [(1, 2)]
    assert html.index('aria-label="Rule 2"') < html.index('aria-label="Rule 1"')


def test_characters_that_we_mark_with_are_taken_out_of_the_prose() -> None:
    html, _ = _marked("One.\U000f0000\U000f0001 Two.", "Two.")

    assert html.startswith("<p>One. <span")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("true", ""),
        ("days_since(order.delivered_at) <= 30", "at most 30 days since order.delivered_at"),
        (
            "business_days_since(order.delivered_at) > 2",
            "more than 2 business days since order.delivered_at",
        ),
        ("order.paid == true", "order.paid: yes"),
        ("order.paid != true", "order.paid: no"),
        ("order.paid == false", "order.paid: no"),
        ("order.paid", "order.paid: yes"),
        ("device.state in ['worn', 'broken']", "device.state is worn or broken"),
        ("device.state in ['new', 'worn', 'broken']", "device.state is new, worn or broken"),
        ("device.state != 'new'", "device.state is not new"),
        ("order.items >= 3", "order.items is at least 3"),
        ("order.items == 0", "order.items is 0"),
        ("order.delivered_at < '2026-11-01'", "order.delivered_at is before 2026-11-01"),
        ("device.serial.startsWith('P2')", "device.serial starts with P2"),
        (
            "order.paid && (order.items < 3 || device.state == 'new')",
            "order.paid: yes and (order.items is less than 3 or device.state is new)",
        ),
        ("!(order.paid)", "not (order.paid: yes)"),
        ("order.items + 1 > 3", "order.items plus 1 is more than 3"),
        (
            "order.paid ? order.items > 1 : order.items > 2",
            "if order.paid: yes: order.items is more than 1; otherwise order.items is more than 2",
        ),
        ("order.total <= money('50.00', 'GBP')", "order.total is at most 50.00 GBP"),
        ("size(device.serial) > 3", None),
    ],
)
def test_a_condition_is_said_in_words(condition: str, words: str | None) -> None:
    assert in_words(condition, FACTS) == words


def test_facts_are_called_by_their_labels_and_choices_lose_their_underscores() -> None:
    changes: dict[str, dict[str, Any]] = {
        "device.state": {"label": "state of the device", "choices": ("like_new",)},
        "order.delivered_at": {"label": "delivery"},
    }
    facts = [fact.model_copy(update=changes.get(fact.path, {})) for fact in FACTS]

    assert in_words("device.state == 'like_new'", facts) == "state of the device is like new"
    assert in_words("days_since(order.delivered_at) == 3", facts) == (
        "exactly 3 days since delivery"
    )
