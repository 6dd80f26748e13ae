"""`assist explain`: why each candidate of a suggestion may be done, or may not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import All, Home, Json, Workspace, fails_cleanly
from assist.cli.proofs import (
    ProofWriter,
    folded,
    named,
    proof_lines,
    said,
    short_lines,
    verdict_lines,
)
from assist.settings import read_settings

if TYPE_CHECKING:
    from assist.service.explaining import Explained, Explanation


@fails_cleanly
def explain_command(
    suggestion: Annotated[
        str, typer.Argument(metavar="SUGGESTION_ID", help="As `assist suggest` shows it.")
    ],
    candidate: Annotated[
        str | None,
        typer.Argument(
            metavar="CANDIDATE", help="One of its candidates, e.g. i1.c1.", show_default="all"
        ),
    ] = None,
    whole: All = False,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Explain the verdicts of a suggestion: what was asked, each rule, the sums, what follows."""
    from assist.service.explaining import explain
    from assist.wiring import kept  # opens neither an index nor a model

    with kept(read_settings(home, workspace)) as store:
        found = explain(store.suggestions, store.knowledge, suggestion, candidate)
    if as_json:
        print(found.model_dump_json())
        return
    print("\n".join(_shown(found, proof_lines if whole else short_lines)))


def _shown(found: "Explanation", lines: ProofWriter) -> Iterator[str]:
    ticket = f"ticket {found.ticket_id}, revision {found.revision}"
    yield f"Suggestion {found.suggestion_id} for {ticket}"
    made = f"{found.created_at:%Y-%m-%d %H:%M %Z}"
    yield f"made {made}, judged by version {found.policy_version}, generation {found.generation}"
    if found.serving is None:
        yield "No rules serve now."
    elif found.outdated:
        yield f"Other rules serve now: {found.serving}. They may judge otherwise."
    for candidate in found.candidates:
        yield ""
        yield from _candidate(candidate, lines)


def _candidate(candidate: "Explained", lines: ProofWriter) -> Iterator[str]:
    yield f"{candidate.id}  {candidate.title}: {said(candidate.verdict)}"
    if candidate.note:
        yield from folded("  ", candidate.note)
    for action in candidate.actions:
        if len(candidate.actions) > 1:
            yield f"  {named(action)}: {said(action.verdict)}"
        if action.proof:
            yield from lines(action.proof)
        elif action.verdict:
            yield from verdict_lines(action.verdict)
    if candidate.alternative:
        other = candidate.alternative
        yield from folded("  → instead ", f"{other.title} ({other.id}): {said(other.verdict)}")
