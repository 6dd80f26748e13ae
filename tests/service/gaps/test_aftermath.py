"""New tickets of a gap's kind tell whether it is closed."""

from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from assist.domain.coverage import Covered
from assist.domain.gap_work import GapEvent, TrackedGap
from assist.domain.gaps import GapTicket
from assist.insights.gaps.uncovered import Uncovered
from assist.service.gaps.aftermath import Aftermath, Judged
from tests.contracts.gap_store import a_tracked_gap
from tests.contracts.store_builders import NOON, a_generation

HOUR = timedelta(hours=1)
RAIN, SNOW = (1.0, 0.0), (0.0, 1.0)
PLACES = {"rain": RAIN, "snow": SNOW, "other": (-1.0, 0.0)}


def embed(texts: Any) -> Any:
    return np.array([PLACES[text.split()[0]] for text in texts], dtype=np.float32)


def a_judged(number: int, kind: str = "rain", state: str = "covered") -> Judged:
    """A ticket that came some hours after noon."""
    covered = Covered(value=0.9 if state == "covered" else 0.1, state=state)
    issue = Uncovered(ticket_id=f"n-{number}", text=f"{kind} {number}", covered=covered)
    return Judged(issue, NOON + number * HOUR)


def a_gap(**changed: Any) -> TrackedGap:
    given = {"state": "accepted", "center": RAIN, "published_at": NOON} | changed
    return a_tracked_gap(given.pop("gap_id", "gap-1"), **given)


def told(*judged: Judged, gaps: tuple[TrackedGap, ...] = (), **changed: Any) -> list[GapEvent]:
    after = Aftermath(
        generation=a_generation(2).model_copy(update={"created_at": NOON}),
        named=changed.pop("named", ()),
        judged=judged,
        enough=3,
        at=NOON + 99 * HOUR,
    )
    return [event for _, event in after.look(gaps or (a_gap(**changed),), embed, "toy")]


def some(state: str, *numbers: int, kind: str = "rain") -> list[Judged]:
    return [a_judged(number, kind, state) for number in numbers]


def test_enough_covered_tickets_verify_and_are_named() -> None:
    (event,) = told(*some("covered", 1, 2, 3))
    assert (event.what, event.tickets) == ("verified", ("n-1", "n-2", "n-3"))


@pytest.mark.parametrize(
    "judged",
    [
        some("covered", 1, 2),
        some("covered", -1, -2, -3),
        some("covered", 1, 2, 3, kind="other"),
        [a_judged(1), a_judged(1), a_judged(1)],
    ],
    ids=["too few", "seen before", "of another kind", "one ticket"],
)
def test_nothing_is_told_by(judged: list[Judged]) -> None:
    assert told(*judged) == []


def test_tickets_that_are_not_covered_reopen_and_alone_are_the_evidence() -> None:
    (event,) = told(*some("covered", 1), *some("not", 2, 3))
    assert (event.what, event.tickets) == ("reopened", ("n-2", "n-3"))


def test_one_in_five_that_is_not_covered_keeps_no_gap_open() -> None:
    assert told(*some("covered", 1, 2, 3, 4), *some("not", 5))[0].what == "verified"


def near(count: int, closeness: float, kind: str, first: int = 1) -> list[Judged]:
    """Covered ones, at this closeness."""
    covered = Covered(value=0.9, state="covered", closeness=closeness)
    texts = [f"{kind} {number}" for number in range(first, first + count)]
    issues = [Uncovered(ticket_id=text, text=text, covered=covered) for text in texts]
    return [Judged(issue, NOON + HOUR) for issue in issues]


def test_tickets_that_siblings_cover_while_others_find_more_reopen() -> None:
    (event,) = told(*near(5, 0.6, "rain"), *near(40, 0.75, "other"))
    assert (event.what, len(event.tickets)) == ("reopened", 5)
    assert event.reason == "5 new tickets still find less than others do"


def test_tickets_that_find_as_much_as_others_verify() -> None:
    assert told(*near(5, 0.72, "rain"), *near(40, 0.75, "other"))[0].what == "verified"


def test_a_newer_generation_under_which_its_tickets_find_no_more_publishes_nothing() -> None:
    others = near(40, 0.75, "other")
    gap = a_gap(state="open", published_at=None, found_at=NOON - 9 * HOUR)
    moved = gap.model_copy(update={"changed_at": NOON - HOUR})
    own = [Judged(a_found(ticket, 0.6), NOON) for ticket in gap.gap.tickets]
    more = [Judged(a_found(ticket, 0.75), NOON) for ticket in gap.gap.tickets]
    assert told(*own, *others, gaps=(moved,)) == []
    assert told(*more, *others, gaps=(moved,))[0].what == "published"


def a_found(ticket: GapTicket, closeness: float) -> Uncovered:
    covered = Covered(value=0.9, state="covered", closeness=closeness)
    return Uncovered(ticket_id=ticket.ticket_id, text=ticket.text, covered=covered)


def test_a_verified_gap_is_opened_by_later_tickets_and_not_told_twice() -> None:
    verified = {"state": "verified", "changed_at": NOON + 3 * HOUR}
    assert told(*some("covered", 4, 5, 6), **verified) == []
    assert told(*some("not", 1, 2, 3), **verified) == [], "they came before"
    assert told(*some("not", 4, 5, 6), **verified)[0].what == "reopened"


def test_a_rejected_gap_is_nobodys_to_close() -> None:
    assert told(*some("covered", 1, 2, 3), state="rejected") == []


def test_a_ticket_counts_for_the_nearest_gap_alone() -> None:
    near = a_gap(gap_id="gap-2", center=SNOW)
    found = told(*some("covered", 1, 2, 3, kind="snow"), gaps=(a_gap(), near))
    assert [event.key.split(":")[1] for event in found] == ["gap-2"]


def test_a_middle_of_another_model_tells_nothing() -> None:
    assert told(*some("covered", 1, 2, 3), embedder="other") == []


def test_a_reopened_gap_waits_for_a_newer_generation_than_what_reopened_it() -> None:
    waits = {"state": "reopened", "published_at": None, "named": ("gap-1",)}
    assert told(changed_at=NOON + HOUR, **waits) == []
    assert [one.what for one in told(changed_at=NOON - HOUR, **waits)] == ["published"]
