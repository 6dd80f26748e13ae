"""A run -> one HTML file that needs no other: pictures, style and every case are in it."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import assist.web
from assist.domain.eval_runs import EvalTrial
from assist.web.pages.evals_words import WORDS
from evals.reports.gathering import Gathered

WEB = Path(assist.web.__file__).parent
STYLES = ("assist.css", "evals.css")


def html(gathered: Gathered) -> str:
    """The whole file: the page of a run as the service shows it, and below it every case."""
    environment = Environment(
        loader=FileSystemLoader(WEB / "templates"), autoescape=True, undefined=StrictUndefined
    )
    styles = ((WEB / "static" / name).read_text(encoding="utf-8") for name in STYLES)
    return environment.get_template("eval_report.html").render(
        **WORDS,
        view=gathered.view,
        trials_by_case=_by_case(gathered.trials),
        case_href=lambda case: f"#case-{case}",
        run_href=None,
        style="\n".join(styles),
    )


def _by_case(trials: Sequence[EvalTrial]) -> list[tuple[str, list[EvalTrial]]]:
    found: dict[str, list[EvalTrial]] = {}
    for trial in trials:
        found.setdefault(trial.outline.case_id, []).append(trial)
    return list(found.items())
