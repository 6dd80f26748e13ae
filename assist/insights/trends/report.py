"""Cases of a time and of the one before it -> the report on both."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from assist.domain.case_event import ENDED
from assist.domain.handling import HandlingSettings
from assist.domain.seen_case import SeenCase
from assist.domain.systemic import IssueKey, SystemicIssue, UpstreamItem
from assist.domain.trend_report import TrendReport
from assist.insights.friction import Ruled, friction
from assist.insights.praise import praise
from assist.insights.prevention import preventable
from assist.insights.systemic import effect_of, systemic_issues
from assist.insights.trends.measures import mean_rating, rates, speeds
from assist.insights.trends.volume import volumes, window


class Company(NamedTuple):
    """What the company has said that is not in its cases.

    `rules` are clauses by id, `teams` owners of categories, `items` what is to be mended.
    """

    handling: HandlingSettings
    rules: Mapping[str, Ruled]
    teams: Mapping[str, str]
    items: Mapping[IssueKey, UpstreamItem]


def report_of(
    cases: Sequence[SeenCase],
    since: datetime,
    until: datetime,
    company: Company,
    notes: Sequence[str] = (),
) -> TrendReport:
    """Of those that came from `since` on and before `until`, which both have a zone.

    Beside them stand those of the time of the same length before. `since` is a midnight in UTC.
    """
    start = since - (until - since)
    now = [case for case in cases if since <= case.came_at < until]
    before = [case for case in cases if start <= case.came_at < since]
    began = min((case.came_at for case in cases), default=start)
    cut = window(since, until, began)
    systemic = systemic_issues(now, cut, company.handling)
    known, counted = Known(cases, until, began), volumes(now, before, cut)
    return TrendReport(
        since=since,
        until=until,
        step=cut.step,
        steps=cut.steps,
        cases=len(now),
        before=len(before),
        undated=sum(not case.dated for case in now),
        open=sum(case.status not in ENDED for case in now),
        volumes=counted,
        speeds=speeds(now, before),
        rates=rates(now, before),
        rating=mean_rating(now),
        systemic=tuple(known.with_item(one, company.items.get(one.issue)) for one in systemic),
        scattered=len(now) - sum(one.cost.cases for one in systemic),
        friction=friction(now, company.rules),
        preventable=preventable(now, counted),
        praise=praise(now, company.teams),
        notes=(*notes, *_notes(now), *(_begun(began, start) if now else ())),
    )


class Known(NamedTuple):
    """All cases that are known until then, none from before `began`."""

    cases: Sequence[SeenCase]
    until: datetime
    began: datetime

    def with_item(self, issue: SystemicIssue, item: UpstreamItem | None) -> SystemicIssue:
        """The issue with what was asked to be mended, and whether that helped."""
        if item is None:
            return issue
        done = item.done_on
        effect = effect_of(self.cases, item.issue, done, self.until, self.began) if done else None
        return issue.model_copy(update={"item": item, "effect": effect})


def _notes(cases: Sequence[SeenCase]) -> Iterator[str]:
    if not cases:
        yield "no case came in this time"
    if undated := sum(not case.dated for case in cases):
        yield (
            f"{undated} of {len(cases)} tickets do not say when they were written: they count by "
            "when they came in here, and how long those customers waited is not known"
        )


def _begun(began: datetime, start: datetime) -> Iterator[str]:
    """What is known since some day only cannot be compared with the time before it."""
    if began - start > timedelta(days=1):
        yield f"no case is known from before {began:%Y-%m-%d}: changes are looked for from then on"
