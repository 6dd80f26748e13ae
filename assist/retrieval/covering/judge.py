"""Texts -> how likely the lines of a knowledge base answer each, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assist.domain.coverage import Covered, Sign
from assist.errors import NoIndex, NotFound
from assist.language.sentences import sentences
from assist.ports import Vectors
from assist.retrieval.covering.lines import Line
from assist.retrieval.covering.scale import COVERING, CoveringScale, Numbers
from assist.retrieval.covering.space import Space
from assist.retrieval.covering.words import Words, nothing_said

AT_ONCE = 256
"""Texts compared with all lines together: 256 times 100,000 cosines are 100 MB."""
LONG, SHORTEST, SENTENCES = 40, 4, 24
"""Words of a text that is read by its sentences too, and of a sentence that asks something, at
least; sentences read, the first ones. With the best sentence counted, 67 % of the sample company's
tickets reach the bar, else 48 %; of those whose articles are hidden 47 %, else 27 %: what is told
apart stays the same (.62), and a story is no longer called a gap for its length."""
QUOTED = 120
"""Characters of a line that a sign quotes."""

Embed = Callable[[Sequence[str]], Vectors]


class Measured(NamedTuple):
    """What was seen of some texts, a row each: best cosine, mean of the best, relative distance.

    `near` are the nearest lines, best first; `document` the one most likely to answer, and `line`
    its nearest line.
    """

    best: Numbers
    mean: Numbers
    relative: Numbers
    near: NDArray[np.int64]
    document: NDArray[np.int64]
    line: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Coverer:
    """Judges by the lines of one knowledge base. Made once per generation; threads may share it."""

    lines: tuple[Line, ...]
    vectors: Vectors
    documents: tuple[str, ...]
    starts: NDArray[np.int64]
    """Where each document's lines begin: they stand by document."""
    space: Space
    embed: Embed
    words: Words = nothing_said
    scale: CoveringScale = COVERING

    @classmethod
    def of(
        cls,
        lines: Sequence[Line],
        vectors: Vectors,
        embed: Embed,
        words: Words = nothing_said,
        scale: CoveringScale = COVERING,
    ) -> "Coverer":
        """`vectors` are the lines', in their order. Raises `NoIndex` where there is no line."""
        if not lines:
            raise NoIndex("the knowledge base has no text to judge by", cure="ingest an article")
        numbers = {one: n for n, one in enumerate(dict.fromkeys(x.document_id for x in lines))}
        groups = np.array([numbers[line.document_id] for line in lines], dtype=np.int64)
        order = np.argsort(groups, kind="stable")
        starts = np.searchsorted(groups[order], np.arange(len(numbers)))
        space = Space.fit(vectors, groups, len(numbers))
        ordered = tuple(lines[n] for n in order.tolist())
        return cls(ordered, vectors[order], tuple(numbers), starts, space, embed, words, scale)

    def without(self, documents: frozenset[str]) -> "Coverer":
        """The same as if these documents did not exist.

        Raises `NotFound` where one of them has no line, and `NoIndex` where none is left.
        """
        if unknown := sorted(documents - set(self.documents)):
            raise NotFound(
                f"there is no text of {unknown[0]!r}", cure="ask `assist search` for ids"
            )
        kept = [n for n, line in enumerate(self.lines) if line.document_id not in documents]
        left = tuple(self.lines[n] for n in kept)
        return self.of(left, self.vectors[kept], self.embed, self.words, self.scale)

    def also(self, lines: Sequence[Line]) -> "Coverer":
        """The same with these lines besides, as of an article that is not published yet."""
        new = self.embed([line.text for line in lines])
        together = np.concatenate([self.vectors, new])
        return self.of((*self.lines, *lines), together, self.embed, self.words, self.scale)

    def on(self, scale: CoveringScale) -> "Coverer":
        """The same, judging on another scale."""
        return replace(self, scale=scale)

    def judge_each(
        self, texts: Sequence[str], before: Sequence[str] | None = None
    ) -> tuple[Covered, ...]:
        """Each text judged; `before` is what was said right before it, "" where nothing was."""
        alone = self.measure(texts)
        evidence = self._read_together(texts, before, alone)
        values, close = self.scale.values(evidence), self.closeness(alone, evidence)
        return tuple(
            self._covered(text, (float(values[n]), float(close[n])), alone, n)
            for n, text in enumerate(texts)
        )

    def evidence_of(self, texts: Sequence[str], before: Sequence[str] | None = None) -> Numbers:
        """What the scale is asked about each text."""
        return self._read_together(texts, before, self.measure(texts))

    def _read_together(
        self, texts: Sequence[str], before: Sequence[str] | None, alone: Measured
    ) -> Numbers:
        """The mean of all readings of each text.

        A long text is read whole and by its sentences, a follow-up alone and after what was
        said; the readings count alike. A story dilutes the sentence that asks, and "for how
        long?" asks nothing by itself.
        """
        readings = [[one] for one in self.evidence(alone).tolist()]
        for number, value in self._by_sentences(texts):
            readings[number].append(value)
        for number, value in self._after(texts, before or ("",) * len(texts)):
            readings[number].append(value)
        return np.array([sum(some) / len(some) for some in readings], dtype=np.float32)

    def _by_sentences(self, texts: Sequence[str]) -> list[tuple[int, float]]:
        """Of each text of several sentences, its number and what its best one comes to."""
        parts = [(n, said) for n, text in enumerate(texts) for said in _several(text)]
        values = self.evidence(self.measure([said for _, said in parts])).tolist()
        best: dict[int, float] = {}
        for (number, _), value in zip(parts, values, strict=True):
            best[number] = max(value, best.get(number, value))
        return [*best.items()]

    def _after(self, texts: Sequence[str], before: Sequence[str]) -> list[tuple[int, float]]:
        """Of each text that something was said before, its number and what both come to."""
        follows = [n for n, words in enumerate(before) if words.strip()]
        read = self.measure([f"{before[n]} {texts[n]}" for n in follows])
        return [*zip(follows, self.evidence(read).tolist(), strict=True)]

    def evidence(self, measured: Measured) -> Numbers:
        """What counts of it, on this coverer's scale."""
        return self.scale.evidence(measured.best, measured.mean, measured.relative)

    def closeness(self, measured: Measured, evidence: Numbers) -> Numbers:
        """Half the evidence, half the best line's cosine: alike in all kinds of tickets."""
        return np.asarray((evidence + measured.best) / 2, dtype=np.float32)

    def measure(self, texts: Sequence[str]) -> Measured:
        """What there is to see of each text."""
        return self.measure_vectors(self.embed(texts))

    def measure_vectors(self, vectors: Vectors) -> Measured:
        """The same of texts whose vectors are known."""
        near = min(self.scale.neighbors, len(self.lines))
        if not len(vectors):
            none, nowhere = np.zeros(0, np.float32), np.zeros(0, np.int64)
            return Measured(none, none, none, nowhere.reshape(0, near), nowhere, nowhere)
        some = (vectors[n : n + AT_ONCE] for n in range(0, len(vectors), AT_ONCE))
        found = zip(*(self._measured(one, near) for one in some), strict=True)
        return Measured(*map(np.concatenate, found))

    def _measured(self, vectors: Vectors, near: int) -> Measured:
        cosines = vectors @ self.vectors.T
        rows = np.argpartition(cosines, -near, axis=1)[:, -near:]
        held = np.take_along_axis(cosines, rows, axis=1)
        order = np.argsort(-held, axis=1, kind="stable")
        counted = np.take_along_axis(held, order, axis=1)[:, : self.scale.among(len(self.lines))]
        place = self.space.place(vectors)
        nearest = np.maximum.reduceat(cosines, self.starts, axis=1)
        document = (nearest - place.within / self.scale.relative).argmax(axis=1)
        ends = np.append(self.starts[1:], len(self.lines))
        line = [
            first + int(cosines[row, first:end].argmax())
            for row, (first, end) in enumerate(
                zip(self.starts[document].tolist(), ends[document].tolist(), strict=True)
            )
        ]
        return Measured(
            held.max(axis=1),
            counted.mean(axis=1),
            place.relative,
            np.take_along_axis(rows, order, axis=1),
            document,
            np.array(line, dtype=np.int64),
        )

    def _covered(
        self, text: str, judged: tuple[float, float], measured: Measured, row: int
    ) -> Covered:
        value, closeness = judged
        line = self.lines[int(measured.line[row])]
        near = [self.lines[n] for n in measured.near[row].tolist()]
        passages = dict.fromkeys([line.passage_id, *(one.passage_id for one in near)])
        worded = self.words(text, tuple(passages))
        return Covered(
            value=value,
            state=self.scale.state(value),
            closeness=closeness,
            document_id=line.document_id,
            passage_id=line.passage_id,
            missing=worded.missing,
            signs=(*self._signs(measured, row, near), *worded.signs),
        )

    def _signs(self, measured: Measured, row: int, near: Sequence[Line]) -> tuple[Sign, ...]:
        best, mean = float(measured.best[row]), float(measured.mean[row])
        relative = float(measured.relative[row])
        documents = len({line.document_id for line in near})
        quote = near[0].text[:QUOTED]
        among = f"the {len(near)} nearest lines are of {documents} document(s), at {mean:.2f}"
        like = "like one of its articles" if relative >= 0 else "like none of its articles"
        return (
            Sign(name="nearest", value=best, says=f"cosine {best:.2f}: {quote}"),
            Sign(name="neighbors", value=mean, says=f"{among} on average"),
            Sign(name="inside", value=relative, says=f"it reads {like}"),
        )


def _several(text: str) -> list[str]:
    """The sentences of a long text that say something; none of one that has only one."""
    if len(text.split()) < LONG:
        return []
    said = [span.text for span in sentences(text) if len(span.text.split()) >= SHORTEST]
    return said[:SENTENCES] if len(said) > 1 else []
