"""`/evals`: runs over time, one run, two runs, one case down to its trace."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.builders import NOW
from tests.evals.builders import a_suggestion
from tests.service.parts import some_parts
from tests.web.eval_pages import a_result, an_eval_run, links, page, put, three_days
from tests.web.test_pages import HOSTILE
from tests.web.visitors import CLOSED, PAGE, a_desk, browser, ring_of, signed_in

MADE = a_suggestion()


@pytest.fixture
def desk() -> Desk:
    return Desk(parts=some_parts(), records_for=lambda _files: None)


@pytest.fixture
def client(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk), raise_server_exceptions=False) as client:
        yield client


def test_without_a_run_the_page_says_how_one_comes_here(client: TestClient) -> None:
    assert "assist-evals publish" in page(client, "/evals").texts["code"]


def test_the_runs_are_listed_the_latest_first_with_verdict_and_trend(
    client: TestClient, desk: Desk
) -> None:
    three_days(desk, MADE)

    found = page(client, "/evals")

    runs = [link for link in links(found) if link.startswith("/evals/core-")]
    assert runs[-3:] == ["/evals/core-2", "/evals/core-1", "/evals/core-0"]
    assert "The gate stays shut" in found.texts["h3"]
    assert "The gate is open" in found.texts["h3"]
    assert "Over time" in found.texts["h3"]
    assert "published by Mo Ito" in found.texts["p"]
    assert "0 of 1 thresholds met" in found.texts["span"]
    chosen = [a["value"] for tag, a in found.elements if tag == "option" and "selected" in a]
    assert chosen == ["core-2", "core-1"]


def test_the_runs_of_another_suite_are_shown_when_it_is_chosen(
    client: TestClient, desk: Desk
) -> None:
    three_days(desk, MADE)
    earlier = NOW - timedelta(days=9)
    put(desk, an_eval_run(MADE, (1.0,), id="traps-0", suite="traps", started_at=earlier))

    assert "/evals/traps-0" not in links(page(client, "/evals"))
    assert "/evals/traps-0" in links(page(client, "/evals?suite=traps"))


def test_older_runs_are_on_the_next_page(client: TestClient, desk: Desk) -> None:
    for number in range(32):
        began = NOW + timedelta(hours=number)
        put(desk, an_eval_run(MADE, (1.0,), id=f"core-{number}", started_at=began))

    older = links(page(client, "/evals"))[-1]

    assert older == "/evals?suite=core&before=core-2"
    assert [one for one in links(page(client, older)) if "/core-" in one][-2:] == [
        "/evals/core-1",
        "/evals/core-0",
    ]


def test_a_run_shows_its_verdict_figures_and_the_worst_case_first(
    client: TestClient, desk: Desk
) -> None:
    three_days(desk, MADE)

    found = page(client, "/evals/core-2")

    assert "The gate stays shut" in found.texts["h2"]
    assert "outcome is 0.333, under its threshold 0.5" in found.texts["li"]
    for heading in ("Where in the process", "Escalation and harm", "Over time", "By tag"):
        assert heading in found.texts["h3"]
    worst = client.get("/evals/core-2").text.partition('class="worst"')[2]
    assert re.findall(r"/cases/(core-\d+)", worst)[:2] == ["core-02", "core-03"]
    ids = Counter(a["id"] for _, a in found.elements if a.get("id"))
    assert [one for one, times in ids.items() if times > 1] == []


def test_a_scorer_leads_to_every_case_that_misses_something_by_it(
    client: TestClient, desk: Desk
) -> None:
    three_days(desk, MADE)

    found = page(client, "/evals/core-2")

    assert "#misses-outcome" in links(found)
    assert "#misses-integrity" not in links(found)
    assert "outcome misses in 2" in found.texts["summary"]
    text = client.get("/evals/core-2").text
    missed = text.partition('id="misses-outcome"')[2].partition("</details>")[0]
    assert re.findall(r"/cases/(core-\d+)", missed) == ["core-02", "core-03"]


def test_a_run_that_has_not_come_whole_says_what_is_missing(client: TestClient, desk: Desk) -> None:
    put(desk, an_eval_run(MADE, (1.0,)), total=5)
    assert "4 of 5 results have not come yet" in page(client, "/evals/core-1").texts["p"]
    assert "1 of 5 results have come" in page(client, "/evals").texts["p"]


def test_a_run_of_decisions_has_a_page_too(client: TestClient, desk: Desk) -> None:
    trial = a_result("d-1", MADE, 0.0, suggestion=None, detail={"title": "late", "judged": {}})
    put(desk, an_eval_run(MADE, (1.0,), kind="decisions", results=(trial,)))

    assert "No case of this run states" in page(client, "/evals/core-1").texts["p"]
    assert "What was judged" in page(client, "/evals/core-1/cases/d-1").texts["h4"]


def test_two_runs_are_compared_by_scorer_and_each_flip_is_told(
    client: TestClient, desk: Desk
) -> None:
    three_days(desk, MADE)

    found = page(client, "/evals/compare?a=core-2&b=core-0")

    assert "3 cases are in both" in found.texts["p"]
    assert "−0.667" in found.texts["td"]
    assert "The same in every case: integrity." in found.texts["p"]
    assert "Cases that flipped (2)" in found.texts["summary"]
    assert "/evals/core-2/cases/core-02?against=core-0" in links(found)
    assert f"abstain instead of answer {HOSTILE}" in found.texts["dd"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"suite": "traps"}, "no case in common"), ({"grader": "g2"}, "scored by two graders")],
)
def test_runs_that_cannot_be_compared_are_refused_with_the_reason(
    client: TestClient, desk: Desk, changed: dict[str, str], said: str
) -> None:
    run = an_eval_run(MADE, (1.0,))
    grader = changed.pop("grader", "g1")
    versions = run.versions.model_copy(update={"grader": grader})
    put(desk, run)
    put(desk, run.model_copy(update={"id": "other", "versions": versions, **changed}))

    assert said in page(client, "/evals/compare?a=core-1&b=other", 422).texts["p"]
    assert said in page(client, "/evals/core-1?against=other", 422).texts["p"]


def test_a_case_shows_the_ticket_the_scores_each_sentence_and_the_trace(
    client: TestClient, desk: Desk
) -> None:
    three_days(desk, MADE)

    found = page(client, "/evals/core-2/cases/core-02")

    assert HOSTILE in found.texts["blockquote"]
    assert "abstain instead of answer" in found.texts["li"]
    assert "The water filter lasts 90 days." in found.texts["li"]
    assert "fact · supported" in found.texts["span"]
    for heading in ("Ticket", "Scores", "Reply", "Solutions"):
        assert heading in found.texts["h4"]
    assert "Trace" in found.texts["summary"]
    assert "Not eligible: wording" in found.texts["p"]


def test_a_case_of_two_runs_stands_side_by_side(client: TestClient, desk: Desk) -> None:
    three_days(desk, MADE)

    found = page(client, "/evals/core-2/cases/core-02?against=core-0")

    trials = [a for tag, a in found.elements if tag == "article"]
    assert len(trials) == 2
    assert "/evals/core-0/cases/core-02" in links(found)


def test_each_trial_of_a_case_is_shown(client: TestClient, desk: Desk) -> None:
    trials = tuple(a_result("core-01", MADE, 1.0, trial=n) for n in (1, 2, 3))
    put(desk, an_eval_run(MADE, (1.0,), trials=3, results=trials))

    found = page(client, "/evals/core-1/cases/core-01")

    assert [a for tag, a in found.elements if tag == "article"].__len__() == 3
    assert "Trial 3" in found.texts["h3"]


def test_of_a_run_long_past_a_case_shows_its_scores_alone(client: TestClient, desk: Desk) -> None:
    three_days(desk, MADE)
    desk.parts.eval_runs.thin("core", 1)

    found = page(client, "/evals/core-0/cases/core-01")

    assert "the scores are kept, and no longer the suggestion" in found.texts["p"]
    assert "outcome 1.00" in found.texts["li"]


@pytest.mark.parametrize(
    "path",
    [
        "/evals/nothing",
        "/evals/a%00b",
        "/evals/core-1/cases/nothing",
        "/evals/core-1/cases/core-01?against=nothing",
        "/evals/compare",
        "/evals/compare?a=core-1&b=%3Cscript%3E",
        "/evals?before=nothing",
        "/evals?suite=core&before=%00",
    ],
)
def test_what_is_not_there_has_a_page_that_leads_back(
    client: TestClient, desk: Desk, path: str
) -> None:
    put(desk, an_eval_run(MADE, (1.0,)))
    found = page(client, path, 404)
    assert "/evals" in links(found)
    assert "there is no run" in found.texts["p"] or "has no case" in found.texts["p"]


def test_the_pages_are_for_quality_leads_and_admins_and_named_to_nobody_else() -> None:
    desk = a_desk(CLOSED)
    for role, may in (("qa", True), ("lead", True), ("admin", True), ("agent", False)):
        with browser(desk) as client:
            signed_in(client, ring_of(desk).create(role).secret)
            assert client.get("/evals", headers=PAGE).status_code == (200 if may else 403)
            assert ('href="/evals"' in client.get("/policies", headers=PAGE).text) is may


def test_what_the_pages_load_is_there_and_ours(client: TestClient, desk: Desk) -> None:
    three_days(desk, MADE)
    found = page(client, "/evals/core-2")
    loaded = [str(a["href"]) for tag, a in found.elements if tag == "link"]
    assert "/static/evals.css" in loaded
    for path in loaded:
        answer = client.get(path)
        assert answer.status_code == 200
        assert "url(" not in answer.text.replace("url(#", "")
