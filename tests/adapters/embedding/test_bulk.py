"""A corpus is computed by torch where that is faster, in bfloat16, and comes out the same."""

import json

import numpy as np
import pytest

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.adapters.embedding.model_folder import ModelFolder
from assist.adapters.embedding.torch_model import bulk_model
from assist.adapters.embedding.weights import WeightHashes
from assist.adapters.processor import computes_bfloat16, usable_cores
from tests.adapters.embedding import tiny_models

TEXTS = tuple(f"the light of hub {n} blinks amber" + " and red" * (n % 7) for n in range(60))

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tiny_models.save("bert", "mean", tmp_path_factory.mktemp("bert"))


def unheard(ready):
    pass


def rewrite(file, **changes):
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_torch_comes_near_the_reference_in_order_and_can_be_ended(path, tmp_path):
    folder = ModelFolder(path, WeightHashes(tmp_path))
    bulk, ids, heard = bulk_model(folder), folder.ids(TEXTS), []
    found = bulk.vectors(ids, heard.append)
    expected = SentenceEmbedder(path, compiled=tmp_path, engine="reference").embed(TEXTS)
    lengths = np.linalg.norm(found, axis=1)
    assert ((found * expected).sum(axis=1) / lengths).min() > 0.99
    assert heard == sorted(set(heard))
    assert heard[-1] == len(TEXTS)

    def end(ready):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        bulk.vectors(ids, end)


@pytest.mark.skipif(not computes_bfloat16(), reason="neither processor nor GPU knows bfloat16")
def test_what_was_measured_when_it_was_compiled_decides(path, tmp_path):
    model = SentenceEmbedder(path, compiled=tmp_path, cache=0)
    by_query = model.embed(TEXTS)
    (manifest,) = tmp_path.rglob("manifest.json")
    (engine, _), (bulk, _) = json.loads(manifest.read_text())["rates"].items()
    assert (engine, bulk) == ("int8", "bfloat16")

    def corpus(rates):
        rewrite(manifest, rates=rates)
        fresh = SentenceEmbedder(path, compiled=tmp_path)
        return fresh.embed_corpus(TEXTS, [()] * len(TEXTS), unheard).vectors

    slow_torch = corpus({engine: 1000.0, bulk: 900.0})
    np.testing.assert_allclose(slow_torch, by_query, atol=1e-6)
    fast_torch = corpus({engine: 1.0, bulk: 1000.0})
    assert 1e-3 < np.abs(fast_torch - by_query).max() < 0.2


def test_no_more_cores_are_used_than_there_are():
    assert 1 <= usable_cores() <= 4096
