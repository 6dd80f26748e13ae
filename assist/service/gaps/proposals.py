"""Use case: gaps -> a file each with the draft of an article, and what it would change."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from assist.domain.gaps import Gap
from assist.errors import BadInput
from assist.insights.gaps.drafts import Draft, draft
from assist.service.covering import Covering
from assist.service.gaps.finding import Mined
from assist.service.gaps.proving import Bench


def drafts_of(mined: Mined, covering: Covering) -> Iterator[tuple[Gap, Draft]]:
    """In the order of the gaps; kinds that no article mends have none."""
    today = covering.desk.parts.clock.now().date()
    for gap in mined.report.gaps:
        texts = {(ticket.ticket_id, ticket.text) for ticket in gap.tickets}
        issues = [one for one in mined.issues if (one.ticket_id, one.text) in texts]
        made = draft(
            gap,
            on=today,
            regions=_all_have([issue.region for issue in issues]),
            products=_all_have([issue.product for issue in issues]),
        )
        if made:
            yield gap, made


def write_proposals(covering: Covering, mined: Mined, folder: Path) -> Iterator[str]:
    """A file per draft, and a line that says what it would change. Raises `BadInput`."""
    whole, embedder = covering.coverer(), covering.desk.parts.embedder
    bench = Bench.of(mined.issues, whole, embedder) if mined.issues else None
    for gap, made in drafts_of(mined, covering):
        path = folder / f"{gap.id}.md"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(made.markdown, encoding="utf-8")
        except OSError as error:
            raise BadInput("cannot be written", where=str(path), cure="check it") from error
        if made.is_outline or bench is None:
            yield f"{path}: an outline; no reply of an agent is known, so write it first"
        else:
            yield f"{path}: {bench.prove(gap, made).says}"


def _all_have(values: Sequence[str]) -> tuple[str, ...]:
    """The one value that all of them have; nothing where they differ or one has none."""
    return (values[0],) if values and values[0] and len(set(values)) == 1 else ()
