"""A copy of a knowledge base in which articles are changed, and who has been changed already."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

Fits = Callable[["Article"], bool]


@dataclass
class Article:
    """One file: its front matter as data, and its text."""

    path: Path
    data: dict[str, object]
    text: str

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.data.get("id", self.path.stem))

    @property
    def title(self) -> str:
        """The title as the front matter gives it."""
        return str(self.data.get("title", self.id))

    def write(self) -> None:
        """Write what it is now."""
        front = yaml.safe_dump(self.data, sort_keys=False, allow_unicode=True)
        self.path.write_text(f"---\n{front}---\n{self.text}", encoding="utf-8")


@dataclass
class Folder:
    """The copy. Each article is taken for one fault at most, so that findings can be told apart."""

    root: Path
    rng: random.Random
    on: date
    taken: set[str] = field(default_factory=set)

    def articles(self) -> Iterator[Article]:
        """What customers read and what is in force, in a drawn order."""
        paths = sorted((self.root / "articles").glob("*.md"))
        self.rng.shuffle(paths)
        for path in paths:
            article = _read(path)
            if article.data.get("audience") != "internal" and self._in_force(article):
                yield article

    def _in_force(self, article: Article) -> bool:
        begins, ends = (article.data.get(key) for key in ("effective", "expires"))
        begun = not isinstance(begins, date) or begins <= self.on
        return begun and (not isinstance(ends, date) or self.on < ends)

    def take(self, fits: Fits = lambda _: True) -> Article:
        """The next article that fits and was not taken. Raises `LookupError` where none is left."""
        for article in self.articles():
            if article.id not in self.taken and fits(article):
                self.taken.add(article.id)
                return article
        raise LookupError("no article is left that a fault could be planted in")

    def pair(self, fits: Fits) -> tuple[Article, Article]:
        """One that fits and another filed like it, or about the same product; both are taken.

        Raises `LookupError` where none is left.
        """
        free = [one for one in self.articles() if one.id not in self.taken]
        for article in filter(fits, free):
            for other in free:
                if other.id != article.id and _related(article, other):
                    self.taken |= {article.id, other.id}
                    return article, other
        raise LookupError("no two articles are left that a fault could be planted in")


def _read(path: Path) -> Article:
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    return Article(path, yaml.safe_load(front), text)


def _related(one: Article, other: Article) -> bool:
    """Whether both are filed alike, and there is a reader of both."""
    mine, theirs = (frozenset(map(str, _list(a, "products"))) for a in (one, other))
    places = [frozenset(map(str, _list(a, "regions"))) for a in (one, other)]
    if (all(places) and not places[0] & places[1]) or (mine and theirs and not mine & theirs):
        return False
    return one.data.get("category") == other.data.get("category") or bool(mine & theirs)


def _list(article: Article, key: str) -> list[object]:
    found = article.data.get(key)
    return found if isinstance(found, list) else []
