"""A usual model is compiled once, comes near what sentence-transformers makes of it, or says so."""

import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.errors import EmbedderUnavailable
from tests.adapters.embedding import tiny_models

TEXTS = (
    "",
    "x",
    "How do I reset the hub?",
    "the light blinks amber and the hub is offline " * 20,
    "Wie geht das? Как вернуть 東京 ?",
)
SHAPES = (
    ("bert", "mean", 16),
    ("mpnet", "mean", 0),
    ("xlm-roberta", "cls", 0),
    ("distilbert", "max", 0),
)

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Folders of models by shape, each made once."""
    made = {}

    def folder(kind="bert", pooling="mean", dense=0):
        key = (kind, pooling, dense)
        if key not in made:
            made[key] = tiny_models.save(*key[:2], tmp_path_factory.mktemp(kind), dense)
        return made[key]

    return folder


def reference(path):
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(path), device="cpu").encode(
        list(TEXTS), normalize_embeddings=True, show_progress_bar=False
    )


@pytest.mark.parametrize(("kind", "pooling", "dense"), SHAPES)
def test_in_single_precision_it_is_what_sentence_transformers_computes(
    tiny, tmp_path, kind, pooling, dense
):
    path = tiny(kind, pooling, dense)
    model = SentenceEmbedder(path, compiled=tmp_path, engine="fp32")
    expected = reference(path)
    assert model.dimension == expected.shape[1] == (dense or tiny_models.WIDTH)
    np.testing.assert_allclose(model.embed(TEXTS), expected, atol=2e-5)
    read = model.embed_corpus(TEXTS, [()] * len(TEXTS), lambda ready: None)
    np.testing.assert_allclose(read.vectors, expected, atol=2e-5)
    assert np.abs(expected @ expected.T - np.eye(len(TEXTS))).max() < 0.99, "texts differ"


def test_a_part_has_the_mean_of_its_pieces_as_they_were_read_in_the_text(tiny, tmp_path):
    from sentence_transformers import SentenceTransformer

    path, text = tiny(), "ab hub. cd light"
    model = SentenceEmbedder(path, compiled=tmp_path, engine="fp32")
    ranges = [(0, 7), (8, 16), (16, 16)]
    read = model.embed_corpus([text, "x"], [ranges, ()], lambda ready: None)
    pieces = SentenceTransformer(str(path), device="cpu").encode(
        [text], output_value="token_embeddings", show_progress_bar=False
    )[0]
    first, second = pieces[1:7].mean(axis=0), pieces[7:14].mean(axis=0)  # letters, one full stop
    assert read.parts.shape == (2, 3, tiny_models.WIDTH)
    np.testing.assert_allclose(read.parts[0, 0], first * 127 / first.abs().max(), atol=0.51)
    np.testing.assert_allclose(read.parts[0, 1], second * 127 / second.abs().max(), atol=0.51)
    assert not read.parts[0, 2].any()
    assert not read.parts[1].any()


def test_a_model_that_does_not_average_gives_parts_no_vectors(tiny, tmp_path):
    model = SentenceEmbedder(tiny("xlm-roberta", "cls"), compiled=tmp_path, engine="fp32")
    read = model.embed_corpus(["a hub"], [[(0, 5)]], lambda ready: None)
    assert read.parts.shape == (1, 1, tiny_models.WIDTH)
    assert not read.parts.any()


@pytest.mark.parametrize(("kind", "pooling", "dense"), SHAPES[:1])
def test_in_8_bits_it_stays_near(tiny, tmp_path, kind, pooling, dense):
    path = tiny(kind, pooling, dense)
    model = SentenceEmbedder(path, compiled=tmp_path)
    cosines = (model.embed(TEXTS) * reference(path)).sum(axis=1)
    assert cosines.min() > 0.98
    assert model.describe().startswith("ONNX Runtime in int8; cosine to the reference: fp32 1.0000")


def test_a_model_that_does_not_stand_8_bits_is_computed_in_single_precision_and_says_so(
    tiny, tmp_path
):
    path = tiny("bert", "lasttoken")
    model = SentenceEmbedder(path, compiled=tmp_path)
    np.testing.assert_allclose(model.embed(TEXTS), reference(path), atol=2e-5)
    said = model.describe()
    assert said.startswith("ONNX Runtime in fp32; cosine to the reference: fp32 1.0000")
    assert said.count("(below 0.99)") == 3

    forced = SentenceEmbedder(path, compiled=tmp_path, engine="int8")
    assert not np.allclose(forced.embed(TEXTS), model.embed(TEXTS), atol=1e-3)
    assert forced.describe().startswith("ONNX Runtime in int8")


def test_a_model_that_is_read_otherwise_than_its_tokenizer_says_is_left_to_the_reference(
    tiny, tmp_path
):
    """It has words put in front that are not averaged: only sentence-transformers knows how."""
    path = shutil.copytree(tiny(), tmp_path / "prompted")
    settings = json.loads((path / "config_sentence_transformers.json").read_text())
    settings |= {"prompts": {"query": "find this: "}, "default_prompt_name": "query"}
    (path / "config_sentence_transformers.json").write_text(json.dumps(settings))
    averaged = SentenceEmbedder(path, compiled=tmp_path / "models", engine="fp32")
    np.testing.assert_allclose(averaged.embed(TEXTS), reference(path), atol=2e-5)

    pooling = path / "1_Pooling" / "config.json"
    pooling.write_text(json.dumps(json.loads(pooling.read_text()) | {"include_prompt": False}))
    model = SentenceEmbedder(path, compiled=tmp_path / "models")
    np.testing.assert_allclose(model.embed(TEXTS), reference(path), atol=2e-5)
    assert model.describe().startswith("sentence-transformers itself; cosine to the reference")
    with pytest.raises(EmbedderUnavailable, match="cannot be compiled as fp32"):
        SentenceEmbedder(path, compiled=tmp_path / "models", engine="fp32").embed(["hub"])


def test_a_multilingual_model_reads_the_languages_of_its_card(tiny, tmp_path):
    path = tiny("xlm-roberta", "cls")
    card = path / "README.md"
    card.write_text("---\nlanguage:\n- multilingual\n- de\n---\n" + card.read_text())
    model = SentenceEmbedder(path, compiled=tmp_path)
    assert model.languages == ("multilingual", "de")
    german, russian = model.embed(["Wie geht das? für", "Как вернуть"])
    assert german @ russian < 0.99


def test_it_is_compiled_once_and_again_when_what_was_kept_is_broken(tiny, tmp_path, caplog):
    caplog.set_level(logging.INFO, "assist")
    path = tiny()
    first = SentenceEmbedder(path, compiled=tmp_path, engine="fp32").embed(["hub"])
    (graph,) = tmp_path.rglob("model.onnx")
    made = graph.stat().st_mtime_ns
    SentenceEmbedder(path, compiled=tmp_path, engine="fp32").embed(["hub"])
    assert graph.stat().st_mtime_ns == made
    assert caplog.text.count("once for this home") == 1

    graph.write_bytes(graph.read_bytes()[:-1000])
    again = SentenceEmbedder(path, compiled=tmp_path, engine="fp32").embed(["hub"])
    np.testing.assert_array_equal(first, again)
    assert "compiling again" in caplog.text


def test_what_a_killed_compile_left_behind_is_not_used_and_is_cleared_away(tiny, tmp_path):
    SentenceEmbedder(tiny(), compiled=tmp_path, engine="fp32").embed(["hub"])
    (manifest,) = tmp_path.rglob("manifest.json")
    manifest.unlink()
    left = manifest.parent.rename(f"{manifest.parent}.staged")  # as it lies until it is whole

    model = SentenceEmbedder(tiny(), compiled=tmp_path, engine="fp32")
    assert "not compiled yet" in model.describe()
    model.embed(["hub"])
    assert not left.exists()
    assert manifest.is_file()


def edited(path: Path, into: Path, change) -> Path:
    """A copy of the model whose weights `change` was at."""
    from safetensors.torch import load_file, save_file

    copy = shutil.copytree(path, into)
    weights = load_file(copy / "model.safetensors")
    change(weights)
    save_file(weights, copy / "model.safetensors", metadata={"format": "pt"})
    return copy


def test_weights_that_are_no_numbers_are_refused(tiny, tmp_path):
    def spoil(weights):
        weights["embeddings.LayerNorm.weight"][:] = float("nan")

    path = edited(tiny(), tmp_path / "broken", spoil)
    with pytest.raises(EmbedderUnavailable, match="not 32 finite numbers"):
        SentenceEmbedder(path, compiled=tmp_path / "models").embed(["hub"])


def test_weights_that_are_no_weights_are_refused(tiny, tmp_path):
    path = shutil.copytree(tiny(), tmp_path / "broken")
    (path / "model.safetensors").write_bytes(b"\0" * 1000)
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        SentenceEmbedder(path, compiled=tmp_path / "models").embed(["hub"])
    assert not list((tmp_path / "models").rglob("manifest.json"))


def test_a_dimension_other_than_the_folder_says_is_refused(tiny, tmp_path):
    path = shutil.copytree(tiny("bert", "mean", 16), tmp_path / "wrong")
    file = path / "2_Dense" / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"out_features": 8}))
    with pytest.raises(EmbedderUnavailable):
        SentenceEmbedder(path, compiled=tmp_path / "models").embed(["hub"])
