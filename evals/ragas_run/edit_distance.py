"""How alike two texts are: 1 - Levenshtein's distance / the longer text's length.

What ragas computes with rapidfuzz, which nothing else of ours needs. The distance is Myers' (1999)
in Hyyrö's form: a column of the table is two whole numbers of as many bits as the text has
characters, so that two passages of a thousand characters take milliseconds.
"""

from collections import defaultdict


def similarity(one: str, other: str) -> float:
    """0 where nothing is alike, 1 where the texts are equal; two empty texts are equal."""
    longer = max(len(one), len(other))
    return 1.0 - distance(one, other) / longer if longer else 1.0


def distance(one: str, other: str) -> int:
    """The fewest characters to put in, take out or replace to get from one to the other."""
    if not one:
        return len(other)
    places = _places(one)
    all_ones, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    more, less, found = all_ones, 0, len(one)
    for letter in other:
        equal = places.get(letter, 0)
        diagonal = (((equal & more) + more) ^ more) | equal | less
        grows = less | (~(diagonal | more) & all_ones)
        falls = diagonal & more
        found += bool(grows & last) - bool(falls & last)
        grows = ((grows << 1) | 1) & all_ones
        falls = (falls << 1) & all_ones
        more = falls | (~(diagonal | grows) & all_ones)
        less = grows & diagonal
    return found


def _places(text: str) -> dict[str, int]:
    """Character -> a number whose set bits are the places it stands at."""
    found: dict[str, int] = defaultdict(int)
    for place, letter in enumerate(text):
        found[letter] |= 1 << place
    return found
