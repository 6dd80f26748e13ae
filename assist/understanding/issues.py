"""The sayings of a turn -> issues told apart, each with its category, points and symptoms."""

from collections.abc import Sequence

from assist.domain.base import Model
from assist.understanding.categories import SCALE, Sorter
from assist.understanding.matters import (
    ASKS,
    RAISES,
    announces,
    another_device,
    own_matter,
    with_reports,
)
from assist.understanding.points import Said, points

MAX_ISSUES = 4
"""A ticket with more is answered for the first four; the rest are points of the last."""

MAX_NAMES = 24
"""Sayings one of which names an issue, the first ones: each of them is scored by its meaning."""
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
        title = [s.text for s in self.sayings if s.paragraph < 0]
        rest = " ".join(s.text for s in self.sayings if s.paragraph >= 0)
        return "\n\n".join([*title, rest])


def tell_apart(sayings: Sequence[Said], sorter: Sorter) -> tuple[Told, ...]:
    """The issues in the order told. Paragraphs that raise nothing new belong to the one before."""
    sorter.read_ahead(sayings)
    groups: list[list[Said]] = []
    for block in _blocks(with_reports(sayings, sorter), sorter):
        if not groups or not _opens_issue(block, groups[-1], sorter):
            groups = [*groups[:-1], [*(groups[-1] if groups else []), *block]]
        elif (earlier := _told_before(block, groups, sorter)) is not None:
            groups[earlier] += block
        elif len(groups) < MAX_ISSUES:
            groups.append(list(block))
        else:
            groups[-1] += block
    return tuple(_told(group, sorter) for group in _join_pointless(groups))


def _blocks(sayings: Sequence[Said], sorter: Sorter) -> list[list[Said]]:
    """Paragraphs, cut again where a sentence announces something else, or raises another matter."""
    blocks: list[list[Said]] = []
    for saying in sayings:
        same = bool(blocks) and blocks[-1][-1].paragraph == saying.paragraph
        if same and not announces(saying.text) and not own_matter(saying, blocks[-1], sorter):
            blocks[-1].append(saying)
        else:
            blocks.append([saying])
    return blocks


def _opens_issue(block: list[Said], current: list[Said], sorter: Sorter) -> bool:
    """It raises something, and is announced as another thing or clearly of another category."""
    roles = {saying.role for saying in block}
    if roles & RAISES and any(own_matter(saying, current, sorter) for saying in block):
        return True
    announced = announces(block[0].text)
    open_before = ASKS | ({"problem"} if announced else set())
    raised = roles & (RAISES if announced else ASKS)
    if not raised or not any(s.role in open_before for s in current):
        return False  # what follows a mere report is what the customer wants done about it
    scores, before = sorter.scores(block), sorter.best(current)
    label = sorter.best(block)
    if announced and roles & ASKS:
        return label is None or label != before
    if announced:
        return label != before and another_device(block, current, sorter)
    if label is None or before is None or label == before:
        return False
    return scores[label] - scores[before] >= SCALE.margin


def _told_before(block: list[Said], groups: list[list[Said]], sorter: Sorter) -> int | None:
    """The earlier issue this block comes back to."""
    label = sorter.best(block)
    earlier = [n for n, group in enumerate(groups[:-1]) if label and sorter.best(group) == label]
    return earlier[0] if earlier else None


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


def _told(group: list[Said], sorter: Sorter) -> Told:
    raised = points(tuple(group))
    category = sorter.category(group)
    naming = [s for s in group if s in raised or s.role == "problem"]

    def weight(saying: Said) -> float:
        content = min(len(_content_words(saying.text)), 6) / 4
        names_it = category is not None and sorter.best([saying]) == category
        return _ROLE_WEIGHT[saying.role] + content + names_it

    return Told(
        sayings=tuple(group),
        key=max(naming[:MAX_NAMES], key=weight),
        category=category,
        points=raised,
    )
