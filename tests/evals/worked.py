"""A home of the template company with cases that were decided in every way, all parts real."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assist.domain.case_view import CaseView
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.builders import NOW, a_ticket
from tests.service.handing_over import (
    TEMPLATE,
    a_refund,
    answered,
    asked,
    came_out,
    decided,
    done,
    the_refund,
)

INVENTED = "Our policy guarantees a free replacement within 5 years."
OWN_TEXT = f"Hello Ana,\n\nwe refund you 250.00 USD. {INVENTED}\n\nKind regards"
SECRETS = ("Ana", "Lima", "ana.lima@example.org", "c-1", "t-refund")


class Worked(NamedTuple):
    """The home, and the ids of its cases by how they were decided."""

    home: Path
    edited: str
    accepted: str
    handed_over: str
    undecided: str
    chosen: str


def worked_home() -> Iterator[Worked]:
    folder = Path(tempfile.mkdtemp(prefix="assist-test-"))
    folder.chmod(0o711)
    home = folder / "home"
    with opened(Settings(home=home)) as desk:
        desk.ingest(TEMPLATE, progress=silent)
        views = [each(desk) for each in (_edited, _accepted, _handed_over, _undecided, _chosen)]
        done(desk.suggest(a_ticket("How do I log in?", id="t-alone"), at=NOW))
    yield Worked(home, *(view.case.id for view in views))
    shutil.rmtree(folder)


def _edited(desk: Desk) -> CaseView:
    """A refund beyond the agent's level, approved, and sent in the agent's own words."""
    text = "Please refund my order, I do not want it. Write to ana.lima@example.org. Ana Lima"
    ticket = a_refund(ticket_id="t-refund", messages=[{"text": text}], product="Jug")
    view = done(desk.cases.open(ticket))
    answered(desk, asked(desk, view))
    view = decided(desk, desk.cases.view(view.case.id), "add_facts")
    view = decided(desk, view, "edit", text=f"{_drafted(view)}\n\n{OWN_TEXT}")
    return came_out(desk, view, "solved", rating=5)


def _drafted(view: CaseView) -> str:
    """The first cited sentence of the draft, if it has one: the agent kept it."""
    assert view.suggestion is not None
    cited = [s.text for s in view.suggestion.draft.sentences if s.citations]
    return cited[0] if cited else "Hello."


def _accepted(desk: Desk) -> CaseView:
    view = done(desk.cases.open(a_ticket("How do I reset my password?", id="t-password")))
    return came_out(desk, decided(desk, view, "accept"), "solved", rating=4)


def _handed_over(desk: Desk) -> CaseView:
    ticket = a_ticket("My lawyer will sue you about my password.", id="t-law")
    view = done(desk.cases.open(ticket))
    return decided(desk, view, "escalate", reason="It is a legal matter.")


def _undecided(desk: Desk) -> CaseView:
    return done(desk.cases.open(a_ticket("Where is my parcel?", id="t-parcel")))


def _chosen(desk: Desk) -> CaseView:
    """Another candidate than ours."""
    view = done(desk.cases.open(a_refund("50.00", ticket_id="t-small")))
    assert view.suggestion is not None
    other = the_refund(view)
    view = decided(desk, view, "choose", text="We refund it.", candidate_id=other.id)
    return came_out(desk, view, "no_answer")
