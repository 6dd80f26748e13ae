"""Examples of what cases tell over a time, in the OpenAPI document."""

from datetime import UTC, datetime

from assist.domain.kb_health import Share
from assist.domain.trends import Change, Rate, Speed, Took, Trends, Volume
from assist.web.examples import NOW

SINCE = datetime(2026, 10, 19, tzinfo=UTC)


def some_trends() -> Trends:
    """Five weeks in which parcels began to go astray."""
    counts = (31, 29, 33, 71, 58)
    change = Change(
        on=datetime(2026, 11, 9, tzinfo=UTC).date(),
        before=12.0,
        after=49.0,
        days_before=21,
        days_after=11,
    )
    wall = Took(n=214, median=3.1, low=2.8, high=3.6, slow=19.5)
    return Trends(
        since=SINCE,
        until=NOW,
        step="week",
        steps=tuple(
            datetime(2026, month, day, tzinfo=UTC).date()
            for month, day in ((10, 19), (10, 26), (11, 2), (11, 9), (11, 16))
        ),
        cases=222,
        before=148,
        undated=0,
        open=17,
        volumes=(
            Volume(category="all", total=222, before=148, counts=counts),
            Volume(
                category="orders", total=97, before=61, counts=(11, 12, 13, 33, 28),
                changes=(change,),
            ),
        ),
        speeds=(
            Speed(
                name="first_response",
                of=222,
                wall=wall,
                business=Took(n=214, median=1.4, low=1.2, high=1.7, slow=7.9),
                before=Took(n=140, median=2.9, low=2.4, high=3.5, slow=18.0),
            ),
        ),
        rates=(
            Rate(
                name="came_back",
                now=Share(count=31, of=180),
                before=Share(count=11, of=139),
                differs=True,
            ),
        ),
        rating=3.9,
    )  # fmt: skip
