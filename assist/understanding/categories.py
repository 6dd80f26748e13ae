"""What a ticket says -> how much it speaks for each of the company's categories.

Four witnesses: the category's own terms in the text; the meaning of what is said, against the
category's title, goal and terms; what the customer asks us to do, which rules out categories
where nobody does that; and what the articles are filed under that the text finds.
"""

from collections.abc import Callable, Mapping, Sequence

from pydantic import Field

from assist.domain.actions import ActionType
from assist.domain.base import Model
from assist.domain.categories import Category
from assist.language.phrases import find, mentions
from assist.understanding.points import Said
from assist.understanding.products import product_names, products_named

Similarity = Callable[[str, Sequence[str]], Sequence[float]]
Filed = Callable[[str], Mapping[str, float]]
"""Categories of the articles that a text finds, each with its share, 0..1."""


class CategoryScale(Model):
    """What each witness adds to a category's score; the meaning counts 0..1 as a cosine.

    On the 14 tickets of the core cases that state a category, terms, meaning and actions name all
    right, and 12 of the 22 such traps; with the articles as witnesses of close calls 14 and 18. Of
    all 103 tickets that name the documents to use, they name what one of these is filed under for
    64 without that witness and 82 with it; asked always, for 86, but then for 13 of the 14.
    """

    term: float = Field(default=0.1, description="per word of a matched term")
    terms_at_most: int = 6
    action: float = Field(default=0.15, description="per action asked for that the category knows")
    actions_at_most: int = 2
    filed: float = Field(default=0.45, description="for what the found articles are filed under")
    close: float = Field(default=0.1, description="a lead below which articles are witnesses")
    bar: float = Field(default=0.35, description="below it a text has no category")
    margin: float = Field(default=0.15, description="by which another category starts an issue")
    read: int = Field(default=12, description="sayings read, the first ones")
    characters: int = Field(default=4_000, description="of a text in which terms are looked for")


SCALE = CategoryScale()
REMEDY = 3
"""Categories from which on an action is a remedy, as a refund is, and no matter of its own."""


class Sorter:
    """Scores texts against the categories of one policy set."""

    def __init__(
        self,
        categories: Sequence[Category],
        actions: Sequence[ActionType],
        similarity: Similarity,
        filed: Filed = lambda _: {},
        products: Sequence[str] = (),
    ) -> None:
        self._categories = categories
        self._actions = actions
        self._similarity = similarity
        self._filed = filed
        self._declared = tuple(products)
        self._products = product_names(products)
        self._scored: dict[tuple[str, ...], dict[str, float]] = {}
        self._spoken: list[str] = []
        self._spoken_of: list[tuple[str, slice]] = []
        for category in categories:
            first = len(self._spoken)
            said = (category.title, f"{category.title}. {category.goal}", *category.terms)
            self._spoken += said
            self._spoken_of.append((category.id, slice(first, len(self._spoken))))

    def read_ahead(self, sayings: Sequence[Said]) -> None:
        """Make the vectors of what will be scored in one go: one by one takes five times as long.

        A similarity that remembers nothing gains nothing by it.
        """
        first, *rest = [s.text for s in sayings if s.role != "context"] or [""]
        if rest:
            self._similarity(first, rest)

    def scores(self, sayings: Sequence[Said]) -> dict[str, float]:
        """A score per category id, higher is likelier; empty without categories."""
        told = [s.text for s in sayings if s.role != "context"] or [s.text for s in sayings]
        told = told[: SCALE.read]
        # An issue of a long ticket grows by a paragraph at a time, and is asked for each time.
        text = _beginning(sayings)
        key = (text, *told)
        if key not in self._scored:
            self._scored[key] = self._score(text, told)
        return self._scored[key]

    def _score(self, text: str, told: Sequence[str]) -> dict[str, float]:
        meaning = self._meaning(told)
        asked = [action for action in self._actions if find(action.signals, text)]
        return {
            category.id: meaning[category.id]
            + SCALE.term * min(category_weight(text, category, self._products), SCALE.terms_at_most)
            + SCALE.action
            * min(sum(category.id in a.categories for a in asked), SCALE.actions_at_most)
            for category in self._categories
        }

    def category(self, sayings: Sequence[Said]) -> str | None:
        """As `best`; where that is a close call, what is filed is a witness too.

        Not where issues are told apart: a sentence of one matter finds articles of many.
        """
        scores = self.scores(sayings)
        if (ground := self._ground(_beginning(sayings), scores)) is not None:
            return ground
        first, second = (*sorted(scores.values(), reverse=True), 0.0, 0.0)[:2]
        if first - second >= SCALE.close:
            return _best(scores)
        filed = self._filed(_beginning(sayings))
        return _best({i: score + SCALE.filed * filed.get(i, 0.0) for i, score in scores.items()})

    def _ground(self, text: str, scores: Mapping[str, float]) -> str | None:
        """The matter that a remedy is asked for, where the likeliest category is the remedy alone.

        "I want my money back" is said of many matters, so it names none; what is done in one
        matter only ("the recall") names that one. None where nothing does.
        """
        best = next((c for c in self._categories if c.id == _best(scores)), None)
        if best is None:
            return None
        named = [mention.text for mention in mentions(best.terms, text)]
        if not named or not all(map(self.asks_remedy, named)):
            return None
        own = [a for a in self._actions if len(a.categories) == 1 and find(a.signals, text)]
        grounds = {i: scores[i] for a in own for i in a.categories if i in scores}
        told = {c.id for c in self._categories if category_weight(text, c, self._products)}
        return _best({i: score for i, score in grounds.items() if i in told and i != best.id})

    def asks_remedy(self, text: str) -> bool:
        """Whether it speaks of what can be done in many matters: a refund, a new device."""
        remedies = [s for a in self._actions if len(a.categories) >= REMEDY for s in a.signals]
        return bool(mentions(remedies, text))

    def names(self, category_id: str, text: str) -> bool:
        """Whether the text says one of the category's terms."""
        return any(
            category_weight(text, c, self._products)
            for c in self._categories
            if c.id == category_id
        )

    def products(self, text: str) -> frozenset[str]:
        """The company's products that the text names."""
        return frozenset(products_named(text, self._declared))

    def best(self, sayings: Sequence[Said]) -> str | None:
        """The category these sayings are about, the first declared on a tie; none below the bar."""
        return _best(self.scores(sayings))

    def _meaning(self, texts: Sequence[str]) -> dict[str, float]:
        """Mean cosine of the two sayings nearest to the category, each at its nearest wording."""
        near: dict[str, list[float]] = {category.id: [] for category in self._categories}
        for text in texts:
            cosines = self._similarity(text, self._spoken)
            for category_id, its in self._spoken_of:
                near[category_id].append(max(0.0, *cosines[its]))
        return {category_id: _top_two(cosines) for category_id, cosines in near.items()}


def category_weight(text: str, category: Category, products: Sequence[str] = ()) -> int:
    """How many words of the category's terms, each term once, the text says besides products.

    What somebody has is not what they want: "leak" in a product's name is no leak.
    """
    matched = {mention.phrase for mention in mentions(category.terms, text, products)}
    return sum(len(term.split()) for term in matched)


def _beginning(sayings: Sequence[Said]) -> str:
    """What is said, up to about the length that is read."""
    kept, length = [], 0
    for saying in sayings:
        if length >= SCALE.characters:
            break
        kept.append(saying.text)
        length += len(saying.text) + 1
    return " ".join(kept)


def _best(scores: Mapping[str, float]) -> str | None:
    best = max(scores, key=lambda category_id: scores[category_id], default=None)
    return best if best is not None and scores[best] >= SCALE.bar else None


def _top_two(values: Sequence[float]) -> float:
    best = sorted(values, reverse=True)[:2]
    return sum(best) / len(best) if best else 0.0
