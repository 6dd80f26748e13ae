import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.rows import common, in_rows, joined, runs_of, scope_runs
from tests.builders import a_passage

ROWS = st.sets(st.integers(0, 40))


def rows(runs):
    return {row for start, stop in runs for row in range(start, stop)}


@given(ROWS)
def test_runs_hold_exactly_the_rows_they_were_made_of(given_rows):
    runs = runs_of(given_rows)

    assert rows(runs) == given_rows
    assert all(one[1] < other[0] for one, other in itertools.pairwise(runs))


@given(ROWS, ROWS)
def test_what_is_common_is_in_both(one, other):
    assert rows(common(runs_of(one), runs_of(other))) == one & other


def test_ranges_that_touch_are_one():
    assert joined([(0, 2), (2, 5), (7, 7), (8, 9)]) == ((0, 5), (8, 9))


def test_passages_of_one_scope_stand_beside_each_other_by_document_and_position():
    uk = [a_passage(f"{n}", document_id="uk", regions=("UK",), position=n) for n in (1, 0)]
    old = a_passage("old", document_id="a", expires=date(2026, 1, 1))
    here = [a_passage("x", document_id=name) for name in ("z", "b")]

    ordered = in_rows([*uk, old, *here])

    runs = scope_runs(ordered)
    assert len(runs) == 3
    assert [(run.start, run.stop) for run in runs] == [(runs[0].start, runs[0].stop)] + [
        (one.stop, other.stop) for one, other in itertools.pairwise(runs)
    ]
    assert all(
        ordered[row].scope == run.scope for run in runs for row in range(run.start, run.stop)
    )
    assert [p.position for p in ordered if p.document_id == "uk"] == [0, 1]
    assert [p.document_id for p in ordered if p in here] == ["b", "z"]


def test_no_passages_have_no_scopes():
    assert scope_runs(()) == ()
