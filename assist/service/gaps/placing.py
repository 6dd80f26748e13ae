"""Use case: what was found in tickets -> a map of their issues, those of gaps first."""

from assist.insights.gaps.mapping import MOST, Point, placed
from assist.retrieval.covering.judge import Embed
from assist.service.gaps.finding import Mined


def map_of(mined: Mined, embed: Embed) -> tuple[Point, ...]:
    """At most `MOST` points."""
    number = {
        (ticket.ticket_id, ticket.text): place
        for place, gap in enumerate(mined.report.gaps, 1)
        for ticket in gap.tickets
    }
    told = [(issue, number.get((issue.ticket_id, issue.text), 0)) for issue in mined.issues]
    shown = sorted(told, key=lambda one: one[1] == 0)[:MOST]
    return placed(
        embed([issue.text for issue, _ in shown]),
        [issue.covered.value for issue, _ in shown],
        [gap for _, gap in shown],
    )
