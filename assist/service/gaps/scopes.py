"""Which articles are not for a customer, and so answer nothing for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assist.domain.coverage import Covered
from assist.domain.gaps import GapKind
from assist.domain.knowledge import Scope
from assist.insights.gaps.uncovered import Uncovered
from assist.retrieval.covering.judge import Coverer
from assist.service.library import Library

AT_MOST = 50
"""Kinds of customers (region and product) told apart: a coverer is made for each, some 100 ms."""
NOTHING = Covered(value=0.0, state="not")


@dataclass
class Reach:
    """Who each document is for. Policies are everybody's: an agent tells what they say."""

    scopes: dict[str, Scope]
    _made: dict[tuple[str, str], Coverer | None] = field(default_factory=dict)

    @classmethod
    def of(cls, library: Library) -> "Reach":
        """Of all documents of this library."""
        return cls({passage.document_id: passage.scope for passage in library.passages()})

    def kept_from(self, document_id: str, issue: Uncovered) -> GapKind | None:
        """Why this customer may not be answered by it; none where they may."""
        scope = self.scopes.get(document_id)
        if scope is None or scope.kind != "kb":
            return None
        if scope.audience == "internal":
            return "wrong_audience"
        there = _fits(issue.region, scope.regions) and _fits(issue.product, scope.products)
        return None if there else "wrong_region_or_product"

    def says(self, document_id: str, kind: GapKind) -> str:
        """Whom it is for, in words."""
        scope = self.scopes[document_id]
        if kind == "wrong_audience":
            return "it is internal"
        named = [*scope.regions, *scope.products]
        return f"it is for {', '.join(named)} only"

    def judged_again(self, issues: Sequence[Uncovered], whole: Coverer) -> list[Uncovered]:
        """Those whose nearest article is kept from them, as if it were not there.

        Only what is then no longer covered is `elsewhere`.
        """
        by_customer: dict[tuple[str, str], list[int]] = {}
        for number, issue in enumerate(issues):
            if self.kept_from(issue.covered.document_id, issue):
                by_customer.setdefault((issue.region, issue.product), []).append(number)
        told = list(issues)
        for customer, numbers in list(by_customer.items())[:AT_MOST]:
            coverer = self._coverer(issues[numbers[0]], customer, whole)
            texts = [issues[n].text for n in numbers]
            judged = coverer.judge_each(texts) if coverer else (NOTHING,) * len(texts)
            for number, covered in zip(numbers, judged, strict=True):
                told[number] = _again(issues[number], covered)
        return told

    def _coverer(
        self, issue: Uncovered, customer: tuple[str, str], whole: Coverer
    ) -> Coverer | None:
        """By what this customer may be told; none where that is nothing."""
        if customer not in self._made:
            out = frozenset(one for one in whole.documents if self.kept_from(one, issue))
            left = len(out) < len(whole.documents)
            self._made[customer] = whole.without(out) if left else None
        return self._made[customer]


def _again(issue: Uncovered, covered: Covered) -> Uncovered:
    """Answered by what is kept from them, and by nothing else."""
    only = issue.covered.state == "covered" != covered.state
    there = issue.covered.document_id if only else ""
    return issue.model_copy(update={"covered": covered, "elsewhere": there})


def _fits(value: str, named: Sequence[str]) -> bool:
    """Nothing known, or nothing named, is no mismatch."""
    return not value or not named or value.casefold() in {one.casefold() for one in named}
