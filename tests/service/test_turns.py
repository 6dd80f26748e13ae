"""Requests get the model before an ingest does, and an ingest gets it in the end."""

import threading
import time
from typing import Any

import numpy as np
import pytest

from assist.service import turns
from assist.service.jobs import StoppedError
from assist.service.turns import AT_A_TIME, First, GivingWay, Turns
from tests.fake_embedder import ToyEmbedder

TEXTS = [f"{'word ' * (number % 7)}number {number}" for number in range(3 * AT_A_TIME + 1)]


class SlowEmbedder(ToyEmbedder):
    """One caller at a time, as a model; notes how many texts each call had."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.calls: list[int] = []
        self._seconds, self._lock = seconds, threading.Lock()

    def embed(self, texts: Any) -> Any:
        with self._lock:
            time.sleep(self._seconds)
            self.calls.append(len(texts))
            return super().embed(texts)

    def embed_corpus(self, texts: Any, parts: Any, done: Any) -> Any:
        with self._lock:
            time.sleep(self._seconds)
            self.calls.append(len(texts))
            return ToyEmbedder().embed_corpus(texts, parts, done)  # not by way of `embed` above


def test_an_ingest_gets_the_same_vectors_a_few_at_a_time() -> None:
    model = SlowEmbedder()

    vectors = GivingWay(model, Turns(), lambda: None).embed(TEXTS)

    assert np.array_equal(vectors, ToyEmbedder().embed(TEXTS))
    assert model.calls == [AT_A_TIME] * 3 + [1]


def test_parts_are_read_too_and_it_is_told_after_each_turn_how_many_are_ready() -> None:
    ready: list[int] = []

    parts = [[(0, 4), (5, 10)]] * len(TEXTS)
    read = GivingWay(SlowEmbedder(), Turns(), lambda: None).embed_corpus(TEXTS, parts, ready.append)

    whole = ToyEmbedder().embed_corpus(TEXTS, parts, lambda _: None)
    assert np.array_equal(read.vectors, whole.vectors)
    assert np.array_equal(read.parts, whole.parts)
    assert ready == [AT_A_TIME, 2 * AT_A_TIME, 3 * AT_A_TIME, len(TEXTS)]


def test_a_request_waits_for_one_turn_of_the_ingest_at_most() -> None:
    model, both = SlowEmbedder(0.02), Turns()
    ingest = threading.Thread(
        target=GivingWay(model, both, lambda: None).embed, args=(TEXTS * 4,), daemon=True
    )
    ingest.start()
    time.sleep(0.03)
    before = len(model.calls)
    First(model, both).embed(["a question"])
    waited = model.calls[before:].index(1)
    ingest.join()

    assert waited <= 2


def test_an_ingest_goes_on_although_requests_never_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    both, model = Turns(), SlowEmbedder()
    with both.request():
        GivingWay(model, both, lambda: None).embed(TEXTS)

    assert sum(model.calls) == len(TEXTS)


def test_an_ingest_that_is_to_stop_stops_at_its_next_turn() -> None:
    model = SlowEmbedder()

    def stop_after_two() -> None:
        if len(model.calls) == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        GivingWay(model, Turns(), stop_after_two).embed(TEXTS)
    assert model.calls == [AT_A_TIME] * 2


@pytest.mark.parametrize("kind", [First, GivingWay])
def test_the_model_is_known_by_its_own_name_either_way(kind: Any) -> None:
    toy = ToyEmbedder()
    seen = kind(toy, Turns(), *([] if kind is First else [lambda: None]))

    for field in ("name", "dimension", "max_pieces", "languages"):
        assert getattr(seen, field) == getattr(toy, field)
    assert seen.pieces("two words") == toy.pieces("two words")
