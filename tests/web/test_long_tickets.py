"""A ticket as long as we take: understood in part, and the agent is told."""

import time

from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assist.understanding.turns import FIRST, LAST, abridged

MOST_SECONDS = 30
"""A few seconds on a quiet machine, over ninety without the limit."""


def test_the_longest_ticket_is_answered_and_says_how_much_of_it_was_read(
    client: TestClient,
) -> None:
    sentences = (f"Sensor {n} in room {n * 7} shows error {n * 13}." for n in range(10_000))
    text = ("How do I reset my password? " + "\n\n".join(sentences))[:199_000]
    started = time.monotonic()

    answer = client.post("/v1/suggestions", json={"text": text})

    assert time.monotonic() - started < MOST_SECONDS
    notes = " ".join(answer.json()["notes"])
    assert "of 199,000 characters were read" in notes


def test_danger_in_the_middle_of_a_long_ticket_is_still_escalated(client: TestClient) -> None:
    filler = "The lamp in the hall is blue. " * 500
    text = f"{filler}The hub is on fire and the battery is smoking. {filler}"

    answer = client.post("/v1/suggestions", json={"text": text}).json()

    assert answer["escalation"]["needed"]


@given(st.text(max_size=50).map(lambda text: text * 400))
def test_what_is_read_of_a_text_is_its_beginning_and_its_end(text: str) -> None:
    read = abridged(text)

    if len(text) <= FIRST + LAST:
        assert read == text
    else:
        assert len(read) <= FIRST + LAST + 2
        head, tail = read[: FIRST // 2].strip(), read[-LAST // 4 :].strip()
        assert text.strip().startswith(head)
        assert text.strip().endswith(tail)
