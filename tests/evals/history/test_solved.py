"""Reading solved tickets: what is read, and how each line that is none is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from assist.errors import BadInput
from evals.history.solved import BadLine, Did, Solved, read_solved

TICKET = {"id": "t-1", "created_at": "2026-11-20T10:00:00Z", "text": "Hello?"}


def read(folder: Path, *rows: dict[str, Any] | str) -> list[Solved | BadLine]:
    file = folder / "solved.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return list(read_solved(file))


def test_what_agents_did_stands_beside_the_ticket_or_within_one_object(tmp_path: Path) -> None:
    did = {"category": "returns", "actions": ["refund"], "escalated": False, "csat": 4}
    apart, together, nested = read(
        tmp_path, {"ticket": TICKET} | did, TICKET | did, {"ticket": TICKET, "did": did}
    )
    for row in (apart, together, nested):
        assert isinstance(row, Solved)
        assert row.did == Did(category="returns", actions=("refund",), escalated=False, csat=4)
        assert (row.ticket.id, row.at.isoformat()) == ("t-1", "2026-11-20T10:00:00+00:00")


def test_what_is_left_out_is_not_known_and_an_empty_list_is(tmp_path: Path) -> None:
    nothing, none = read(tmp_path, TICKET, TICKET | {"actions": []})
    assert isinstance(nothing, Solved)
    assert nothing.did == Did()
    assert isinstance(none, Solved)
    assert none.did.actions == ()


@pytest.mark.parametrize(
    ("row", "field", "problem"),
    [
        ("{", "", "not JSON"),
        ("[1]", "", "is no object"),
        ({"id": "t", "text": "Hello?"}, "at", "is missing"),
        (TICKET | {"at": "2026-11-20T10:00:00"}, "at", "timezone"),
        (TICKET | {"priority": "P9"}, "priority", "'P1', 'P2', 'P3' or 'P4'"),
        (TICKET | {"csat": 9}, "csat", "less than or equal to 5"),
        (TICKET | {"actions": "refund"}, "actions", "tuple"),
        (TICKET | {"text": ""}, "ticket", "the ticket is empty"),
        ({"ticket": TICKET, "resolution": "x"}, "ticket.resolution", "Extra inputs"),
        ({"ticket": 3, "at": "2026-11-20T10:00:00Z"}, "ticket", "valid dictionary"),
    ],
)
def test_a_line_that_is_none_is_named_with_its_field_and_the_rest_is_read(
    tmp_path: Path, row: dict[str, Any] | str, field: str, problem: str
) -> None:
    first, bad, last = read(tmp_path, TICKET, row, TICKET | {"id": "t-2"})
    assert isinstance(first, Solved)
    assert isinstance(last, Solved)
    assert isinstance(bad, BadLine)
    assert (bad.line, bad.field) == (2, field)
    assert problem in bad.problem
    assert bad.cure


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(BadInput, match=r"gone\.jsonl"):
        list(read_solved(Path("gone.jsonl")))
