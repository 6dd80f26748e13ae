"""Examples of what cases tell over a time, in the OpenAPI document."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from assist.domain.base import Money
from assist.domain.kb_health import Share
from assist.domain.lessons import ClauseFriction, Praise, Preventable
from assist.domain.systemic import (
    Cost,
    Effect,
    IssueExample,
    IssueKey,
    SystemicIssue,
    UpstreamEvent,
    UpstreamItem,
)
from assist.domain.trend_report import TrendReport
from assist.domain.trends import Change, Rate, Speed, Took, Volume
from assist.web.api.upstream import Items, WholeItem
from assist.web.examples import NOW

SINCE = datetime(2026, 10, 19, tzinfo=UTC)
PARCELS = IssueKey(category="orders", clause="delivery.lost")
OPENED = NOW - timedelta(days=40)
COST = Cost(
    cases=97,
    came_back=14,
    repeats=22,
    replies=203,
    grants=31,
    conceded=(Money(amount=Decimal("612.50"), currency="USD"),),
)
SOME_PRAISE = Praise(
    ticket_id="t-640",
    at=NOW - timedelta(days=3),
    words="Thank you so much, that was fast!",
    category="orders",
    team="Operations",
    by=("agent-mo",),
)
EXAMPLE = IssueExample(
    ticket_id="t-812", statement="The parcel shows as delivered, it is not here."
)


def some_issue() -> SystemicIssue:
    """Parcels that were lost, and what they cost."""
    return SystemicIssue(
        id=PARCELS.id,
        issue=PARCELS,
        share=Share(count=97, of=222),
        cost=COST,
        keywords=("parcel", "delivered", "tracking"),
        examples=(EXAMPLE,),
        item=an_item(),
    )


def some_friction() -> ClauseFriction:
    """A clause because of which leads are asked."""
    return ClauseFriction(
        clause_id="delivery.lost",
        owner="Operations",
        text="A parcel that is lost is sent again once the carrier has confirmed it.",
        uses=97,
        approvals=Share(count=31, of=97),
        refused=Share(count=4, of=31),
        deviations=Share(count=9, of=97),
        escalated=Share(count=6, of=97),
        came_back=Share(count=14, of=97),
        trouble=48,
        examples=("t-812", "t-799"),
    )


def some_preventable() -> Preventable:
    """Customers who were told nothing."""
    return Preventable(
        kind="overdue_promise",
        category="orders",
        contacts=17,
        of=119,
        says="17 times a customer wrote after a promised time had passed and nothing was settled",
        helps="a notice before the time has passed, with a new one",
        examples=(EXAMPLE,),
    )


def an_item() -> UpstreamItem:
    """Operations have it."""
    return UpstreamItem(
        id=PARCELS.id.replace("issue", "upstream"),
        issue=PARCELS,
        title="Parcels are left at the wrong door",
        owner="Operations",
        opened_by="lead-ann",
        opened_at=OPENED,
        changed_at=OPENED,
    )


def some_items() -> Items:
    """What is to be mended."""
    return Items(items=(an_item(),))


def a_mended_item() -> WholeItem:
    """Fewer came since."""
    mended = UpstreamEvent(
        key="k-2", at=NOW - timedelta(days=28), by="lead-ann", what="done", note="a new carrier"
    )
    told = {"state": "done", "done_on": mended.at.date(), "changed_at": mended.at}
    return WholeItem(
        item=an_item().model_copy(update=told),
        history=(UpstreamEvent(key="k-1", at=OPENED, by="lead-ann", what="opened"), mended),
        effect=Effect(
            days_before=56,
            days_since=28,
            before=24.0,
            since=9.5,
            ratio=0.396,
            low=0.281,
            high=0.558,
            others=1.04,
            says="fewer come since, beyond chance",
        ),
    )


def upstream_requests() -> Mapping[str, object]:
    """An issue of the report, to be mended."""
    told = {"key": "k-1", "issue": PARCELS.model_dump(), "owner": "Operations"}
    return {"opened": told | {"title": "Parcels are left at the wrong door"}}


def upstream_decisions() -> Mapping[str, object]:
    """What may become of it."""
    return {
        "assigned": {"key": "k-2", "act": "assign", "owner": "Operations"},
        "done": {"key": "k-3", "act": "done", "on": "2026-10-23", "note": "a new carrier"},
        "dropped": {"key": "k-4", "act": "drop", "note": "too dear for ten cases a year"},
    }


def some_trends() -> TrendReport:
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
    return TrendReport(
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
        systemic=(some_issue(),),
        scattered=12,
        friction=(some_friction(),),
        preventable=(some_preventable(),),
        praise=(SOME_PRAISE,),
    )  # fmt: skip
