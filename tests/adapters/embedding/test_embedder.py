"""The packaged model embeds as its authors say, without torch, and takes whatever it is given."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assist.adapters.embedding.embedder import SentenceEmbedder
from tests.compiled_models import compiled_models

LONG = "battery " * 400


@pytest.fixture(scope="module")
def model():
    return SentenceEmbedder(compiled=compiled_models())


@pytest.fixture(scope="module")
def reference():
    return SentenceEmbedder(compiled=compiled_models(), engine="reference")


def cosine(model, one, other):
    a, b = model.embed([one, other])
    return float(a @ b)


def unheard(ready):
    pass


def corpus(model, texts):
    return model.embed_corpus(texts, [()] * len(texts), unheard).vectors


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


def test_counting_pieces_and_asking_its_name_loads_and_compiles_nothing(tmp_path):
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from assist.adapters.embedding.embedder import SentenceEmbedder\n"
        f"model = SentenceEmbedder(compiled=Path({str(tmp_path / 'models')!r}))\n"
        "assert (model.name, model.dimension) == ('all-MiniLM-L6-v2', 384)\n"
        "model.pieces('hub')\n"
        "assert 'not compiled yet' in model.describe()\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx'} & sys.modules.keys()\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
    assert not (tmp_path / "models").exists()


@pytest.mark.model
def test_a_compiled_model_embeds_without_torch_and_within_a_second_of_its_process(model):
    model.embed(["compiled now, if it was not"])
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from assist.adapters.embedding.embedder import SentenceEmbedder\n"
        "started = time.process_time()\n"
        f"model = SentenceEmbedder(compiled=Path({str(compiled_models())!r}))\n"
        "model.embed(['How do I reset the hub?'])\n"
        "texts = ['the hub blinks'] * 20\n"
        "model.embed_corpus(texts, [()] * 20, lambda ready: None)\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx'} & sys.modules.keys()\n"
        "assert not heavy, heavy\n"
        "print(time.process_time() - started)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert float(done.stdout) < 1.0, "seconds of processor time to load and embed"
    assert done.stderr == ""


@pytest.mark.model
def test_it_says_how_near_it_comes_to_the_reference(model):
    model.embed(["compiled now, if it was not"])
    assert model.describe().startswith("ONNX Runtime in int8; cosine to the reference: fp32 1.0000")


@pytest.mark.model
def test_vectors_are_unit_rows_of_single_precision(model):
    vectors = model.embed(["How do I reset the hub?", "", "x", LONG])
    assert vectors.shape == (4, model.dimension) == (4, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


@pytest.mark.model
def test_no_texts_have_no_vectors(model):
    read = model.embed_corpus([], [], unheard)
    assert model.embed([]).shape == read.vectors.shape == (0, 384)


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
@pytest.mark.parametrize("words", [1, 20, 140, 200, 260, 400])
def test_it_comes_near_the_reference_whatever_the_length(model, reference, words):
    text = " ".join(f"the {thing} of my hub" for thing in ["light", "box", "price", "code"] * 100)
    read = " ".join(text.split()[:words])
    (found,), (expected,) = model.embed([read]), reference.embed([read])
    assert found @ expected > 0.98


@pytest.mark.model
def test_a_text_has_the_same_vector_alone_among_others_and_in_a_corpus(model):
    texts = ["hub", "How do I return a camera?", LONG, ""] * 4
    together = model.embed(texts)
    alone = SentenceEmbedder(compiled=compiled_models(), cache=0)
    for row, text in list(zip(together, texts, strict=True))[:4]:
        np.testing.assert_array_equal(alone.embed([text])[0], row)
    np.testing.assert_allclose(corpus(model, texts), together, atol=1e-6)


@pytest.mark.model
def test_threads_may_embed_and_count_at_once():
    model = SentenceEmbedder(compiled=compiled_models(), cache=0)
    with ThreadPoolExecutor(4) as pool:
        counted = [pool.submit(model.pieces, LONG) for _ in range(20)]
        embedded = [pool.submit(model.embed, ["hub", "a plug"]) for _ in range(8)]
        assert {len(future.result()) for future in counted} == {400}
        first = embedded[0].result()
        assert all(np.array_equal(first, future.result()) for future in embedded)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["", " ", "😀" * 300, "\ud83d", "\x00", "x" * 100_000, "battery " * 130_000, "東京" * 9000],
    ids=["empty", "space", "emoji", "half", "null", "word of 100 kB", "megabyte", "no spaces"],
)
def test_any_text_has_a_unit_vector(model, text):
    (vector,) = model.embed([text])
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.model
def test_a_megabyte_has_the_vector_of_its_beginning(model):
    assert cosine(model, "battery " * 130_000, LONG) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.model
def test_a_corpus_is_told_of_in_order_and_can_be_ended(model):
    texts = [f"passage {n} of the hub" * (1 + n % 5) for n in range(40)]
    heard = []
    model.embed_corpus(texts, [()] * 40, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 40

    def end(ready):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        model.embed_corpus(texts, [()] * 40, end)


@pytest.mark.model
def test_an_answer_is_kept_and_the_one_not_asked_for_longest_goes():
    model = SentenceEmbedder(compiled=compiled_models(), cache=2)
    kept = model.embed(["hub", "plug"])
    assert (model.cache.size, model.cache.bytes) == (2, 2 * (384 * 4 + 16))

    model.embed(["hub"])
    model.embed(["camera"])
    assert model.cache.size == 2
    assert model.cache.get("plug") is None
    np.testing.assert_array_equal(model.cache.get("hub"), kept[0])
