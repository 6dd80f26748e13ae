"""`assist doctor`: is everything here that is needed, and does it work?"""

import asyncio
import difflib
import json
import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import typer

from assist.cli.doctor_finding import Finding, checked
from assist.cli.doctor_services import of_server, services
from assist.cli.keys import OPEN
from assist.cli.options import Home, Json, Workspace, fails_cleanly
from assist.cli.settings import setting_fields
from assist.domain.endpoint import ChatSettings
from assist.errors import AssistError, HomeServed, NoIndex
from assist.settings import Settings, read_settings

if TYPE_CHECKING:
    from assist.adapters.privacy.redactor import PatternRedactor
    from assist.service.desk import Desk

NOT_OURS = {"ASSIST_EVALSETS", "ASSIST_LLM"}
"""Read by the evals, and the group as a whole."""
NEEDED_BYTES = 500_000_000
"""An embedded database, its log, and the indexes of some ten thousand passages."""


@runtime_checkable
class Describes(Protocol):
    """An embedder that can say how it computes."""

    def describe(self) -> str:
        """Which compiled form is used, and how near it comes to the model itself."""
        ...


@fails_cleanly
def doctor_command(as_json: Json = False, home: Home = None, workspace: Workspace = None) -> None:
    """Check home, database, model, indexes, knowledge base, and the services that are set.

    Beside a server it asks that. Exits 0 when all is well, 1 when something is wrong; each line
    says what to do.
    """
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
            yield checked("access", lambda: _access(desk))
            yield checked("timers", lambda: _timers(desk))
            yield checked("model", lambda: _model(desk))
            yield _knowledge(desk)
            yield from services(settings, desk)
    except HomeServed as error:
        yield from of_server(error)
    except AssistError as error:
        yield Finding(check="start", ok=False, detail=str(error))
    yield _settings()
    yield _extra("ragas", "assist-desk[evals]")
    yield from _language_model(settings)


def _language_model(settings: Settings) -> Iterator[Finding]:
    """Whether the endpoint answers, has the model, and what it understands; none set is fine."""
    if settings.llm == ChatSettings():
        said = "none set (ASSIST_LLM__BASE_URL); suggestions are extractive"
        yield Finding(check="language model", ok=True, detail=said)
        return
    from assist.adapters.chat.probe import probe
    from assist.adapters.privacy.redactor import PatternRedactor

    for found in asyncio.run(probe(settings.llm)):
        yield Finding(check=found.check, ok=found.ok, detail=found.detail)
    hidden = PatternRedactor(settings.privacy, settings.privacy_ner)
    yield checked("privacy", lambda: _loaded(hidden, settings))


def _loaded(redactor: "PatternRedactor", settings: Settings) -> str:
    redactor.load()
    return f"{settings.privacy}: what is hidden from the language model"


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free
    return Finding(check="disk", ok=free >= NEEDED_BYTES, detail=f"{free // 1_000_000} MB free")


def _database(settings: Settings, desk: "Desk") -> str:
    kind = "server from ASSIST_DATABASE_URL" if settings.database_url else "embedded PostgreSQL"
    return "; ".join((kind, *desk.notes))


def _access(desk: "Desk") -> str:
    """What stands between the port and everything; nothing is fine on a machine of one's own."""
    now = desk.parts.clock.now()
    valid = sum(key.state(now) == "valid" for key in desk.parts.keys.listed())
    closed = desk.doors.closed or desk.parts.keys.guarded()
    return f"API keys that are valid: {valid}" if closed else OPEN


def _timers(desk: "Desk") -> str:
    """What waits for its time. Late ones are no fault here: a server attends to them."""
    state = desk.parts.timers.state()
    late = f"{state.late} late: `assist serve` attends to them" if state.late else "none late"
    return f"{state.waiting} wait, {late}; processes that attend: {state.attended}"


def _model(desk: "Desk") -> str:
    embedder = desk.parts.embedder
    vectors = embedder.embed(["Is everything in place?"])  # compiles it where it is not yet
    reads = ", ".join(embedder.languages) or "languages not known"
    said = f"{embedder.name}, {vectors.shape[1]} dimensions, reads {reads}"
    computed = f"; computed by {embedder.describe()}" if isinstance(embedder, Describes) else ""
    return said + computed


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


def _settings() -> Finding:
    """Variables that begin like ours and are none: a slip in a name is otherwise silent."""
    known = {f"ASSIST_{name.upper()}" for name, _ in setting_fields(Settings)}
    open_ended = tuple(f"{name}__" for name in known)
    strange = [
        name
        for name in sorted(os.environ)
        if name.startswith("ASSIST_")
        and name.removesuffix("_FILE") not in known | NOT_OURS
        and not name.startswith(open_ended)
    ]
    told = []
    for name in strange:
        near = difflib.get_close_matches(name, known, n=1)
        told.append(f"{name} is no setting{f'; did you mean {near[0]}?' if near else ''}")
    detail = "; ".join(told) or "every ASSIST_ variable is one"
    return Finding(check="settings", ok=not strange, detail=detail)


def _extra(package: str, extra: str) -> Finding:
    here = find_spec(package) is not None
    detail = "installed" if here else f"not installed; pip install '{extra}' for model-judged evals"
    return Finding(check=f"extra {package}", ok=True, detail=detail)
