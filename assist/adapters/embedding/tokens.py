"""Text -> word pieces, by the `tokenizer.json` of a model."""

from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from assist.adapters.embedding.batches import Ids
from assist.adapters.processor import usable_cores
from assist.errors import EmbedderUnavailable

HEAD = 32
"""Characters per piece that are looked at first. English has five; a megabyte takes 0.5 s to cut
into pieces, of which a model reads a few hundred."""
CHUNK = 256
"""Texts a thread cuts into pieces at a time."""


class Tokens:
    """Cuts texts into pieces. Threads may share it: it keeps no state.

    What the file says of truncation and padding is left out: the packaged one says 128 pieces,
    padded to 128, of a model that reads 256. `most` is how many pieces are read, special ones
    included. Raises `EmbedderUnavailable`.
    """

    def __init__(self, file: Path, most: int) -> None:
        self._tokenizer = _opened(file)
        self._before, self._after = _special(self._tokenizer)
        self._most = most - len(self._before) - len(self._after)

    def pieces(self, text: str) -> list[tuple[int, int]]:
        """Character offsets (start, end) of all pieces of `text`, no special ones."""
        encoding = self._tokenizer.encode(encodable(text), add_special_tokens=False)
        offsets: list[tuple[int, int]] = encoding.offsets
        return offsets

    def spans(self, text: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Ranges of characters -> ranges of the pieces that are read, special ones counted.

        A range that is not read, because the text is too long, is empty.
        """
        starts = [start for start, _ in self.pieces(text)[: self._most]]
        before = len(self._before)
        return [
            (before + bisect_left(starts, start), before + bisect_left(starts, end))
            for start, end in parts
        ]

    def ids(self, texts: Sequence[str]) -> list[Ids]:
        """What the model reads of each text, special pieces included."""
        chunks = [texts[n : n + CHUNK] for n in range(0, len(texts), CHUNK)]
        if len(chunks) < 2:
            return self._chunk(texts)
        with ThreadPoolExecutor(usable_cores()) as threads:
            return [ids for chunk in threads.map(self._chunk, chunks) for ids in chunk]

    def _chunk(self, texts: Sequence[str]) -> list[Ids]:
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> Ids:
        text = encodable(text)
        head = _head(text, HEAD * self._most)
        body = self._cut(head)
        if len(head) < len(text) and len(body) < 2 * self._most:  # long pieces, or few of them
            body = self._cut(text)
        return np.array([*self._before, *body[: self._most], *self._after], dtype=np.int64)

    def _cut(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return found


def encodable(text: str) -> str:
    """The text with lone surrogates, which no tokenizer takes, as one `?` each."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _head(text: str, size: int) -> str:
    """At most `size` characters, up to a space; all of a text without one there."""
    if len(text) <= size:
        return text
    space = text.rfind(" ", 0, size)
    return text[:space] if space > 0 else text


def _opened(file: Path) -> Tokenizer:
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:
        raise EmbedderUnavailable(
            f"the tokenizer cannot be read: {error}",
            cure="name a folder as sentence-transformers saves it",
            where=str(file),
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _special(tokenizer: Tokenizer) -> tuple[list[int], list[int]]:
    """The special pieces the model wants before and after a text."""
    encoding = tokenizer.encode("a")
    mask = encoding.special_tokens_mask
    first = mask.index(0) if 0 in mask else len(mask)
    last = len(mask) - mask[::-1].index(0) if 0 in mask else len(mask)
    return encoding.ids[:first], encoding.ids[last:]
