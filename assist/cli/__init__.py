"""The command line: one file per command."""

import typer

from assist.cli.check_policies import check_policies_command
from assist.cli.doctor import doctor_command
from assist.cli.explain import explain_command
from assist.cli.ingest import ingest_command
from assist.cli.init import init_command
from assist.cli.inquiries import inquiries_command
from assist.cli.schema import schema_command
from assist.cli.search import search_command
from assist.cli.serve import serve_command
from assist.cli.settings import settings_command
from assist.cli.suggest import suggest_command
from assist.cli.try_policies import try_policies_command

app = typer.Typer(
    name="assist",
    help="Agent-assist for customer support: everything an agent needs beside a ticket.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("init")(init_command)
app.command("ingest")(ingest_command)
app.command("search")(search_command)
app.command("suggest")(suggest_command)
app.command("explain")(explain_command)
app.command("check-policies")(check_policies_command)
app.command("try-policies")(try_policies_command)
app.command("inquiries")(inquiries_command)
app.command("schema")(schema_command)
app.command("settings")(settings_command)
app.command("doctor")(doctor_command)
app.command("serve")(serve_command)


def main() -> None:
    """Entry point of the `assist` script."""
    app()
