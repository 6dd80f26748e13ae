"""Document -> passages: pieces of its structure that the embedder reads whole.

A section (the text under one heading path) is packed into passages of about `TARGET` word pieces.
A list or a table stays whole where it fits; else it is cut between entries or rows, prose between
sentences, and only a word longer than a passage inside itself. Every passage is verbatim
`document.text[start:end]`; each character that is not white space and not part of a heading is in
exactly one. A heading whose section holds nothing, or next to nothing, becomes text of the
passage it joins, so that no word is lost.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from assist.domain.knowledge import Document, Passage
from assist.retrieval.blocks import HEADING_CHARACTERS, Block, blocks
from assist.retrieval.cuts import CUTS, Cut, trimmed
from assist.retrieval.sections import Section, join, sections

CHUNKING = "structure-1"
"""Part of every generation's fingerprint: raise it whenever the same document would be cut
differently."""
TARGET = 180
"""Word pieces a passage is packed to; a passage that is whole at a little more stays whole."""
TINY = 16
"""A section below this many pieces joins its neighbor: alone it says too little to be found."""
SPECIALS = 2
"""Pieces the embedder adds around every text."""
CHARACTERS_PER_PIECE = 20
"""What a piece counts for at most: a tokenizer gives one piece to a word it gives up on, however
long, and prose has four to five characters per piece."""
LABEL_CHARACTERS = 60
"""A longer line without a full stop is a sentence that somebody did not end."""

Pieces = Callable[[str], list[tuple[int, int]]]


class Atom(NamedTuple):
    """A span that is not cut further, its size in pieces, and whether it announces the next."""

    start: int
    end: int
    size: int
    announces: bool = False


def chunk(document: Document, pieces: Pieces, limit: int) -> tuple[Passage, ...]:
    """The passages of `document` in order.

    `pieces` gives the character offsets of a text's word pieces; `Passage.reading` never has more
    than `limit` of them, specials included. The title is cut to an eighth of the limit and outer
    headings are dropped where title and headings would take more than a quarter. A part of a
    table without its first row carries that row as its last heading.
    """
    cutter = _Cutter(document, pieces, limit)
    made: list[Passage] = []
    seen: dict[str, int] = {}
    for start, end, headings in cutter.spans():
        text = document.text[start:end]
        name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        seen[name] = seen.get(name, 0) + 1
        suffix = f"-{seen[name]}" if seen[name] > 1 else ""
        made.append(
            Passage(
                id=f"{document.id}#{name}{suffix}",
                document_id=document.id,
                kind=document.kind,
                title=cutter.title,
                headings=headings,
                text=text,
                start=start,
                end=end,
                position=len(made),
                audience=document.audience,
                language=document.language,
                regions=document.regions,
                products=document.products,
                tiers=document.tiers,
                effective=document.effective,
                expires=document.expires,
                macro=document.macro,
            )
        )
    return tuple(made)


class _Cutter:
    """One document being cut; holds its word pieces, counted once."""

    def __init__(self, document: Document, pieces: Pieces, limit: int) -> None:
        self.text = document.text
        self.pieces = pieces
        self.limit = limit
        self.starts = [start for start, _ in pieces(self.text)]
        self.heading_cap = max(1, limit // 8 - 1)
        self.title = self._cut_title(document.title)
        self._fits: dict[tuple[str, ...], tuple[tuple[str, ...], int]] = {}

    def size(self, start: int, end: int) -> int:
        """Pieces between two places where a word ends."""
        counted = bisect_left(self.starts, end) - bisect_left(self.starts, start)
        return max(counted, (end - start) // CHARACTERS_PER_PIECE)

    def spans(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """(start, end, headings) of every passage, in order."""
        for group in self._joined(sections(blocks(self.text), self._is_heading)):
            yield from self._passages(group)

    def _cut_title(self, title: str) -> str:
        title = title[: self.heading_cap * CHARACTERS_PER_PIECE]
        offsets = self.pieces(title)
        while len(offsets) > self.heading_cap:  # again where a cut word has more pieces than whole
            title = title[: min(offsets[self.heading_cap][0], len(title) - 1)].rstrip()
            offsets = self.pieces(title)
        return title

    def _is_heading(self, block: Block) -> bool:
        """A heading too long to be carried by its passages is read as a paragraph."""
        return block.kind == "heading" and self.size(block.start, block.end) <= self.heading_cap

    def _joined(self, found: Sequence[Section]) -> Iterator[Section]:
        """Tiny sections joined to a neighbor below the same parent."""
        target = min(TARGET, self._budget(()))
        waiting: Section | None = None
        for number, section in enumerate(found):
            if waiting is None:
                waiting = section
                continue
            last = number == len(found) - 1
            tiny = self._body(waiting) < TINY or (last and self._body(section) < TINY)
            together = join(waiting, section)
            if tiny and together and self.size(together.start, together.end) <= target:
                waiting = together
            else:
                yield waiting
                waiting = section
        if waiting is not None:
            yield waiting

    def _body(self, section: Section) -> int:
        return sum(self.size(b.start, b.end) for b in section.blocks if b.kind != "heading")

    def _passages(self, section: Section) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        tables = [(b.start, b.end, self._columns(b)) for b in section.blocks if b.kind == "table"]
        paths = {section.path, *((*section.path, names) for _, _, names in tables if names)}
        budget = min(self._budget(path) for path in paths)
        for start, end in _pack(_led_in(self._atoms(section, budget), budget), budget):
            before = bisect_left(tables, start, key=lambda table: table[0]) - 1
            cut = before >= 0 and start < tables[before][1]  # it starts inside that table
            names = tables[before][2] if cut else ""
            yield start, end, self._headings((*section.path, names) if names else section.path)

    def _columns(self, block: Block) -> str:
        """The first row of a table as words, where its passages can carry it."""
        if block.kind != "table":
            return ""
        row = self.text[block.start : block.end].split("\n", 1)[0]
        names = ", ".join(cell.strip() for cell in row.strip().strip("|").split("|"))
        carried = len(names) <= HEADING_CHARACTERS and len(self.pieces(names)) <= self.heading_cap
        return names if carried else ""

    def _headings(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """As much of the path, from its inner end, as a quarter of the limit holds."""
        return self._fitted(path)[0]

    def _budget(self, path: tuple[str, ...]) -> int:
        """Pieces left for text below this path."""
        return max(1, self.limit - SPECIALS - self._fitted(path)[1])

    def _fitted(self, path: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """The headings kept of the path, and the pieces that they and the title take."""
        if path not in self._fits:
            kept, size = path, len(self.pieces(_prefix(self.title, path)))
            while kept and size > max(1, self.limit // 4):
                kept = kept[1:]
                size = len(self.pieces(_prefix(self.title, kept)))
            self._fits[path] = kept, size
        return self._fits[path]

    def _atoms(self, section: Section, budget: int) -> list[Atom]:
        atoms: list[Atom] = []
        for block in section.blocks:
            parts = list(self._parts(block.start, block.end, CUTS[block.kind], budget))
            if parts:
                parts[-1] = parts[-1]._replace(announces=_announces(block, self.text))
            atoms += parts
        return atoms

    def _parts(self, start: int, end: int, cuts: Sequence[Cut], budget: int) -> Iterator[Atom]:
        """The span whole where it fits, else its parts by the first of `cuts`, and so on down."""
        start, end = trimmed(self.text, start, end)
        if start == end:
            return
        size = self.size(start, end)
        if size <= budget:
            yield Atom(start, end, max(1, size))
        elif cuts:
            for part_start, part_end in cuts[0](self.text, start, end):
                yield from self._parts(part_start, part_end, cuts[1:], budget)
        else:
            yield from self._word_parts(start, end, budget)

    def _word_parts(self, start: int, end: int, budget: int) -> Iterator[Atom]:
        """A word longer than a passage, cut where pieces start.

        A part of a word may have other pieces than the word had, so each part is counted again;
        it counts as full, because parts of a word are never packed together.
        """
        while start < end:
            after = bisect_left(self.starts, start) + budget
            place = self.starts[after] if after < len(self.starts) else end
            stop = min(end, max(place, start + 1), start + budget * CHARACTERS_PER_PIECE)
            while stop - start > 1 and len(self.pieces(self.text[start:stop])) > budget:
                stop = start + (stop - start) // 2
            yield Atom(start, stop, budget)
            start = stop


def _prefix(title: str, headings: Sequence[str]) -> str:
    """What `Passage.reading` puts in front of the text."""
    path = filter(None, [title, *(h for h in headings if h != title)])
    return " > ".join(path)


def _announces(block: Block, text: str) -> bool:
    """Whether it ends in a colon, or is a short line without a full stop, as exported headings."""
    words = text[block.start : block.end].strip()
    label = block.kind == "paragraph" and len(words) <= LABEL_CHARACTERS and "\n" not in words
    return words[-1:] == ":" or (label and words[-1:].isalnum())


def _led_in(atoms: Sequence[Atom], budget: int) -> list[Atom]:
    """Atoms with each one that announces something tied to what it announces."""
    tied: list[Atom] = []
    for atom in atoms:
        if tied and tied[-1].announces and tied[-1].size + atom.size <= budget:
            before = tied.pop()
            tied.append(atom._replace(start=before.start, size=before.size + atom.size))
        else:
            tied.append(atom)
    return tied


def _pack(atoms: Sequence[Atom], budget: int) -> Iterator[tuple[int, int]]:
    """Neighboring atoms packed into (start, end) of about equal size, near `TARGET`."""
    left = sum(atom.size for atom in atoms)
    start, end, filled, aim = 0, 0, 0, _aim(left, budget)
    for atom in atoms:
        fits = filled + atom.size <= budget and filled + atom.size / 2 <= aim
        if filled and not fits:
            yield start, end
            left -= filled
            filled, aim = 0, _aim(left, budget)
        start = start if filled else atom.start
        end, filled = atom.end, filled + atom.size
    if filled:
        yield start, end


def _aim(total: int, budget: int) -> float:
    """The size of each passage if `total` is shared out evenly."""
    target = min(TARGET, budget)
    return total / max(1, round(total / target), -(-total // budget))
