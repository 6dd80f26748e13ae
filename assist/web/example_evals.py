"""Examples of evaluation runs in the OpenAPI document."""

from datetime import timedelta
from typing import Any

from assist.domain.eval_runs import AskedCase, EvalPart, EvalRunKept, EvalTrial
from assist.domain.evaluation import CaseScore, EvalResult, EvalRun, EvalSummary, EvalVersions
from assist.domain.ticket import Ticket
from assist.service.eval_outlines import outline_of
from assist.web.api.eval_runs import EvalRuns, EvalRunWhole, EvalTrials
from assist.web.examples import NOW, a_suggestion, tickets

RESULT = EvalResult(
    case_id="core-01",
    case="9b7d4e583c1f0f2a",
    tags=("returns", "region-us"),
    ms=241.7,
    scores={
        "outcome": CaseScore(value=1.0),
        "evidence": CaseScore(value=0.5, explanation="none of returns-how-to-us"),
    },
    suggestion=a_suggestion(),
)
RUN = EvalRun(
    id="core-20261120T100000Z-3f1b0c",
    suite="core",
    kind="suggestions",
    started_at=NOW,
    seconds=54.2,
    versions=EvalVersions(
        assist="0.1.0", git_sha="3f1b0c9e27d4a856", grader="12530740d07001d1", cases="5f0c21d4e9b7"
    ),
    summaries=(
        EvalSummary(scorer="outcome", n=1, mean=1.0, threshold=0.8),
        EvalSummary(scorer="evidence", n=1, mean=0.5, threshold=0.75),
    ),
    refusals=("evidence is 0.500, under its threshold 0.75",),
    results=(RESULT,),
)
ASKED = AskedCase(
    id=RESULT.case_id,
    note="A change of mind within the window.",
    ticket=Ticket.model_validate(tickets()["whole"]),
    expect={"outcome": "answer", "documents": ["returns-how-to-us"]},
)


def parts() -> dict[str, Any]:
    """A run of one case, whole; of one so small, results and scores alone are told."""
    part = EvalPart(run=RUN, asked=(ASKED,), total=1)
    return {"whole": part.model_dump(mode="json", exclude_defaults=True)}


def a_kept_run() -> EvalRunKept:
    """The run as it is kept."""
    head = RUN.model_copy(update={"results": ()})
    at = NOW + timedelta(minutes=2)
    return EvalRunKept(run=head, total=1, kept=1, at=at, by="k-3f1b0c9e27d4")


def some_runs() -> EvalRuns:
    """A page of runs."""
    return EvalRuns(runs=(a_kept_run(),), next=None)


def a_whole_run() -> EvalRunWhole:
    """The run with its scores."""
    return EvalRunWhole(run=a_kept_run(), results=(outline_of(RESULT, ASKED),))


def some_trials() -> EvalTrials:
    """The one trial of its case."""
    trial = EvalTrial(outline=outline_of(RESULT, ASKED), asked=ASKED, result=RESULT)
    return EvalTrials(trials=(trial,))
