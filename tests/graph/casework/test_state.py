"""The state of a case outlives a release: what was written once stays readable."""

import json
from pathlib import Path

import pytest

from assist.domain.case import Case
from assist.domain.casework import Casework
from assist.domain.ticket import Ticket
from assist.errors import StoreUnavailable
from assist.graph.casework.state import VERSION, packed, unpacked
from tests.builders import NOW

WRITTEN = Path(__file__).parents[2] / "data" / "cases"


def a_case() -> Case:
    ticket = Ticket.model_validate({"id": "t-1", "text": "It blinks.", "facts": {"a.b": 1.5}})
    return Case(ticket=ticket, now=NOW, work=Casework(id="case-1"))


def test_a_state_is_plain_json_and_reads_back_as_it_was():
    state = packed(a_case())
    assert json.loads(json.dumps(state)) == state
    assert unpacked(state) == a_case()


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_a_state_as_each_version_wrote_it_is_still_read(version):
    kept = json.loads((WRITTEN / f"state-{version}.json").read_text("utf-8"))
    case = unpacked(kept)

    assert kept["version"] == version
    assert case.work is not None
    assert (case.work.status, case.work.applied) == ("waiting", 2)
    assert case.draft is not None
    assert case.candidates
    assert case.work.ledger[0].kind == "promise"


def test_a_state_of_a_newer_release_is_said_and_not_guessed_at():
    with pytest.raises(StoreUnavailable, match="newer release"):
        unpacked({"version": VERSION + 1, "case": {"whatever": 1}})
