"""The packaged model embeds as its authors say, and a model that is not right is not used."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assist.adapters.minilm import MiniLm, packaged_folder, usable_cores
from assist.errors import EmbedderUnavailable

LONG = "battery " * 400


@pytest.fixture(scope="module")
def model():
    return MiniLm()


@pytest.fixture
def folder(tmp_path):
    """A copy of the packaged model that may be broken."""
    return shutil.copytree(packaged_folder(), tmp_path / "my-model")


def cosine(model, one, other):
    a, b = model.embed([one, other])
    return float(a @ b)


def test_pieces_are_the_words_and_their_parts_with_offsets(model):
    text = "Resetting the Wi-Fi café"
    found = [text[start:end] for start, end in model.pieces(text)]
    assert found == ["Reset", "ting", "the", "Wi", "-", "Fi", "café"]


def test_pieces_are_counted_beyond_what_the_model_and_its_tokenizer_file_read(model):
    assert model.max_pieces == 256
    assert len(model.pieces(LONG)) == 400
    assert model.pieces("") == []


def test_half_a_character_counts_as_one_that_is_unknown(model):
    assert model.pieces("ab \ud83d cd")[-1] == (5, 7)


def test_counting_pieces_loads_no_model():
    script = (
        "import sys\n"
        "from assist.adapters.minilm import MiniLm\n"
        "MiniLm().pieces('hub')\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers'} & sys.modules.keys()\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


@pytest.mark.model
def test_vectors_are_unit_rows_of_single_precision(model):
    vectors = model.embed(["How do I reset the hub?", "", "x", LONG])
    assert vectors.shape == (4, model.dimension) == (4, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.model
def test_no_texts_have_no_vectors(model):
    assert model.embed([]).shape == (0, 384)


@pytest.mark.model
def test_a_paraphrase_is_nearer_than_another_subject(model):
    asked = "I forgot my password and cannot log in"
    assert cosine(model, asked, "How to regain access to your account") > 0.4
    assert cosine(model, asked, "The thermostat shows the wrong temperature") < 0.2


@pytest.mark.model
def test_256_pieces_are_read_and_no_more(model):
    inside = cosine(model, "battery " * 200, "battery " * 200 + "zebra " * 54)
    outside = cosine(model, "battery " * 254, "battery " * 254 + "zebra " * 54)
    assert inside < 0.95
    assert outside == pytest.approx(1.0, abs=1e-5)


@pytest.mark.model
def test_a_text_has_the_same_vector_alone_and_among_others(model):
    texts = ["hub", "How do I return a camera?", LONG, ""] * 4
    together = model.embed(texts)
    for row, text in list(zip(together, texts, strict=True))[:4]:
        np.testing.assert_allclose(model.embed([text])[0], row, atol=1e-5)


@pytest.mark.model
def test_threads_may_embed_and_count_at_once(model):
    with ThreadPoolExecutor(4) as pool:
        counted = [pool.submit(model.pieces, LONG) for _ in range(20)]
        embedded = [pool.submit(model.embed, ["hub", "a plug"]) for _ in range(8)]
        assert {len(future.result()) for future in counted} == {400}
        first = embedded[0].result()
        assert all(np.allclose(first, future.result(), atol=1e-5) for future in embedded)


@pytest.mark.model
def test_another_folder_is_a_model_named_after_itself_and_its_weights(model, folder):
    other = MiniLm(folder)
    assert other.name == "my-model-53aa5117"
    np.testing.assert_allclose(other.embed(["hub"]), model.embed(["hub"]), atol=1e-6)


def test_the_packaged_model_has_its_own_name(model):
    assert (model.name, model.dimension) == ("all-MiniLM-L6-v2", 384)


def test_weights_that_are_not_those_expected_are_refused(folder):
    weights = folder / "model.safetensors"
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)
    expected = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    with pytest.raises(EmbedderUnavailable, match="SHA-256"):
        MiniLm(folder, sha256=expected).embed(["hub"])


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_that_lacks_a_file_is_refused_by_the_file_s_name(folder, name):
    (folder / name).unlink()
    with pytest.raises(EmbedderUnavailable, match=name):
        MiniLm(folder).pieces("hub")


@pytest.mark.model
def test_broken_weights_are_refused(folder):
    (folder / "model.safetensors").write_bytes(b"\0" * 1000)
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        MiniLm(folder).embed(["hub"])


def test_a_broken_description_is_refused(folder):
    (folder / "modules.json").write_text("{")
    with pytest.raises(EmbedderUnavailable, match="not JSON"):
        MiniLm(folder)


def test_a_model_that_starts_with_no_transformer_is_refused(folder):
    modules = [{"type": "sentence_transformers.models.WordEmbeddings", "path": ""}]
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(EmbedderUnavailable, match="transformer"):
        MiniLm(folder)


def test_no_more_cores_are_used_than_there_are():
    assert 1 <= usable_cores() <= 4096
