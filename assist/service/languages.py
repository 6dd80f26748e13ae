"""What a generation is written in, and so in which languages its tickets can be answered."""

from collections import Counter
from collections.abc import Iterable

from assist.domain.knowledge import Passage
from assist.domain.language import base
from assist.drafting import tone
from assist.understanding.language import Abilities


def abilities_of(passages: Iterable[Passage], embedder: tuple[str, ...]) -> Abilities:
    """By the articles a reply may quote, and the languages the embedder reads.

    Where as many articles are in two languages, the knowledge base's is the first of English and
    then the alphabet; without any article it is English, which the packaged defaults are in.
    """
    quotable = {
        passage.document_id: base(passage.language)
        for passage in passages
        if passage.kind == "kb" and passage.audience == "customer"
    }
    counted = Counter(quotable.values())
    house = min(counted, key=lambda code: (-counted[code], code != "en", code), default="en")
    return Abilities(
        house=house,
        articles=tuple(sorted(counted)),
        embedder=embedder,
        wording=tone.languages(),
    )
