"""Cases of a time -> issues that keep coming, by what they cost; and whether mending one helped."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from math import exp, log, sqrt

from assist.domain.base import Money
from assist.domain.handling import HandlingSettings
from assist.domain.kb_health import FEW, Share
from assist.domain.seen_case import SeenCase
from assist.domain.systemic import (
    Cost,
    Effect,
    IssueExample,
    IssueKey,
    SystemicIssue,
)
from assist.insights.gaps.keywords import keywords
from assist.insights.trends.changes import changes
from assist.insights.trends.volume import DAY, Window

CASES = 5
"""From which on cases that are alike are called an issue rather than chance."""
EXAMPLES = 3
AGAIN = timedelta(days=30)
"""Within which a customer who writes about the same writes again, as repeat contact is counted."""
LOOKED_BACK = timedelta(days=56)
"""Before something was mended: eight weeks, which a busy one does not sway."""
WEEK = 7
_Z = 1.96


def systemic_issues(
    cases: Sequence[SeenCase], window: Window, handling: HandlingSettings
) -> tuple[SystemicIssue, ...]:
    """Those of five cases or more, the most contacts first. `cases` are those of the window."""
    groups: dict[IssueKey, list[SeenCase]] = {}
    for case in cases:
        groups.setdefault(IssueKey.of(case), []).append(case)
    told = {key: some for key, some in groups.items() if len(some) >= CASES}
    rest = [case.statement for key, some in groups.items() if key not in told for case in some]
    words = _keywords(told, rest)
    found = [
        SystemicIssue(
            id=key.id,
            issue=key,
            share=Share(count=len(some), of=len(cases)),
            cost=cost_of(some, handling),
            keywords=words[key],
            examples=_examples(some),
            changes=changes(window.by_day(some), window.first_whole_day),
        )
        for key, some in told.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.cost.contacts, one.id)))


def cost_of(cases: Sequence[SeenCase], handling: HandlingSettings) -> Cost:
    """What these cases took together."""
    replies = sum(case.replies for case in cases)
    hours = replies * handling.minutes_per_reply / 60 if handling.minutes_per_reply else None
    money = None
    if hours is not None and handling.hourly_rate is not None and handling.currency is not None:
        amount = (handling.hourly_rate * Decimal(str(hours))).quantize(Decimal("0.01"))
        money = Money(amount=amount, currency=handling.currency)
    return Cost(
        cases=len(cases),
        came_back=sum(case.came_back for case in cases),
        repeats=_repeats(cases),
        replies=replies,
        grants=sum(len(case.conceded) for case in cases),
        conceded=_sums(cases),
        hours=None if hours is None else round(hours, 2),
        handling=money,
    )


def effect_of(
    cases: Sequence[SeenCase], issue: IssueKey, done_on: date, until: datetime, began: datetime
) -> Effect:
    """Before that day and since, in whole days. Nothing is known from before `began`."""
    done = datetime.combine(done_on, time(), UTC)
    start = max(done - LOOKED_BACK, began)
    days = max((done - start) // DAY, 0), max((until - done) // DAY, 0)
    before = [case for case in cases if done - days[0] * DAY <= case.came_at < done]
    since = [case for case in cases if done <= case.came_at < done + days[1] * DAY]
    own = sum(IssueKey.of(c) == issue for c in before), sum(IssueKey.of(c) == issue for c in since)
    others = _ratio(len(before) - own[0], len(since) - own[1], *days)
    told = {
        "days_before": days[0],
        "days_since": days[1],
        "before": round(WEEK * own[0] / days[0], 2) if days[0] else 0.0,
        "since": round(WEEK * own[1] / days[1], 2) if days[1] else 0.0,
        "others": others[0] if others else None,
    }
    if min(days) < WEEK:
        return Effect(**told, says="too early: a week on both sides is needed")
    found = _ratio(*own, *days)
    if found is None:
        return Effect(**told, says=f"too few to tell: {sum(own)} cases in both times")
    ratio, low, high = found
    return Effect(**told, ratio=ratio, low=low, high=high, says=_says(low, high))


def _says(low: float, high: float) -> str:
    if high < 1:
        return "fewer come since, beyond chance"
    return "more come since, beyond chance" if low > 1 else "no difference beyond chance"


def _ratio(
    before: int, since: int, days_before: int, days_since: int
) -> tuple[float, float, float] | None:
    """Of two Poisson rates, since : before, with its 95 % interval on the scale of logarithms.

    Half a case is added to both, so that none at all since has an interval too.
    """
    if before + since < FEW or not days_before or not days_since:
        return None
    middle = log((since + 0.5) / days_since) - log((before + 0.5) / days_before)
    half = _Z * sqrt(1 / (since + 0.5) + 1 / (before + 0.5))
    return round(exp(middle), 3), round(exp(middle - half), 3), round(exp(middle + half), 3)


def _keywords(
    told: Mapping[IssueKey, Sequence[SeenCase]], rest: Sequence[str]
) -> Mapping[IssueKey, tuple[str, ...]]:
    if not told:
        return {}
    texts = [[case.statement for case in some] for some in told.values()]
    return dict(zip(told, keywords(texts, rest), strict=True))


def _examples(cases: Sequence[SeenCase]) -> tuple[IssueExample, ...]:
    """The newest, each said once."""
    newest = sorted(cases, key=lambda case: (case.came_at, case.case_id), reverse=True)
    once = {case.statement: case.ticket_id for case in reversed(newest) if case.statement}
    found = [IssueExample(ticket_id=ticket, statement=text) for text, ticket in once.items()]
    return tuple(reversed(found))[:EXAMPLES]


def _repeats(cases: Sequence[SeenCase]) -> int:
    """Cases whose customer had written about the same shortly before."""
    last: dict[str, datetime] = {}
    found = 0
    for case in sorted(cases, key=lambda case: case.came_at):
        if case.customer_id is None:
            continue
        before = last.get(case.customer_id)
        found += before is not None and case.came_at - before <= AGAIN
        last[case.customer_id] = case.came_at
    return found


def _sums(cases: Sequence[SeenCase]) -> tuple[Money, ...]:
    sums: dict[str, Decimal] = {}
    for amount in (one.amount for case in cases for one in case.conceded if one.amount):
        sums[amount.currency] = sums.get(amount.currency, Decimal(0)) + amount.amount
    return tuple(Money(amount=sums[name], currency=name) for name in sorted(sums))
