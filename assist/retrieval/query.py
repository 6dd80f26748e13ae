"""What a customer or an agent typed -> the text to search with."""

import re

from assist.domain.base import Model
from assist.errors import BadInput
from assist.language.mail import body

MAX_READ = 10_000
"""Characters of the input that are looked at: a mail's request stands in its first pages."""
MAX_QUERY = 4_000
"""Characters searched with. The embedder reads about the first 1,000; beyond 4,000 the words of
a long mail match every passage a little, and only cost time."""

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_UNUSABLE = re.compile("[\x00\ud800-\udfff]")


class Query(Model):
    """The text to search with, and in words what was left out of it."""

    text: str
    note: str = ""


def search_text(text: str) -> Query:
    """Greeting, signature, quoted mail and tags out, identifiers kept, long text cut.

    Where nothing would be left, the text itself is the query. Raises `BadInput` where there is
    nothing but white space.
    """
    if not text.strip():
        raise BadInput("the query is empty", where="query", cure="say what you are looking for")
    read = _UNUSABLE.sub(" ", text.lstrip()[:MAX_READ])
    said = body(_TAG.sub(" ", read)).strip() or read.strip() or "?"
    kept = said if len(said) <= MAX_QUERY else said[:MAX_QUERY].rsplit(maxsplit=1)[0]
    was_cut = len(text.lstrip()) > MAX_READ or len(kept) < len(said)
    note = f"only the first {len(kept)} of {len(text)} characters were searched with"
    return Query(text=kept, note=note if was_cut else "")
