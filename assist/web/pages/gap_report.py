"""Gaps -> one HTML file that needs no other: the table, the plots and every ticket are in it."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assist.domain.gaps import GapReport
from assist.insights.gaps.mapping import Point
from assist.web.plots.gaps import impact_plot, map_plot, trend_plot

WEB = Path(__file__).parent.parent
STYLES = ("assist.css", "evals.css")


def gap_page(report: GapReport, points: Sequence[Point]) -> str:
    """The whole file. What customers wrote is shown as text, whatever marks it holds."""
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined
    )
    styles = ((WEB / "static" / name).read_text(encoding="utf-8") for name in STYLES)
    plots = (
        ("map", "Issues that ask alike lie together; numbers are gaps.", map_plot(points)),
        ("trend", "Tickets per month of each gap.", trend_plot(report.gaps)),
        ("impact", "Of each gap, by its number.", impact_plot(report.gaps)),
    )
    return environment.get_template("gap_report.html").render(
        report=report, plots=plots, style="\n".join(styles)
    )
