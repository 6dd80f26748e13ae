from importlib.resources import files

import numpy as np
import pytest

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.understanding.injection.meaning import MODEL
from evals.bench.sets import evalsets_folder
from evals.injection.fitting import examples, weights
from evals.injection.measuring import measured, read_items
from tests.compiled_models import compiled_models


def _packaged() -> np.ndarray:
    with files("assist.understanding.injection").joinpath("weights.npy").open("rb") as file:
        packaged: np.ndarray = np.load(file)
    return packaged


def test_every_example_is_written_once_and_there_are_enough() -> None:
    known = examples()
    mailed = [sentence for mail in known.mails for sentence in mail]
    attempts, ordinary = [*known.aimed, *known.planted], [*known.ordinary, *mailed]
    assert len(attempts) >= 250
    assert len(ordinary) >= 250
    assert len(set(attempts)) == len(attempts)
    assert not set(attempts) & set(ordinary)


def test_fitting_again_gives_the_packaged_weights() -> None:
    embedder = SentenceEmbedder(compiled=compiled_models(), cache=0)
    assert embedder.name == MODEL
    fitted, packaged = weights(examples(), embedder.embed), _packaged()
    assert fitted.shape == packaged.shape == (2, embedder.dimension + 3)
    for row, kept in zip(fitted, packaged, strict=True):
        # Processors without int8 instructions compute vectors that differ a little.
        assert row @ kept / np.linalg.norm(row) / np.linalg.norm(kept) > 0.99
        assert row[-1] == pytest.approx(kept[-1], abs=0.1)


def test_by_meaning_more_is_found_and_false_alarms_stay_within_three_percent() -> None:
    file = evalsets_folder() / "injection" / "items.jsonl"
    if not file.is_file():
        pytest.skip(f"{file} is absent (set ASSIST_EVALSETS)")
    items = read_items(file)[1::3]
    by_rules = {r.source: r.rate for r in measured(items) if r.attack and not r.family}
    embed = SentenceEmbedder(compiled=compiled_models()).embed
    rates = [rate for rate in measured(items, embed) if not rate.family]
    assert {r.source: r.rate for r in rates if not r.attack and r.rate > 0.03} == {}
    gains = {r.source: r.rate - by_rules[r.source] for r in rates if r.attack}
    assert gains["BIPIA"] > 0.1
    assert min(gains.values()) >= 0
