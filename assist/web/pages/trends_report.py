"""Trends -> one HTML file that needs no other: what the page shows, with its styles in it."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assist.domain.trend_report import TrendReport
from assist.web.pages.trends_view import view_of

WEB = Path(__file__).parent.parent
STYLES = ("assist.css", "trends.css")


def trends_page(found: TrendReport) -> str:
    """The whole file. What customers and agents wrote is shown as text, whatever marks it holds."""
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined
    )
    styles = ((WEB / "static" / name).read_text(encoding="utf-8") for name in STYLES)
    return environment.get_template("trends_report.html").render(
        style="\n".join(styles), works=False, **view_of(found)
    )
