"""A draft -> its text in pieces, each with the sentence it is, and the sources of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assist.domain.draft import Citation, Draft, Sentence
from assist.domain.knowledge import Passage


class Source(NamedTuple):
    """A quote by its number, in the passage it stands in: what is before, itself, what is after.

    Of a passage that was not kept there is the quote alone.
    """

    number: int
    passage_id: str
    title: str
    before: str
    quote: str
    after: str
    internal: bool


class Piece(NamedTuple):
    """A part of a reply's text: a sentence with the numbers of its sources, or what is between."""

    text: str
    sentence: Sentence | None = None
    sources: tuple[int, ...] = ()


class Reply(NamedTuple):
    """A draft as the panel shows it: its text in pieces, whose texts together are the draft's."""

    pieces: tuple[Piece, ...]
    sources: tuple[Source, ...]


def reply_of(draft: Draft, passages: Mapping[str, Passage]) -> Reply:
    """The draft laid out; a quote that several sentences rest on is one source."""
    numbers: dict[tuple[str, str], int] = {}
    for sentence in draft.sentences:
        for cited in sentence.citations:
            numbers.setdefault((cited.passage_id, cited.quote), len(numbers) + 1)
    by_key = {(c.passage_id, c.quote): c for s in draft.sentences for c in s.citations}
    sources = tuple(
        _source(number, by_key[key], passages.get(key[0])) for key, number in numbers.items()
    )
    return Reply(tuple(_pieces(draft.text, draft.sentences, numbers)), sources)


def _pieces(
    text: str, sentences: Sequence[Sentence], numbers: Mapping[tuple[str, str], int]
) -> Iterator[Piece]:
    """Sentences stand in the text in their order; one that is laid out otherwise is plain text."""
    done = 0
    for sentence in sentences:
        start = text.find(sentence.text, done)
        if start < 0:
            continue
        if start > done:
            yield Piece(text[done:start])
        own = dict.fromkeys(numbers[c.passage_id, c.quote] for c in sentence.citations)
        yield Piece(sentence.text, sentence, tuple(own))
        done = start + len(sentence.text)
    if done < len(text):
        yield Piece(text[done:])


def _source(number: int, cited: Citation, passage: Passage | None) -> Source:
    if passage is None:
        return Source(number, cited.passage_id, cited.document_id, "", cited.quote, "", False)
    start, end = _place(passage.text, cited.quote)
    return Source(
        number=number,
        passage_id=cited.passage_id,
        title=passage.title or cited.document_id,
        before=passage.text[:start],
        quote=passage.text[start:end] or cited.quote,
        after=passage.text[end:],
        internal=passage.audience == "internal",
    )


def _place(text: str, quote: str) -> tuple[int, int]:
    """Where the quote stands, white space folded; nothing before an end that is not found."""
    start = text.find(quote)
    if start >= 0:
        return start, start + len(quote)
    letters = [place for place, letter in enumerate(text) if not letter.isspace()]
    folded = "".join(text[place] for place in letters)
    wanted = "".join(quote.split())
    start = folded.find(wanted)
    if start < 0 or not wanted:
        return 0, 0
    return letters[start], letters[start + len(wanted) - 1] + 1
