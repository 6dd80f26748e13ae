"""Use case: tickets -> gaps with ids, kinds and impact, and what is like no other."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assist.domain.gaps import Gap, GapReport, GapTicket
from assist.domain.ticket import Ticket
from assist.graph.requests import wish
from assist.insights.gaps.clusters import FEW_TICKETS, center, cluster, joined
from assist.insights.gaps.gate import Gate, gate
from assist.insights.gaps.identity import Found, KeptGaps, identify, remember
from assist.insights.gaps.impact import Weights, factors, impact, packaged
from assist.insights.gaps.keywords import keywords
from assist.insights.gaps.kinds import MOST, Kind, Seen, classify
from assist.insights.gaps.labels import label
from assist.insights.gaps.repeats import unclear
from assist.insights.gaps.uncovered import Uncovered
from assist.insights.grouping import AT_MOST, central
from assist.ports import Progress, Vectors
from assist.retrieval.covering.judge import Coverer
from assist.service.covering import Covering
from assist.service.gaps.reading import issues_of, not_judged, opening, without_signs
from assist.service.gaps.replies import answered_by
from assist.service.gaps.scopes import Reach
from assist.service.indexing import silent
from assist.understanding.products import product_choices


@dataclass(frozen=True)
class Mined:
    """The gaps of some tickets, what the next run is told, and the issues that were judged."""

    report: GapReport
    kept: KeptGaps
    issues: tuple[Uncovered, ...] = field(repr=False)


@dataclass(frozen=True)
class _Group:
    """Issues of one gap, and their kind where it is clear from how they were put together."""

    issues: tuple[Uncovered, ...]
    vectors: Vectors
    kind: Kind | None = None


def find_gaps(
    covering: Covering,
    tickets: Sequence[Ticket],
    *,
    kept: KeptGaps | None = None,
    weights: Weights | None = None,
    coverer: Coverer | None = None,
    progress: Progress = silent,
) -> Mined:
    """What these tickets lack. `kept` are the gaps of earlier runs. Raises `NoIndex`.

    `coverer` is another one to judge by, as with articles left out.
    """
    library = covering.desk.opened().library
    whole = coverer or covering.coverer(progress)
    before, rules = kept or KeptGaps(), covering.desk.opened().policy_set
    opened = (opening(one) for one in tickets)
    judged = tuple(without_signs(one) for one in covering.judge(opened, whole, progress))
    products = product_choices(rules.facts)
    pairs = zip(tickets, judged, strict=True)
    read = tuple(issues_of(pairs, library.parts.redactor, products))
    reach = Reach.of(library)
    issues = tuple(reach.judged_again(read, whole))
    groups, alone = _grouped(issues, whole, len(tickets) - len(not_judged(judged)))
    embedder = library.generation.embedder
    found = [_found(group) for group in groups]
    ids = identify(found, before, embedder)
    words = keywords(
        [[issue.text for issue in group.issues] for group in groups],
        [issue.text for issue in issues if issue.covered.state == "covered"],
    )
    sign = _Signs(covering, whole, reach)
    gaps = [
        _gap(name, group, its, sign(group), weights or packaged())
        for name, group, its in zip(ids, groups, words, strict=True)
    ]
    gaps.sort(key=lambda gap: (-gap.impact, gap.id))
    outliers = [issue for issue in alone if issue.covered.state != "covered"]
    uncovered = {issue.ticket_id for issue in issues if issue.covered.state != "covered"}
    report = GapReport(
        tickets=len(tickets),
        covered=len({issue.ticket_id for issue in issues} - uncovered),
        gaps=tuple(gaps),
        outliers=tuple(_ticket(issue) for issue in outliers),
        not_judged=not_judged(judged),
        notes=tuple(_notes(len(tickets), len(judged) - len(not_judged(judged)))),
    )
    return Mined(report, remember(found, ids, before, embedder), issues)


def _grouped(
    issues: Sequence[Uncovered], whole: Coverer, tickets: int
) -> tuple[list[_Group], list[Uncovered]]:
    """The issues by gap, and those in doubt that are in none."""
    bounds = gate(issues)
    doubted = [issue for issue in issues if issue.covered.value < bounds.doubted]
    if tickets < FEW_TICKETS:
        return [], list(doubted)
    vectors = whole.embed([issue.text for issue in doubted])
    groups, alone = [], []
    kept_from = [n for n, issue in enumerate(doubted) if issue.elsewhere]
    plain = [n for n, issue in enumerate(doubted) if not issue.elsewhere]
    for some in (kept_from, plain):
        missed, rest = _missed([doubted[n] for n in some], vectors[some], bounds)
        groups += missed
        alone += rest
    for document, back in unclear(i for i in issues if i.covered.state == "covered").items():
        reason = f"{len(back)} customers wrote again after an answer that rests on {document}"
        texts = [issue.text for issue in back]
        groups.append(_Group(back, whole.embed(texts), Kind("unclear", reason, (document,))))
    return groups, alone


def _missed(
    issues: Sequence[Uncovered], vectors: Vectors, bounds: Gate
) -> tuple[list[_Group], list[Uncovered]]:
    """Clusters that are gaps, each with what else is like it, and all other issues."""
    clusters = cluster(vectors, [issue.text for issue in issues])
    gaps = [
        list(rows)
        for rows in clusters.groups
        if bounds.lacks([issues[row].covered for row in rows])
    ]
    alone: list[int] = []
    near = joined(vectors, [tuple(rows) for rows in gaps], clusters.outliers)
    for row, group in zip(clusters.outliers, near, strict=True):
        (gaps[group] if group >= 0 else alone).append(row)
    inside = {row for rows in gaps for row in rows}
    alone += [row for rows in clusters.groups for row in rows if row not in inside]
    groups = [
        _Group(tuple(issues[row] for row in rows), vectors[rows]) for rows in map(sorted, gaps)
    ]
    return groups, [issues[row] for row in alone]


@dataclass(frozen=True)
class _Signs:
    """What there is to see of a group, beside its tickets."""

    covering: Covering
    whole: Coverer
    reach: Reach

    def __call__(self, group: _Group) -> Kind:
        return group.kind or classify(self._seen(group.issues))

    def _seen(self, issues: tuple[Uncovered, ...]) -> Seen:
        answered, lacking = answered_by(issues, self.whole, self.covering.desk.opened().library)
        away = Counter(issue.elsewhere for issue in issues if issue.elsewhere).most_common(1)
        document = away[0][0] if away else ""
        first = next((issue for issue in issues if issue.elsewhere == document), issues[0])
        kind = self.reach.kept_from(document, first) if document else None
        return Seen(
            issues=issues,
            answered=answered,
            lacking=lacking,
            elsewhere=kind,
            scope=self.reach.says(document, kind) if kind else "",
            action=self._ungoverned(issues),
        )

    def _ungoverned(self, issues: Sequence[Uncovered]) -> str:
        """The title of an action that most of these ask for and that no clause names; or ""."""
        rules = self.covering.desk.opened().policy_set
        governed = {a for p in rules.policies for clause in p.clauses for a in clause.actions}
        for action in rules.actions:
            if action.kind in governed or not action.signals:
                continue
            asked = sum(wish(action.signals, issue.text) == "requested" for issue in issues)
            if asked >= MOST * len(issues):
                return action.title
        return ""


def _gap(name: str, group: _Group, words: tuple[str, ...], kind: Kind, weights: Weights) -> Gap:
    issues = group.issues
    days = [issue.at.date() for issue in issues if issue.at]
    counted = factors(issues, weights)
    return Gap(
        id=name,
        kind=kind.kind,
        label=label(issues[_central(group.vectors)].text),
        keywords=words,
        reason=kind.reason,
        documents=kind.documents,
        tickets=tuple(_ticket(issue) for issue in issues),
        coverage=_mean(issues),
        factors=counted,
        impact=impact(counted),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
    )


def _central(vectors: Vectors) -> int:
    return central(vectors, range(min(len(vectors), AT_MOST)))


def _ticket(issue: Uncovered) -> GapTicket:
    return GapTicket(
        ticket_id=issue.ticket_id,
        text=issue.text,
        coverage=issue.covered.value,
        at=issue.at,
        found=tuple(filter(None, [issue.covered.passage_id])),
        reply=issue.reply,
    )


def _found(group: _Group) -> Found:
    tickets = tuple(dict.fromkeys(issue.ticket_id for issue in group.issues))
    days = [issue.at.date() for issue in group.issues if issue.at]
    return Found(tickets, center(group.vectors), min(days, default=None))


def _mean(issues: Sequence[Uncovered]) -> float:
    return min(1.0, sum(issue.covered.value for issue in issues) / len(issues))


def _notes(tickets: int, judged: int) -> Iterable[str]:
    if judged < FEW_TICKETS:
        yield (
            f"{judged} tickets are too few to tell what repeats: what is not covered is listed; "
            f"{FEW_TICKETS} or more are clustered"
        )
    if judged < tickets:
        yield f"{tickets - judged} of {tickets} tickets are not judged, and in no gap"
