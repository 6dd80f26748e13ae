"""Several who act on one case at the same moment."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from fastapi.testclient import TestClient
from httpx import Response

from tests.web.cases import a_decision, a_ticket, act, opened, read

AGENTS = ("Mo", "Ida", "Bo", "Kim")


def at_once(acts: Sequence[Callable[[], Response]]) -> list[Response]:
    """What each is answered, all begun at the same moment."""
    ready = Barrier(len(acts))

    def begin(one: Callable[[], Response]) -> Response:
        ready.wait()
        return one()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def statuses(answers: Sequence[Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def decision_of(client: TestClient, view: dict[str, Any], by: str) -> Callable[[], Response]:
    told = a_decision(view, key=f"d-{by}", by=by, text=f"Hello, this is {by}.")
    return lambda: act(client, view, "decision", told)


def test_of_agents_who_decide_at_once_exactly_one_does(client: TestClient) -> None:
    for number in range(3):
        view = opened(client, f"a-many-{number}")

        answers = at_once([decision_of(client, view, by) for by in AGENTS])

        assert statuses(answers) == {200: 1, 409: 3}
        (sent,) = read(client, view)["sent"]
        for by, answer in zip(AGENTS, answers, strict=True):
            if answer.status_code == 200:
                assert sent["by"] == by
            else:
                body = answer.json()
                assert body["type"] == "/problems/stale"
                assert f"decided by {sent['by']}" in body["detail"]


def test_one_decision_that_is_sent_several_times_at_once_is_made_once(client: TestClient) -> None:
    view = opened(client, "a-same")

    answers = at_once([decision_of(client, view, "Mo")] * 4)

    assert statuses(answers) == {200: 4}
    after = read(client, view)
    assert [answer.json() for answer in answers] == [after] * 4
    assert len(after["sent"]) == 1


def test_a_ticket_that_comes_several_times_at_once_is_one_case(client: TestClient) -> None:
    answers = at_once([lambda: client.post("/v1/cases", json=a_ticket("a-new"))] * 4)

    assert set(statuses(answers)) <= {200, 201}
    views = [answer.json() for answer in answers]
    assert views == views[:1] * 4
    assert [event["kind"] for event in views[0]["history"]] == ["opened"]


def test_a_decision_and_a_new_message_at_once_leave_no_doubt(client: TestClient) -> None:
    for number in range(3):
        view = opened(client, f"a-both-{number}")
        ticket = a_ticket(f"a-both-{number}", revision=2, text="It is here now, but broken.")

        decided, came = at_once(
            [
                decision_of(client, view, "Mo"),
                lambda ticket=ticket: client.post("/v1/cases", json=ticket),
            ]
        )

        assert came.status_code == 200
        after = read(client, view)
        assert (after["case"]["status"], after["case"]["revision"]) == ("deciding", 2)
        assert len(after["sent"]) == (decided.status_code == 200)
        if decided.status_code != 200:
            assert decided.json()["type"] == "/problems/stale"
            assert "revision 2" in decided.json()["detail"]
