"""The sayings of a turn -> issues told apart, each with its category, points and symptoms."""

import re
from collections.abc import Sequence

from assist.domain.base import Model
from assist.domain.policy import Category
from assist.language.phrases import mentions
from assist.understanding.points import Said, points

MAX_ISSUES = 4
"""A ticket with more is answered for the first four; the rest are points of the last."""

_CONNECTOR = re.compile(
    r"^(?:and |oh,? |but )?(?:also\b|another (?:thing|question|issue|problem)|one more|"
    r"a second|secondly|"
    r"second(?: thing| question| issue)?[,:]|besides|separately|by the way|btw\b|in addition|"
    r"additionally|"
    r"on another note|on a different note|unrelated|additional(?:ly)?|finally|lastly|thirdly|"
    r"next[,:])",
    re.IGNORECASE,
)
_ROLE_WEIGHT = {"question": 2.5, "request": 2.5, "problem": 2.5, "tried": 0.5, "context": 0.0}
"""What is asked and what is wrong name an issue alike; which says more is told by its words."""


class Told(Model):
    """One issue as told: its sayings, the saying that names it, and its category if one fits."""

    sayings: tuple[Said, ...]
    key: Said
    category: str | None
    points: tuple[Said, ...]

    @property
    def text(self) -> str:
        """The customer's own words about this issue."""
        return " ".join(s.text for s in self.sayings)


def tell_apart(sayings: Sequence[Said], categories: Sequence[Category]) -> tuple[Told, ...]:
    """The issues in the order told. Sayings that name no category belong to the issue before."""
    groups: list[list[Said]] = []
    labels: list[str | None] = []
    for block in _blocks(sayings):
        label = best_category(" ".join(s.text for s in block), categories)
        if not groups:
            groups, labels = [list(block)], [label]
        elif not _opens_issue(block, label, labels[-1]) or len(groups) == MAX_ISSUES:
            groups[-1] += block
            labels[-1] = labels[-1] or label
        elif label is not None and label in labels:
            groups[labels.index(label)] += block
        else:
            groups.append(list(block))
            labels.append(label)
    return tuple(_told(group, categories) for group in _join_pointless(groups))


def _blocks(sayings: Sequence[Said]) -> list[list[Said]]:
    """Paragraphs, cut again where a sentence announces something else."""
    blocks: list[list[Said]] = []
    for saying in sayings:
        same = bool(blocks) and blocks[-1][-1].paragraph == saying.paragraph
        if same and not _CONNECTOR.match(saying.text):
            blocks[-1].append(saying)
        else:
            blocks.append([saying])
    return blocks


def best_category(
    text: str, categories: Sequence[Category], prefer: str | None = None
) -> str | None:
    """The category whose terms weigh most in `text`, `prefer` on a tie; none without a match."""
    weights = {c.id: category_weight(text, c) for c in categories}
    best = max(weights, key=lambda cid: (weights[cid], cid == prefer), default=None)
    return best if best is not None and weights[best] > 0 else None


def category_weight(text: str, category: Category) -> float:
    """How strongly `text` speaks for a category: distinct terms, a two-word term counts double."""
    matched = {span.phrase for span in mentions(category.terms, text)}
    return float(sum(len(term.split()) for term in matched))


def _opens_issue(block: list[Said], label: str | None, current: str | None) -> bool:
    """Another category, and something raised about it; or announced as another thing and asked."""
    roles = {saying.role for saying in block}
    if label is not None and label == current:
        return False
    announced = _CONNECTOR.match(block[0].text) is not None
    if announced and roles & {"question", "request"}:
        return True
    raised = roles & {"question", "request", "problem"}
    return bool(raised) and label is not None and current is not None


def _join_pointless(groups: list[list[Said]]) -> list[list[Said]]:
    """A group that raises nothing (an introduction) belongs to the one after it."""
    joined: list[list[Said]] = []
    carried: list[Said] = []
    for group in groups:
        if all(s.role in ("context", "tried") for s in group) and group is not groups[-1]:
            carried += group
        else:
            joined.append([*carried, *group])
            carried = []
    return joined


def _content_words(text: str) -> set[str]:
    """Words that say something: four letters or more, and codes."""
    return {w.lower() for w in text.split() if len(w) >= 4 or any(c.isdigit() for c in w)}


def _told(group: list[Said], categories: Sequence[Category]) -> Told:
    text = " ".join(s.text for s in group)
    raised = points(tuple(group))

    opened = next((c for s in group if (c := best_category(s.text, categories))), None)

    def weight(saying: Said) -> float:
        content = min(len(_content_words(saying.text)), 6) / 4
        category = best_category(saying.text, categories) is not None
        return _ROLE_WEIGHT[saying.role] + content + category

    return Told(
        sayings=tuple(group),
        key=max((s for s in group if s in raised or s.role == "problem"), key=weight),
        category=best_category(text, categories, prefer=opened),
        points=raised,
    )
