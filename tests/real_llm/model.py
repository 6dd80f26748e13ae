"""A tiny language model with random weights, written to a folder: nothing is downloaded."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH, INNER, LAYERS, HEADS = 32, 64, 2, 2
SEED = 12
WILL_TO_END = 1.6
"""How much stronger the end is than other pieces: replies end of themselves, most after a few
dozen pieces."""
TEMPLATE = (
    "{% for message in messages %}<{{ message['role'] }}> {{ message['content'] }}<end>"
    "{% endfor %}{% if add_generation_prompt %}<assistant> {% endif %}"
)


def write_model(folder: Path) -> Path:
    """A Llama of two layers with a tokenizer of single bytes, as transformers loads them."""
    from safetensors.numpy import save_file
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    unknown = "<unk>"
    special = [unknown, "<end>"]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {piece: number for number, piece in enumerate([*special, *alphabet])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token=unknown))
    tokenizer.add_special_tokens([AddedToken(piece, special=True) for piece in special])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.save(str(folder / "tokenizer.json"))
    _write(folder / "tokenizer_config.json", _tokenizer_config())
    _write(folder / "config.json", _config(len(vocabulary)))
    save_file(_weights(len(vocabulary)), folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def _tokenizer_config() -> dict[str, Any]:
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": "<unk>",
        "eos_token": "<end>",
        "pad_token": "<end>",
        "chat_template": TEMPLATE,
    }


def _config(pieces: int) -> dict[str, Any]:
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": pieces,
        "hidden_size": WIDTH,
        "intermediate_size": INNER,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "num_key_value_heads": HEADS,
        "max_position_embeddings": 16_384,
        "bos_token_id": None,
        "eos_token_id": 1,
        "pad_token_id": 1,
        "tie_word_embeddings": False,
        "dtype": "float32",
    }


def _weights(pieces: int) -> dict[str, NDArray[np.float32]]:
    drawn = np.random.default_rng(SEED)

    def some(*shape: int) -> NDArray[np.float32]:
        return drawn.normal(0.0, WIDTH**-0.5, shape).astype(np.float32)

    ones = np.ones(WIDTH, np.float32)
    weights = {
        "model.embed_tokens.weight": some(pieces, WIDTH),
        "model.norm.weight": ones,
        "lm_head.weight": some(pieces, WIDTH),
    }
    for layer in range(LAYERS):
        name = f"model.layers.{layer}"
        weights |= {f"{name}.self_attn.{part}_proj.weight": some(WIDTH, WIDTH) for part in "qkvo"}
        weights |= {f"{name}.mlp.{part}_proj.weight": some(INNER, WIDTH) for part in ("gate", "up")}
        weights[f"{name}.mlp.down_proj.weight"] = some(WIDTH, INNER)
        weights[f"{name}.input_layernorm.weight"] = ones
        weights[f"{name}.post_attention_layernorm.weight"] = ones
    weights["lm_head.weight"][1] *= WILL_TO_END
    return weights


def _write(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content), encoding="utf-8")
