"""What the company should learn, in sentences for a terminal and a page."""

import csv
from collections.abc import Iterator
from io import StringIO

from assist.domain.kb_health import Share
from assist.domain.lessons import ClauseFriction, Praise
from assist.domain.systemic import Cost, Effect, SystemicIssue, UpstreamItem
from assist.domain.trend_report import TrendReport
from assist.service.trends.told import cell

ISSUE_COLUMNS = (
    "issue", "category", "product", "clause", "cases", "contacts", "came_back", "repeats",
    "replies", "hours", "handling", "grants", "conceded", "keywords", "state", "owner",
)  # fmt: skip


def cost_says(cost: Cost) -> str:
    """One line: contacts, replies, what was granted, what handling cost."""
    told = [
        f"{cost.cases} cases, {cost.came_back} came back, {cost.repeats} repeat contacts",
        f"{cost.replies} replies",
    ]
    if cost.handling is not None:
        told.append(f"{cost.handling} of handling ({cost.hours:.1f} h)")
    elif cost.hours is not None:
        told.append(f"{cost.hours:.1f} h of handling")
    if cost.grants:
        sums = " and ".join(map(str, cost.conceded))
        told.append(f"{cost.grants} grants" + (f" of {sums}" if sums else ""))
    return "; ".join(told)


def item_says(item: UpstreamItem) -> str:
    """How what was asked to be mended stands."""
    whose = f", {item.owner}" if item.owner else ", nobody has it"
    state = f"done on {item.done_on}" if item.done_on else item.state
    return f"{item.title}: {state}{whose}"


def effect_says(effect: Effect) -> str:
    """What came each week before and since, and whether that tells anything."""
    told = f"{effect.before:.1f} a week before, {effect.since:.1f} since"
    if effect.ratio is not None:
        told += f" (× {effect.ratio:.2f}, {effect.low:.2f} to {effect.high:.2f})"
    if effect.others is not None:
        told += f", all others × {effect.others:.2f}"
    return f"{effect.says}: {told}"


def issue_says(issue: SystemicIssue) -> Iterator[str]:
    """The lines of an issue: what it is, what it cost, how mending it stands."""
    words = f" ({', '.join(issue.keywords)})" if issue.keywords else ""
    yield f"{issue.issue.says}{words}: {cost_says(issue.cost)}"
    if issue.item is not None:
        yield item_says(issue.item)
    if issue.effect is not None:
        yield effect_says(issue.effect)


def friction_says(one: ClauseFriction) -> str:
    """One line: its uses, and what came of them for each hundred."""
    shares = (
        ("approvals", one.approvals), ("refused", one.refused), ("deviations", one.deviations),
        ("escalated", one.escalated), ("came back", one.came_back),
    )  # fmt: skip
    told = (f"{name} {of_hundred(share)}" for name, share in shares if share.count)
    return f"{one.clause_id}: {one.uses} uses, {'; '.join(told)}"


def of_hundred(share: Share) -> str:
    """So many of each hundred uses; only the count where there are too few."""
    if share.rate is None:
        return f"{share.count} of {share.of}"
    low, high = share.interval
    return f"{100 * share.rate:.0f} per 100 ({100 * low:.0f} to {100 * high:.0f}, n = {share.of})"


def due_to(one: Praise) -> str:
    """Whom the praise is passed on to."""
    return ", ".join(filter(None, (*one.by, one.team))) or "whoever answered"


def issues_csv(found: TrendReport) -> str:
    """A row for each systemic issue."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(ISSUE_COLUMNS)
    for one in found.systemic:
        key, cost, item = one.issue, one.cost, one.item
        row = (
            one.id, key.category, key.product, key.clause, cost.cases, cost.contacts,
            cost.came_back, cost.repeats, cost.replies, cost.hours, cost.handling, cost.grants,
            " ".join(map(str, cost.conceded)), " ".join(one.keywords),
            item.state if item else "", item.owner if item else "",
        )  # fmt: skip
        table.writerow(cell(str("" if value is None else value)) for value in row)
    return written.getvalue()
