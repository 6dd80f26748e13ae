"""Hits, and why something is none, as a person reads them."""

from typing import TextIO

from rich.console import Console

from assist.cli.options import say
from assist.cli.proofs import folded
from assist.domain.knowledge import Hit, Passage, WhyNot

SHOWN = 240
"""Characters of a passage shown per hit: three lines of a terminal."""
INDENT = "    "


def show_hits(hits: tuple[Hit, ...], *, explain: bool) -> None:
    """Each with its score, place and beginning on stdout; `explain` adds why it was found."""
    console = Console(highlight=False, markup=False)
    if not hits:
        say("nothing found")
    for number, hit in enumerate(hits, start=1):
        console.print(
            f"{number:2}. {hit.score:.3f} {hit.label or hit.kind} {hit.passage_id}", style="bold"
        )
        _print(console, _place(hit.passage), "cyan")
        text = " ".join(hit.passage.text.split())
        _print(console, f"{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}")
        if explain:
            words = f"; shared words: {', '.join(hit.why.terms)}" if hit.why.terms else ""
            _print(console, f"{hit.why.note}{words}", "dim")


def show_missed(missed: WhyNot, stream: TextIO) -> None:
    """Why it is not among the hits, in a line, and below it how it was weighed."""
    console = Console(highlight=False, markup=False, file=stream)
    said = f"why not {missed.passage_id}: {missed.reason}"
    console.print(said, style="bold", soft_wrap=True)
    if missed.why:
        _print(console, missed.why.note, "dim")


def _place(passage: Passage) -> str:
    """Title and headings; many articles say their title again as the first heading."""
    headings = (heading for heading in passage.headings if heading != passage.title)
    return " > ".join(filter(None, (passage.title, *headings)))


def _print(console: Console, text: str, style: str = "") -> None:
    """Indented, on as many lines as it takes; nothing where there is no text."""
    for line in folded(INDENT, text) if text else ():
        console.print(line, style=style, soft_wrap=True)
