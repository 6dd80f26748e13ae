"""A desk with published runs, and pages of them that are checked to be harmless."""

from datetime import timedelta
from typing import Any

from fastapi.testclient import TestClient

from assist.domain.eval_runs import AskedCase, EvalPart
from assist.domain.evaluation import (
    CaseScore,
    EvalResult,
    EvalRun,
    EvalSlice,
    EvalSummary,
    EvalVersions,
)
from assist.domain.suggestion import Suggestion
from assist.service.desk import Desk
from assist.service.eval_runs import publish
from tests.builders import NOW, a_ticket
from tests.web.test_pages import HOSTILE, Page, check_harmless

CASES = ("core-01", "core-02", "core-03")


def a_result(case_id: str, made: Suggestion, outcome: float, **fields: Any) -> EvalResult:
    """A trial that answers as well as that, and breaks no integrity."""
    why = "" if outcome == 1 else f"abstain instead of answer {HOSTILE}"
    scores = {
        "outcome": CaseScore(value=outcome, explanation=why),
        "integrity": CaseScore(value=1.0),
        "wording": CaseScore(value=None, explanation="not stated"),
    }
    given: dict[str, Any] = {"case_id": case_id, "ms": 90.0, "scores": scores, "suggestion": made}
    return EvalResult(**(given | {"tags": ("returns",)} | fields))


def an_eval_run(made: Suggestion, outcomes: tuple[float, ...], **fields: Any) -> EvalRun:
    """A run of as many cases, gated at a half."""
    mean = sum(outcomes) / len(outcomes)
    summary = EvalSummary(
        scorer="outcome", n=len(outcomes), mean=mean, low=0.1, high=1.0, threshold=0.5
    )
    low = () if mean >= 0.5 else (f"outcome is {mean:.3f}, under its threshold 0.5",)
    given: dict[str, Any] = {
        "id": "core-1",
        "suite": "core",
        "kind": "suggestions",
        "started_at": NOW,
        "seconds": 2.5,
        "versions": EvalVersions(assist="1.0", grader="g1", cases="c1", git_sha="3f1b0c9e27d4"),
        "summaries": (summary,),
        "slices": (EvalSlice(tag="returns", cases=len(outcomes), summaries=(summary,)),),
        "refusals": low,
        "results": tuple(
            a_result(case, made, outcome) for case, outcome in zip(CASES, outcomes, strict=False)
        ),
    }
    return EvalRun(**(given | fields))


def put(desk: Desk, run: EvalRun, total: int | None = None) -> None:
    """Publish it, each case with its ticket."""
    expect = {"outcome": "answer", "escalation": {"needed": False}, "odd": None}
    ticket = a_ticket(f"Where is it? {HOSTILE}")
    told = tuple(
        AskedCase(id=case, note=f"{case} {HOSTILE}", ticket=ticket, expect=expect)
        for case in dict.fromkeys(one.case_id for one in run.results)
    )
    whole = len(run.results) if total is None else total
    publish(desk.parts, EvalPart(run=run, asked=told, total=whole), "Mo Ito")


def three_days(desk: Desk, made: Suggestion) -> None:
    """Runs `core-0` to `core-2`: the last is the worst, by the same grader."""
    for day, outcomes in enumerate(((1.0, 1.0, 1.0), (1.0, 1.0, 0.0), (1.0, 0.0, 0.0))):
        began = NOW + timedelta(days=day)
        put(desk, an_eval_run(made, outcomes, id=f"core-{day}", started_at=began))


def page(client: TestClient, path: str, status: int = 200) -> Page:
    """The page at this path."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    found = Page(answer.text)
    check_harmless(found)
    return found


def links(found: Page) -> list[str]:
    """Where the links of a page lead."""
    return [str(a["href"]) for tag, a in found.elements if tag == "a" and "href" in a]
