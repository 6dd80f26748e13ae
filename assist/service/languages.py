"""What a generation is written in, and so in which languages its tickets can be answered."""

from collections import Counter
from collections.abc import Iterable

from assist.domain.knowledge import Scope
from assist.domain.language import base
from assist.drafting import tone
from assist.understanding.language import Abilities


def abilities_of(articles: Iterable[tuple[Scope, int]], embedder: tuple[str, ...]) -> Abilities:
    """By the articles a reply may quote, and the languages the embedder reads.

    `articles` are how many documents there are of each scope. Where as many articles are in two
    languages, the knowledge base's is the first of English and then the alphabet; without any
    article it is English, which the packaged defaults are in.
    """
    counted: Counter[str] = Counter()
    for scope, documents in articles:
        if scope.kind == "kb" and scope.audience == "customer":
            counted[base(scope.language)] += documents
    house = min(counted, key=lambda code: (-counted[code], code != "en", code), default="en")
    return Abilities(
        house=house,
        articles=tuple(sorted(counted)),
        embedder=embedder,
        wording=tone.languages(),
    )
