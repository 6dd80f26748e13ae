"""`python -m evals.privacy`: recall and precision of what is hidden, on the set `pii`."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assist.adapters.privacy.redactor import PatternRedactor
from assist.cli.options import Json, fails_cleanly
from assist.ports.words import Privacy
from evals.privacy.items import load_items
from evals.privacy.scoring import Share, score


@fails_cleanly
def privacy_command(
    privacy: Annotated[Privacy, typer.Option(help="The level to measure.")] = "standard",
    ner_model: Annotated[
        str | None, typer.Option(help="A spaCy model, by name or folder, for strict.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Find personal data in the labelled texts and count what was missed and what was too much.

    The set is looked for in ASSIST_EVALSETS (default ../shared/evalsets).
    """
    scores = score(load_items(), PatternRedactor(privacy, ner_model).find)
    if as_json:
        print(scores.model_dump_json())
        return
    console = Console(highlight=False)
    console.print(_table("recall", scores.recall))
    console.print(_table("precision", scores.precision))


def _table(name: str, shares: dict[str, Share]) -> Table:
    table = Table("type", "n", name, "95 %")
    for kind, one in shares.items():
        interval = f"{one.low:.2f}-{one.high:.2f}"
        table.add_row(kind, str(one.n), f"{one.hits / one.n:.3f}", interval)
    return table


if __name__ == "__main__":
    typer.run(privacy_command)
