"""What a folder says of its model, and folders that are no models."""

import json
import shutil

import pytest

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.adapters.embedding.model_folder import packaged_folder
from assist.errors import EmbedderUnavailable

PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@pytest.fixture
def folder(tmp_path):
    """A copy of the packaged model that may be broken."""
    return shutil.copytree(packaged_folder(), tmp_path / "my-model")


@pytest.fixture
def opened(tmp_path):
    return lambda path, **options: SentenceEmbedder(path, compiled=tmp_path / "models", **options)


def rewrite(file, **changes):
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def test_the_packaged_model_has_its_own_name_and_languages(opened):
    model = opened(None)
    assert (model.name, model.dimension, model.max_pieces) == ("all-MiniLM-L6-v2", 384, 256)
    assert model.languages == ("en",)
    assert opened(None, languages=("de-DE", "nb", "de")).languages == ("de", "no")


def test_another_folder_is_a_model_named_after_itself_and_all_that_makes_its_vectors(
    folder, opened
):
    first = opened(folder).name
    assert first.startswith("my-model-")
    assert opened(folder).name == first

    rewrite(folder / "1_Pooling" / "config.json", pooling_mode_cls_token=True)
    pooled = opened(folder).name
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\0")
    assert len({first, pooled, opened(folder).name}) == 3


def test_weights_that_are_not_those_expected_are_refused(folder, opened):
    weights = folder / "model.safetensors"
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)
    with pytest.raises(EmbedderUnavailable, match="SHA-256"):
        opened(folder, sha256=PUBLISHED)


def test_weights_are_read_once_and_again_when_they_change(folder, opened):
    weights = folder / "model.safetensors"
    name, state = opened(folder).name, weights.stat()
    assert opened(folder).name == name

    weights.write_bytes(b"other")
    assert opened(folder).name != name
    assert state.st_size != weights.stat().st_size


@pytest.mark.parametrize("pooling", [["mean", "cls"], "mean"])
def test_a_model_saved_by_a_later_sentence_transformers_is_read_too(folder, opened, pooling):
    (folder / "sentence_bert_config.json").write_text("{}")
    rewrite(folder / "tokenizer_config.json", model_max_length=100)
    (folder / "1_Pooling" / "config.json").write_text(
        json.dumps({"embedding_dimension": 384, "pooling_mode": pooling})
    )
    model = opened(folder)
    assert model.max_pieces == 100
    assert model.dimension == (768 if isinstance(pooling, list) else 384)


def test_without_a_limit_of_its_own_a_model_reads_as_far_as_its_positions_go(folder, opened):
    (folder / "sentence_bert_config.json").unlink()
    (folder / "tokenizer_config.json").unlink()
    assert opened(folder).max_pieces == 512


@pytest.mark.parametrize("name", ["modules.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_that_lacks_a_file_is_refused_by_the_file_s_name(folder, opened, name):
    (folder / name).unlink()
    with pytest.raises(EmbedderUnavailable, match="is missing") as raised:
        opened(folder).pieces("hub")
    assert raised.value.where == str(folder / name)


@pytest.mark.parametrize(
    ("path", "problem"),
    [("nothing-here", "there is no such folder"), ("gate.txt", "is not a folder")],
)
def test_a_path_that_is_no_folder_is_refused_with_the_setting_to_correct(
    tmp_path, opened, path, problem
):
    (tmp_path / "gate.txt").touch()
    with pytest.raises(EmbedderUnavailable, match=problem) as raised:
        opened(tmp_path / path)
    assert raised.value.where == str(tmp_path / path)
    assert "ASSIST_EMBEDDER" in raised.value.cure


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("modules.json", "{", "not JSON"),
        ("modules.json", "{}", "lists no modules"),
        ("modules.json", '[{"type": "x.Transformer"}]', "lists no modules"),
        ("modules.json", '[{"type": "x.WordEmbeddings", "path": ""}]', "starts with a transformer"),
        ("modules.json", '[{"type": "x.Transformer", "path": ""}]', "how long its vectors are"),
        ("sentence_bert_config.json", "[", "not JSON"),
        ("sentence_bert_config.json", '{"max_seq_length": -1}', "not a length: -1"),
        ("1_Pooling/config.json", "{}", "not a length: None"),
        ("1_Pooling/config.json", '{"embedding_dimension": "x"}', "not a length: 'x'"),
        ("1_Pooling/config.json", "[]", "holds no fields"),
        ("sentence_bert_config.json", "[]", "holds no fields"),
        ("config_sentence_transformers.json", "7", "holds no fields"),
    ],
)
def test_a_description_that_is_wrong_is_refused(folder, opened, name, content, problem):
    (folder / name).write_text(content)
    with pytest.raises(EmbedderUnavailable, match=problem):
        opened(folder)
