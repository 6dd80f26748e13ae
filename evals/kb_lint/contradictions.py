"""Sentences said again elsewhere with another figure, or denied."""

import random
import re
from collections.abc import Callable, Iterator
from functools import partial

from evals.kb_lint.folder import Article, Folder
from evals.kb_lint.plants import Plant
from evals.kb_lint.rewording import restated

_FIGURE = re.compile(
    r"(?P<sign>[$£€])(?P<amount>\d+(?:\.\d\d)?)\b|"
    r"\b(?P<number>\d+)(?P<unit> (?:business |working )?"
    r"(?:day|hour|minute|month|week|second|year)s?"
    r"| ?%| (?:meters|feet|volts|°C|°F|times|devices|homes|people))"
)
_POINTING = re.compile(
    r"\b(?:it|its|this|these|those|they|them|there|such|then|here)\b", re.IGNORECASE
)
"""A sentence with one of these needs the one before it, and says nothing elsewhere."""
_DENIABLE = re.compile(r"\b(?P<verb>can|is|are|does|will)\b (?!not\b|also\b|no\b|only\b)")
Change = Callable[[str, random.Random], str]
SHORTEST, LONGEST = 8, 32
"""Words of a sentence that is restated."""
DENIED = 2
"""Of the contradictions, how many deny instead of giving another figure."""


def plant_contradictions(folder: Folder, number: int) -> Iterator[Plant]:
    """So many, each in an article of its own beside the one it contradicts."""
    for at in range(number):
        change = _denied if at < DENIED else _refigured
        source, target = folder.pair(partial(_has_sentence, change=change))
        said = folder.rng.choice(_sentences(source, change))
        wrong = restated(change(said, folder.rng), folder.rng)
        target.text = _put_in(target.text, wrong, folder.rng)
        target.write()
        yield Plant(
            kind="contradictory", documents=(source.id, target.id), how=f"{said} -> {wrong}"
        )


def _has_sentence(article: Article, change: Change) -> bool:
    return bool(_sentences(article, change))


def _sentences(article: Article, change: Change) -> list[str]:
    """Whole lines that are one sentence, outside of lists and tables, and can be changed so."""
    pattern = _DENIABLE if change is _denied else _FIGURE
    lines = (line.strip() for line in article.text.splitlines())
    return [
        line
        for line in lines
        if re.match(r"[A-Z]", line)
        and line.endswith(".")
        and SHORTEST <= len(line.split()) <= LONGEST
        and len(pattern.findall(line)) == 1
        and not _POINTING.search(line)
        and (change is not _denied or not re.search(r"\b(?:no|not|never|cannot|without)\b", line))
    ]


def _refigured(sentence: str, rng: random.Random) -> str:
    return _FIGURE.sub(lambda met: _another(met, rng), sentence, count=1)


def _another(met: re.Match[str], rng: random.Random) -> str:
    if met["amount"]:
        more = float(met["amount"]) * rng.choice((0.5, 1.5, 2.0))
        return f"{met['sign']}{more:.2f}"
    number = int(met["number"])
    others = {number * 2, number + 3, number + 5, max(2, number // 2)} - {number}
    unit = met["unit"]
    plural = unit if unit.endswith("s") or not unit.strip().isalpha() else f"{unit}s"
    return f"{rng.choice(sorted(others))}{plural}"


def _denied(sentence: str, rng: random.Random) -> str:
    del rng  # there is one way
    return _DENIABLE.sub(lambda met: f"{_no(met['verb'])} ", sentence, count=1)


def _no(verb: str) -> str:
    return "cannot" if verb == "can" else f"{verb} not"


def _put_in(text: str, sentence: str, rng: random.Random) -> str:
    """A paragraph of its own between two others, never within a list or a table."""
    blocks = text.rstrip("\n").split("\n\n")
    places = [n for n in range(1, len(blocks)) if re.match(r"[A-Z]", blocks[n])]
    at = rng.choice(places) + 1 if places else len(blocks)
    return "\n\n".join([*blocks[:at], sentence, *blocks[at:]]) + "\n"
