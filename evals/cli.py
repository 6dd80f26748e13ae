"""The `assist-evals` command: suites of curated cases, and how well documents are ranked."""

import typer

from evals.commands.compare import compare_command
from evals.commands.ragas import ragas_command
from evals.commands.regrade import regrade_command
from evals.commands.run import run_command
from evals.history.command import history_command
from evals.making.command_import import import_command
from evals.making.command_new import new_command
from evals.publishing.command import publish_command
from evals.reports.command import report_command
from evals.retrieval import commands as retrieval
from evals.robustness.command import robustness_command
from evals.self_retrieval.command import self_retrieval_command
from evals.simulating.command import simulate_command

app = typer.Typer(
    name="assist-evals",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def about() -> None:
    """Measure what assist suggests, and how well it finds."""


app.command("run")(run_command)
app.command("compare")(compare_command)
app.command("ragas")(ragas_command)
app.command("regrade")(regrade_command)
app.command("retrieval")(retrieval.retrieval_command)
app.command("compare-retrieval")(retrieval.compare_command)
app.command("simulate")(simulate_command)
app.command("new")(new_command)
app.command("import")(import_command)
app.command("history")(history_command)
app.command("report")(report_command)
app.command("publish")(publish_command)
app.command("robustness")(robustness_command)
app.command("self-retrieval")(self_retrieval_command)


def main() -> None:
    """Entry point of the `assist-evals` script."""
    app()
