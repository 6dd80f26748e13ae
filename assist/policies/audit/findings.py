"""What an audit finds: a code, how bad it is, where it stands, and how to mend it."""

from typing import Literal

from assist.domain.base import Model
from assist.domain.knowledge import ReadProblem
from assist.errors import BadKnowledgeBase
from assist.policies.located import Page, Path, place

Severity = Literal["error", "warning"]


class Kind(Model):
    """One kind of finding: how bad it is, and what it says in one sentence."""

    severity: Severity
    sentence: str


KINDS: dict[str, Kind] = {
    "malformed": Kind(severity="error", sentence="A file does not say what it must."),
    "unread": Kind(severity="warning", sentence="A file was read in part or not at all."),
    "never-true": Kind(severity="error", sentence="A condition that no case can meet."),
    "never-in-force": Kind(severity="error", sentence="A policy that holds on no day."),
    "overruled": Kind(
        severity="error", sentence="A clause that a stronger one always decides instead of."
    ),
    "overruled-in-part": Kind(
        severity="warning", sentence="A clause that never decides one of its actions."
    ),
    "conflict": Kind(
        severity="error", sentence="Two clauses of equal rank that disagree about one case."
    ),
    "not-decided": Kind(
        severity="warning", sentence="A question about the rules that could not be answered."
    ),
    "unknown-scope": Kind(
        severity="error", sentence="A policy for a region, product or tier that no case can have."
    ),
    "no-clause": Kind(severity="warning", sentence="An action that no policy speaks of."),
    "no-grant": Kind(
        severity="warning", sentence="An action that no grant names: only the highest level may."
    ),
    "never-allowed": Kind(
        severity="warning", sentence="A grant for an action that policies always forbid."
    ),
    "no-approver": Kind(
        severity="warning", sentence="A level that approves, and nobody is named for it."
    ),
    "approver-may-not": Kind(
        severity="warning", sentence="A level asked for its approval that may not grant it itself."
    ),
    "no-currency": Kind(
        severity="error", sentence="A limit without an amount in a currency customers pay in."
    ),
    "no-currency-map": Kind(
        severity="warning", sentence="A limit that may lack a currency: no map of them is given."
    ),
    "limits-inverted": Kind(
        severity="error", sentence="A level that may grant more than a level above it."
    ),
    "unknown-key": Kind(severity="warning", sentence="A key that nothing reads."),
    "unknown-category": Kind(
        severity="warning", sentence="An action of a category that is not declared."
    ),
    "no-question": Kind(
        severity="warning", sentence="A fact that the customer knows and no question asks for."
    ),
    "no-customer": Kind(
        severity="warning", sentence="A cap per customer, and no fact that says who that is."
    ),
    "no-alternative": Kind(
        severity="warning", sentence="Alternatives of which the lowest level may never grant one."
    ),
    "figures-differ": Kind(
        severity="warning", sentence="A clause and its sentence name different figures."
    ),
    "region-differs": Kind(
        severity="warning", sentence="A sentence names a region that its clause does not hold for."
    ),
    "editions-overlap": Kind(
        severity="error", sentence="Two editions of one policy that hold on the same day."
    ),
    "editions-gap": Kind(
        severity="warning", sentence="Days between two editions on which none holds."
    ),
    "supersedes-nothing": Kind(
        severity="warning", sentence="An edition that supersedes one that is not there."
    ),
    "review-due": Kind(severity="warning", sentence="A policy whose day of review has passed."),
}
"""Every kind of finding there is, by its code."""


class Finding(Model):
    """One thing to mend. `line` counts from 1; 0 where only the file is known."""

    code: str
    severity: Severity
    file: str
    line: int
    message: str
    cure: str


def found(code: str, page: Page, path: Path, message: str, *, cure: str) -> Finding:
    """The finding of this kind at this part of the page."""
    return Finding(
        code=code,
        severity=KINDS[code].severity,
        file=page.name,
        line=page.line(path),
        message=message,
        cure=cure,
    )


def of_problem(problem: ReadProblem) -> Finding:
    """What the source could not read, as a finding: rules may stand in it."""
    file, line = place(problem.where)
    return Finding(
        code="unread",
        severity=problem.severity,
        file=file,
        line=line,
        message=problem.problem,
        cure=problem.cure,
    )


def of_fault(fault: BadKnowledgeBase) -> Finding:
    """A fault of form, as a finding."""
    file, line = place(fault.where)
    return Finding(
        code="malformed",
        severity="error",
        file=file,
        line=line,
        message=fault.problem,
        cure=fault.cure,
    )
