"""Whether two texts hold for the same customer, product, place and day."""

from collections.abc import Sequence

from assist.domain.knowledge import Document, Passage


def meet(one: Document | Passage, other: Document | Passage) -> bool:
    """Whether there is anybody, on any day, for whom both hold."""
    return (
        one.language == other.language
        and _both(one.regions, other.regions)
        and _both(one.products, other.products)
        and _both(one.tiers, other.tiers)
        and not _over(one, other)
        and not _over(other, one)
    )


def same_readers(one: Document | Passage, other: Document | Passage) -> bool:
    """Whether both are written for the same people: a rule and an article about it are not."""
    return one.kind == other.kind and one.audience == other.audience


def _both(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two lists leave anybody in common; an empty one means everybody."""
    return not one or not other or bool(set(one) & set(other))


def _over(one: Document | Passage, other: Document | Passage) -> bool:
    """Whether the one has ended when the other begins."""
    return (
        one.expires is not None and other.effective is not None and one.expires <= other.effective
    )
