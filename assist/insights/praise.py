"""Cases of a time -> words of praise, the newest first, and those that they are due."""

from collections.abc import Mapping, Sequence

from assist.domain.lessons import Praise
from assist.domain.seen_case import SeenCase
from assist.domain.trends import NONE


def praise(cases: Sequence[SeenCase], teams: Mapping[str, str]) -> tuple[Praise, ...]:
    """`teams` are the owners of categories. By case and never counted by person."""
    found = [
        Praise(
            ticket_id=case.ticket_id,
            at=one.at or case.came_at,
            words=one.words,
            category=case.category or NONE,
            team=teams.get(case.category or "", ""),
            by=one.by,
        )
        for case in cases
        for one in case.praise
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.ticket_id), reverse=True))
