"""An article keeps what it says between a draft and the Markdown an editor writes."""

from datetime import date

import pytest

from assist.errors import BadInput
from assist.insights.gaps.drafts import draft
from assist.service.gaps.writing import parse_draft, written
from tests.contracts.gap_store import a_tracked_gap

GAP = a_tracked_gap().gap


def test_a_draft_reads_back_as_it_was_written() -> None:
    reply = "The enclosure is certified against rain to class six."
    ticket = GAP.tickets[0].model_copy(update={"reply": reply})
    gap = GAP.model_copy(update={"tickets": (ticket,)})
    made = draft(gap, on=date(2026, 11, 2), regions=("UK",), products=())
    assert made is not None

    read = parse_draft(written(made), gap)

    assert (read.title, read.id, read.body) == (made.title, made.id, made.body)
    assert read.front_matter["gap"] == gap.id
    assert not read.is_outline


def test_no_tickets_id_stands_in_the_text() -> None:
    made = draft(GAP, on=date(2026, 11, 2), regions=(), products=())
    assert made is not None
    assert "t-1" not in written(made)


def test_plain_text_without_front_matter_is_an_article_of_the_gap() -> None:
    read = parse_draft("It can hang in the rain.\r\n\r\n## In snow?\r\n\r\nThere too.", GAP)
    assert (read.title, read.id) == (GAP.label, GAP.id)
    assert [one.told for one in read.sections] == [
        ("It can hang in the rain.",),
        ("There too.",),
    ]


def test_headings_with_nothing_below_are_an_outline() -> None:
    assert parse_draft("# Rain\n\n## In the rain?\n\n(To be written.)\n", GAP).is_outline


def test_an_article_that_adds_to_another_is_judged_as_part_of_it() -> None:
    read = parse_draft("---\nid: hub\nadds_to: hub\n---\n# Rain\n\nIt can.\n", GAP)
    assert read.edits == "hub"


@pytest.mark.parametrize("head", [": [", "just words", "- a list"])
def test_front_matter_that_cannot_be_read_is_named(head: str) -> None:
    with pytest.raises(BadInput, match="front matter"):
        parse_draft(f"---\n{head}\n---\n# Rain\n", GAP)
