"""Which of the company's products a text names, as customers name them."""

import functools
import re
from collections.abc import Iterable, Sequence

from assist.domain.facts import FactDeclaration
from assist.domain.issue import Fact

_DETERMINER = (
    r"(?:my|the|your|our|his|her|their|this|that|these|those|a|an|one|both|two|three|each|every|"
    r"new|old|other|second|no)"
)
_NUMBER = re.compile(r"[\s\d]+$")


def product_choices(facts: Iterable[FactDeclaration]) -> tuple[str, ...]:
    """The products the company declares: the choices of the facts that name one."""
    named = (fact for fact in facts if fact.path.split(".")[-1] == "product")
    return tuple(choice for fact in named for choice in fact.choices)


def product_names(products: Sequence[str]) -> tuple[str, ...]:
    """The products as customers call them: "Leak Sensor 1" is also "Leak Sensor"."""
    return tuple(dict.fromkeys(name for p in products for name in (p, _NUMBER.sub("", p))))


def products_named(text: str, products: Sequence[str]) -> tuple[str, ...]:
    """Those the text names: "Plug 2", "leak sensors", "my plug", but not "plug it in"."""
    return _named(text, tuple(products))


@functools.lru_cache(maxsize=512)
def _named(text: str, products: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(product for product in products if _pattern(product).search(text))


def product_facts(text: str, facts: Iterable[FactDeclaration]) -> tuple[Fact, ...]:
    """Which product it is, where the text names one and no other."""
    found = []
    for fact in facts:
        if fact.path.split(".")[-1] == "product" and fact.choices:
            named = products_named(text, fact.choices)
            if len(named) == 1:
                span = _pattern(named[0]).search(text)
                told = " ".join(span.group().split()) if span else ""
                found.append(Fact(path=fact.path, value=named[0], source="customer", span=told))
    return tuple(found)


def about_any(text: str, products: Sequence[str]) -> str:
    """The text about whatever device: "return my Camera 3" as "return my device".

    What holds for all devices does not name this one, and the name would find this one's articles.
    """
    for product in products_named(text, products):
        text = _name(product).sub(
            lambda m: "devices" if m.group().endswith("s") else "device", text
        )
    return text


@functools.lru_cache(maxsize=256)
def _pattern(product: str) -> re.Pattern[str]:
    bare, number = _parts(product)
    # One word alone is often a verb or another thing: it needs somebody to whom it belongs.
    owner = "" if r"\s+" in bare else rf"(?<!pull )(?<!pulled ){_DETERMINER}\s+(?:\w+\s+)?"
    ways = [rf"\b{owner}{bare}s?\b(?!\s*\d)", rf"\b{bare}\s*{number}s?\b"]
    return re.compile("|".join(ways), re.IGNORECASE)


@functools.lru_cache(maxsize=256)
def _name(product: str) -> re.Pattern[str]:
    bare, number = _parts(product)
    return re.compile(rf"\b{bare}\s*{number}\b|\b{bare}s?\b", re.IGNORECASE)


def _parts(product: str) -> tuple[str, str]:
    """Patterns of the name's words and of the number after them."""
    base = _NUMBER.sub("", product)
    return r"\s+".join(map(re.escape, base.split())), re.escape(product[len(base) :].strip())
