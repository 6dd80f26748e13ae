"""The same gap keeps its id."""

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assist.insights.gaps.identity import Found, KeptGaps, identify, remember
from tests.insights.gaps.building import around

MODEL = "toy"


def a_cluster(tickets: Sequence[str], axis: int = 0, seen: date | None = None) -> Found:
    return Found(tuple(tickets), around([axis])[0], seen)


def after(*clusters: Found, kept: KeptGaps | None = None) -> tuple[tuple[str, ...], KeptGaps]:
    before = kept or KeptGaps()
    ids = identify(clusters, before, MODEL)
    return ids, remember(clusters, ids, before, MODEL)


def test_a_gap_keeps_its_id_as_tickets_arrive() -> None:
    (first,), kept = after(a_cluster("abc"))
    (again,), _ = after(a_cluster("abcdefgh"), kept=kept)
    assert again == first


def test_where_two_gaps_grow_together_the_older_one_stays() -> None:
    (old,), kept = after(a_cluster("ab", axis=0))
    ids, kept = after(a_cluster("ab", axis=0), a_cluster("cdefg", axis=1), kept=kept)
    (merged,), kept = after(a_cluster("abcdefg"), kept=kept)
    assert ids[0] == merged == old
    assert [gap.id for gap in kept.gaps] == [old]


def test_where_a_gap_falls_apart_its_larger_part_stays() -> None:
    (whole,), kept = after(a_cluster("abcdefg"))
    (small, large), _ = after(a_cluster("ab", axis=1), a_cluster("cdefg", axis=0), kept=kept)
    assert large == whole
    assert small != whole


def test_tickets_of_another_month_continue_the_gap_they_resemble() -> None:
    ids, kept = after(a_cluster("abc", axis=0), a_cluster("def", axis=1))
    again, kept = after(a_cluster("uvw", axis=1), a_cluster("xyz", axis=2), kept=kept)
    assert again[0] == ids[1]
    assert again[1] not in ids
    assert len(kept.gaps) == 3


def test_directions_of_another_model_are_not_compared() -> None:
    ids, kept = after(a_cluster("abc"))
    assert identify([a_cluster("xyz")], kept, "another model") != ids


def test_a_gap_that_is_not_seen_is_remembered() -> None:
    (first,), kept = after(a_cluster("abc"))
    _, kept = after(a_cluster("xyz", axis=1), kept=kept)
    (again,), _ = after(a_cluster("abcd"), kept=kept)
    assert again == first


def test_the_first_day_stays() -> None:
    _, kept = after(a_cluster("abc", seen=date(2026, 1, 2)))
    _, kept = after(a_cluster("abcd", seen=date(2026, 1, 9)), kept=kept)
    assert kept.gaps[0].first_seen == date(2026, 1, 2)


def test_one_stray_ticket_does_not_take_a_gap_away() -> None:
    _, kept = after(a_cluster("abcdef", axis=0))
    ids, _ = after(a_cluster(["a", *"uvwxyz"], axis=1), a_cluster("bcdef", axis=0), kept=kept)
    assert ids[1] == kept.gaps[0].id


partitions = st.lists(st.integers(0, 5), min_size=1, max_size=30)


def clusters_of(labels: Sequence[int]) -> list[Found]:
    named = sorted(set(labels))
    return [
        a_cluster([f"t{n}" for n, one in enumerate(labels) if one == name], axis=name)
        for name in named
    ]


@given(partitions, partitions)
def test_ids_are_each_once_whatever_changes(before: list[int], now: list[int]) -> None:
    _, kept = after(*clusters_of(before))
    ids, kept = after(*clusters_of(now), kept=kept)
    assert len(set(ids)) == len(ids)
    assert len({gap.id for gap in kept.gaps}) == len(kept.gaps)


@given(partitions, st.lists(st.integers(0, 5), max_size=30))
def test_arriving_tickets_never_change_an_id(before: list[int], more: list[int]) -> None:
    ids, kept = after(*clusters_of(before))
    again, _ = after(*clusters_of([*before, *more]), kept=kept)
    names, all_names = sorted(set(before)), sorted({*before, *more})
    assert [again[all_names.index(name)] for name in names] == list(ids)


@given(partitions)
def test_the_same_tickets_make_the_same_ids(labels: list[int]) -> None:
    first, kept = after(*clusters_of(labels))
    assert identify(clusters_of(labels), KeptGaps(), MODEL) == first
    assert identify(clusters_of(labels), kept, MODEL) == first
