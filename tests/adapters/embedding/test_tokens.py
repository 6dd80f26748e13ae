"""Pieces are cut as transformers cuts them, however long the text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from assist.adapters.embedding.model_folder import packaged_folder
from assist.adapters.embedding.tokens import Tokens, encodable
from assist.errors import EmbedderUnavailable

FILE = packaged_folder() / "tokenizer.json"
MOST = 16
TOKENS = Tokens(FILE, MOST)
REFERENCE = Tokenizer.from_file(str(FILE))
REFERENCE.no_padding()
REFERENCE.enable_truncation(MOST)
WORDS = st.lists(st.text(max_size=12), max_size=400).map(" ".join)


@settings(max_examples=200)
@given(st.one_of(st.text(), WORDS))
def test_what_is_read_is_what_the_library_reads_when_it_truncates(text):
    (ids,) = TOKENS.ids([text])
    assert ids.tolist() == REFERENCE.encode(encodable(text)).ids


@pytest.mark.parametrize("text", ["hub " * 5000, "x" * 5000, " " * 5000 + "hub", "a" + " " * 9000])
def test_a_long_text_is_read_from_its_beginning(text):
    (ids,) = TOKENS.ids([text])
    assert ids.tolist() == REFERENCE.encode(text).ids


def test_many_texts_keep_their_order():
    texts = [f"hub {n}" for n in range(1000)]
    assert [ids.tolist() for ids in TOKENS.ids(texts)] == [
        REFERENCE.encode(text).ids for text in texts
    ]


@pytest.mark.parametrize("content", ["{", "{}", '{"model": 1}', ""])
def test_a_file_that_is_no_tokenizer_is_refused(tmp_path, content):
    file = tmp_path / "tokenizer.json"
    file.write_text(content)
    with pytest.raises(EmbedderUnavailable, match="tokenizer cannot be read") as raised:
        Tokens(file, MOST)
    assert raised.value.where == str(file)
