"""Articles that time has passed by: reviews, former products, links that lead nowhere."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from evals.kb_lint.folder import Article, Folder
from evals.kb_lint.plants import Plant

_PRODUCT = re.compile(
    r"\b(?P<family>Hub|Doorbell|Camera|Thermostat|Leak Sensor|Plug) (?P<n>[1-9])\b"
)


def plant_staleness(folder: Folder, number: int, on: date) -> Iterator[Plant]:
    """So many, of each way in turn."""
    ways: Sequence[Callable[[Folder, date], Plant]] = (_overdue, _former, _dead_link, _ended_link)
    for at in range(number):
        yield ways[at % len(ways)](folder, on)


def _overdue(folder: Folder, on: date) -> Plant:
    article = folder.take(lambda a: str(a.data.get("review_due", "")) > str(on))
    article.data["review_due"] = on - timedelta(days=folder.rng.randint(20, 700))
    return _done(article, f"review was due on {article.data['review_due']}")


def _former(folder: Folder, on: date) -> Plant:
    """One sentence names the product that was sold before."""
    del on
    article = folder.take(lambda a: bool(_PRODUCT.search(a.text)))
    names = list(_PRODUCT.finditer(article.text))
    met = folder.rng.choice(names)
    other = f"{met['family']} {int(met['n']) + 1 if met['n'] == '1' else int(met['n']) - 1}"
    article.text = article.text[: met.start()] + other + article.text[met.end() :]
    return _done(article, f"{met.group()} became {other}")


def _dead_link(folder: Folder, on: date) -> Plant:
    del on
    article = folder.take()
    article.text += "\nSee also [the guide for older devices](older-devices-guide.md).\n"
    return _done(article, "links to a file that is not there")


def _ended_link(folder: Folder, on: date) -> Plant:
    """A link to an edition that has ended."""
    ended = [p for p in sorted((folder.root / "articles").glob("*.md")) if _expired(p, on)]
    article, target = folder.take(), folder.rng.choice(ended)
    article.text += f"\nThe details stand in [our rules]({target.name}).\n"
    return _done(article, f"links to {target.stem}")


def _expired(path: Path, on: date) -> bool:
    met = re.search(r"^expires: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
    return met is not None and date.fromisoformat(met[1]) <= on


def _done(article: Article, how: str) -> Plant:
    article.write()
    return Plant(kind="stale", documents=(article.id,), how=how)
