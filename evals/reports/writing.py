"""A run -> its reports in a folder, beside the run itself."""

from pathlib import Path

from assist.domain.evaluation import EvalRun
from evals.reports.gathering import Gathered, asked_beside
from evals.reports.html import html
from evals.reports.junit import junit
from evals.reports.markdown import markdown
from evals.reports.short import short
from evals.running.files import made, write

HTML, MARKDOWN, JUNIT, SHORT = "report.html", "report.md", "junit.xml", "report.json"


def write_all(run: EvalRun, folder: Path, against: EvalRun | None = None) -> None:
    """Every report of a run into its folder, whose cases they tell. Raises `BadInput`."""
    write_reports(Gathered(run, asked_beside(folder), against), folder)


def write_reports(gathered: Gathered, folder: Path) -> None:
    """The same for a run from elsewhere."""
    made(folder)
    write(folder / HTML, html(gathered))
    write(folder / MARKDOWN, markdown(gathered.view))
    write(folder / JUNIT, junit(gathered.run))
    write(folder / SHORT, short(gathered.view).model_dump_json(indent=1) + "\n")
