"""Articles that nobody finds: under another title, or without the words that customers use."""

import re
from collections.abc import Iterator

from assist.language.words import split
from evals.kb_lint.folder import Article, Folder
from evals.kb_lint.plants import Plant

EMPTY = ("Good to know", "More information", "Notes", "General information", "Other questions")
SECTIONS = ("Details", "More", "Further notes", "What else", "Also")
_LEAST = 4
"""Letters of a word of the title that is taken out of the text."""


def plant_hiding(folder: Folder, number: int) -> Iterator[Plant]:
    """So many, half of them under an empty title, half under that of another article.

    A title alone hides little where the text is searched too: of articles that only lost theirs,
    all but a few were still among the first five for it. So each loses its words as well.
    """
    for at in range(number):
        article = folder.take()
        _strip(article)
        if at % 2 == 0:
            yield _retitled(article, folder.rng.choice(EMPTY), folder, "under an empty title")
        else:
            other = _about_something_else(article, folder)
            yield _retitled(article, other.title, folder, f"under the title of {other.id}")


def _about_something_else(article: Article, folder: Folder) -> Article:
    """An article that is filed elsewhere; it need not be free."""
    category = article.data.get("category")
    return next(a for a in folder.articles() if a.data.get("category") != category)


def _strip(article: Article) -> None:
    """What the title names is called “it” throughout."""
    named = {w.stem for w in split(article.title) if len(w.form) >= _LEAST}
    words = {w.form for w in split(article.text) if w.stem in named}
    if words:
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b", re.IGNORECASE)
        article.text = pattern.sub("it", article.text)


def _retitled(article: Article, title: str, folder: Folder, how: str) -> Plant:
    """Title and headings exchanged; tags would give it away."""
    article.data["title"] = title
    article.data.pop("tags", None)
    sections = iter(folder.rng.sample(SECTIONS * 4, k=len(SECTIONS) * 4))
    text = re.sub(r"^# .*$", f"# {title}", article.text, count=1, flags=re.MULTILINE)
    article.text = re.sub(
        r"^(##+) .*$", lambda met: f"{met[1]} {next(sections)}", text, flags=re.MULTILINE
    )
    article.write()
    return Plant(kind="unfindable", documents=(article.id,), how=how)
