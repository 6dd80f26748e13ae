"""Word -> its root, by which a paraphrase is met: deliver, delivery and delivered are one."""

import functools

from assist.language.words import stem

_SUFFIXES = (
    "ations", "ation", "ition", "ments", "ment", "ness", "ables", "able", "ible", "ances", "ance",
    "ence", "ently", "antly", "ally", "ities", "iti", "ity", "ions", "ion", "ers", "ors", "er",
    "or", "ful", "ive", "al", "li", "ly", "i", "e",
)  # fmt: skip
_LEAST = 4
_IRREGULAR = {
    "sent": "send", "bought": "buy", "paid": "pay", "kept": "keep", "lost": "lose", "got": "get",
    "gotten": "get", "gave": "give", "given": "give", "took": "take", "taken": "take",
    "went": "go", "gone": "go", "made": "make", "found": "find", "told": "tell", "said": "say",
    "held": "hold", "left": "left", "began": "begin", "begun": "begin", "chose": "choose",
    "chosen": "choose", "wrote": "write", "written": "write", "came": "come", "became": "become",
    "saw": "see", "seen": "see", "knew": "know", "known": "know", "built": "build",
    "sold": "sell", "spent": "spend", "met": "meet", "stood": "stand", "led": "lead",
    "shown": "show", "drawn": "draw", "worn": "wear", "ran": "run", "children": "child",
    "men": "man", "women": "woman", "feet": "foot", "held-back": "hold", "shut": "shut",
}  # fmt: skip


def listed(words: str) -> tuple[str, ...]:
    """The words of a list written as text."""
    return tuple(words.split())


@functools.lru_cache(maxsize=50_000)
def root(form: str) -> str:
    """The part of a lower-case word that its derivations share; short words stay whole."""
    form = form.replace("’", "'").removesuffix("'s")
    word = stem(_IRREGULAR.get(form, form))
    if not word.isascii() or not word.isalpha():
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST:
            return word[: -len(suffix)]
    return word
