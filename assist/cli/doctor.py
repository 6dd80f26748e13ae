"""`assist doctor`: is everything here that is needed, and does it work?"""

import json
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import typer

from assist.cli.options import Home, Json, Workspace, fails_cleanly
from assist.domain.base import Model
from assist.errors import AssistError, NoIndex
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.service.desk import Desk

NEEDED_BYTES = 500_000_000
"""An embedded database, its log, and the indexes of some ten thousand passages."""


class Finding(Model):
    """One check: what was looked at, whether it is fine, and what to do if not."""

    check: str
    ok: bool
    detail: str


@fails_cleanly
def doctor_command(as_json: Json = False, home: Home = None, workspace: Workspace = None) -> None:
    """Check home, database, model, indexes and knowledge base; exit 1 if something is wrong."""
    findings = list(_findings(read_settings(home, workspace)))
    if as_json:
        print(json.dumps([finding.model_dump() for finding in findings]))
    else:
        for finding in findings:
            print(f"{'ok  ' if finding.ok else 'FAIL'} {finding.check}: {finding.detail}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _findings(settings: Settings) -> Iterator[Finding]:
    try:
        from assist.wiring import opened

        with opened(settings) as desk:
            yield Finding(check="home", ok=True, detail=str(settings.home.resolve()))
            yield _disk(settings)
            yield Finding(check="database", ok=True, detail=_database(settings, desk))
            yield _checked("model", lambda: _model(desk))
            yield _knowledge(desk)
    except AssistError as error:
        yield Finding(check="start", ok=False, detail=str(error))
    yield _extra("ragas", "assist-desk[evals]")
    yield Finding(
        check="language model", ok=True, detail="none in this version; drafts are extractive"
    )


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free
    return Finding(check="disk", ok=free >= NEEDED_BYTES, detail=f"{free // 1_000_000} MB free")


def _database(settings: Settings, desk: "Desk") -> str:
    kind = "server from ASSIST_DATABASE_URL" if settings.database_url else "embedded PostgreSQL"
    return "; ".join((kind, *desk.notes))


def _checked(check: str, work: Callable[[], str]) -> Finding:
    try:
        return Finding(check=check, ok=True, detail=work())
    except AssistError as error:
        return Finding(check=check, ok=False, detail=str(error))


def _model(desk: "Desk") -> str:
    vectors = desk.parts.embedder.embed(["Is everything in place?"])
    reads = ", ".join(desk.parts.embedder.languages) or "languages not known"
    return f"{desk.parts.embedder.name}, {vectors.shape[1]} dimensions, reads {reads}"


def _knowledge(desk: "Desk") -> Finding:
    try:
        opened = desk.opened()
        opened.prepare()
    except NoIndex as error:
        return Finding(check="knowledge base", ok=True, detail=f"none yet: {error.cure}")
    except AssistError as error:
        return Finding(check="knowledge base", ok=False, detail=str(error))
    generation = opened.library.generation
    policies = opened.policy_set
    detail = (
        f"{generation.documents} documents, {generation.passages} passages, "
        f"{sum(len(p.clauses) for p in policies.policies)} clauses, generation {generation.id}"
    )
    defaults = (
        f"; packaged defaults for {', '.join(policies.defaults)}" if policies.defaults else ""
    )
    refused = desk.refusal_notes()
    told = "; ".join((detail + defaults, *opened.library.notes, *refused))
    return Finding(check="knowledge base", ok=not refused, detail=told)


def _extra(package: str, extra: str) -> Finding:
    here = find_spec(package) is not None
    detail = "installed" if here else f"not installed; pip install '{extra}' for model-judged evals"
    return Finding(check=f"extra {package}", ok=True, detail=detail)
