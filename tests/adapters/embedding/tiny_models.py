"""Models of the usual shapes, a few thousand random weights each, as sentence-transformers saves.

Their weights are large, so that their vectors differ from text to text, and so that small errors
grow: what computes them slightly otherwise computes something else.
"""

import string
from pathlib import Path

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

START, PAD, END, UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"
SPECIAL = {START: 0, PAD: 1, END: 2, UNKNOWN: 3}
WIDTH = 32
READS = 48
"""Pieces."""
SHAPE = {
    "hidden_size": WIDTH,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "intermediate_size": 64,
    "max_position_embeddings": READS + 16,
    "initializer_range": 0.5,
    "pad_token_id": SPECIAL[PAD],
}


def save(kind: str, pooling: str, folder: Path, dense: int = 0) -> Path:
    """A model of `kind` (`bert`, `mpnet`, `xlm-roberta`, `distilbert`) in `folder`."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import (
        Dense,
        Normalize,
        Pooling,
        Transformer,
    )
    from transformers import AutoConfig, AutoModel, PreTrainedTokenizerFast

    torch.manual_seed(7)
    tokenizer = _subwords() if kind == "xlm-roberta" else _word_pieces()
    config = AutoConfig.for_model(kind, vocab_size=tokenizer.get_vocab_size(), **SHAPE)
    if kind == "distilbert":
        config.n_layers, config.n_heads, config.hidden_dim = 2, 4, 64
    AutoModel.from_config(config).save_pretrained(folder / "transformer")
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, cls_token=START, pad_token=PAD, sep_token=END, unk_token=UNKNOWN
    ).save_pretrained(folder / "transformer")
    modules = [
        Transformer(str(folder / "transformer"), max_seq_length=READS),
        Pooling(WIDTH, pooling),
        *([Dense(WIDTH, dense)] if dense else []),
        Normalize(),
    ]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"))
    return folder / "model"


def _word_pieces() -> Tokenizer:
    """Cuts words into letters."""
    letters = [*string.ascii_lowercase, *string.digits, *string.punctuation]
    pieces = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return _framed(tokenizer)


def _subwords() -> Tokenizer:
    """Cuts any script into letters and some pairs of them, as SentencePiece does."""
    letters = [(letter, -3.0) for letter in string.printable.strip() + "äöüßéèñçабвгдежз東京"]
    pieces = [*((piece, 0.0) for piece in SPECIAL), ("▁", -2.0), ("th", -2.5), ("er", -2.5)]
    tokenizer = Tokenizer(models.Unigram([*pieces, *letters], unk_id=SPECIAL[UNKNOWN]))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return _framed(tokenizer)


def _framed(tokenizer: Tokenizer) -> Tokenizer:
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}", special_tokens=[(START, 0), (END, 2)]
    )
    return tokenizer
