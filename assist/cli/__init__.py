"""The command line: one file per command, read when the command is called."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

COMMANDS = {
    "init": "init:init_command",
    "ingest": "ingest:ingest_command",
    "search": "search:search_command",
    "coverage": "coverage:coverage_command",
    "gaps": "gaps:gaps_command",
    "suggest": "suggest:suggest_command",
    "check-draft": "check_draft:check_draft_command",
    "explain": "explain:explain_command",
    "replay": "replay:replay_command",
    "record": "record:record_command",
    "precedents": "precedents:app",
    "check-policies": "check_policies:check_policies_command",
    "lint-kb": "lint_kb:lint_kb_command",
    "kb-health": "kb_health:kb_health_command",
    "training-needs": "kb_health:training_needs_command",
    "trends": "trends:trends_command",
    "try-policies": "try_policies:try_policies_command",
    "inquiries": "inquiries:inquiries_command",
    "schema": "schema:schema_command",
    "settings": "settings:settings_command",
    "index": "index:app",
    "keys": "keys:app",
    "sessions": "sessions:app",
    "audit": "audit:audit_command",
    "forget": "forget:forget_command",
    "backup": "backup:backup_command",
    "restore": "restore:restore_command",
    "doctor": "doctor:doctor_command",
    "helpdesk-app": "helpdesk_app:helpdesk_app_command",
    "serve": "serve:serve_command",
}
"""Name -> module and what stands there: a function, or the app of a command that has others."""


class Read(Mapping[str, Any]):
    """The commands by name, each read when it is looked up: all of them take half a second."""

    def __getitem__(self, name: str) -> Any:
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(import_module(f"assist.cli.{module}"), attribute)
        if not isinstance(found, typer.Typer):
            alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
            alone.command(name)(found)
            found = alone
        return typer.main.get_command(found)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Commands(TyperGroup):
    """A group whose commands are read when they are called, or listed with their help."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands: Any = Read()


app = typer.Typer(
    name="assist",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def about() -> None:
    """Agent-assist for customer support: everything an agent needs beside a ticket."""


def main() -> None:
    """Entry point of the `assist` script."""
    app()
