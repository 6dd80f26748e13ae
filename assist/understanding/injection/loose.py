"""Whether text that no person was meant to see gives orders: less suffices than in the open."""

from assist.understanding.injection.grammar import in_words, sentences

TELLING = frozenset(
    {"DISREGARD", "INSTRUCTION", "AI", "SAY", "SECRET", "REPLY", "REVEAL", "PLANT", "YOU", "SEND"}
)
ENOUGH = 3
"""Kinds of such words in one sentence. A comment of a web page's maker has one or two."""
READ = 20_000
"""Characters of hidden text that are looked at."""


def orders(hidden: str, enough: int = ENOUGH) -> bool:
    """Whether it meets a rule of the grammar, or holds words of `enough` kinds in a sentence."""
    read = hidden[:READ]
    if next(iter(in_words(read)), None):
        return True
    return any(
        len(frozenset[str]().union(*(t.classes for t in sentence)) & TELLING) >= enough
        for sentence in sentences(read)
    )
