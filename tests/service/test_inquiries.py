"""The most frequent inquiries of real tickets, each with its article and its reply."""

from datetime import timedelta
from pathlib import Path

import pytest

from assist.domain.inquiries import Inquiries
from assist.domain.issue import Issue
from assist.domain.suggestion import Suggestion
from assist.errors import BadInput
from assist.service.inquiries import inquiries_of
from assist.service.library import Library
from assist.service.parts import Parts
from tests.builders import NOW
from tests.contracts.store_builders import a_suggestion, an_answered_suggestion
from tests.service.parts import a_kb, ingested, some_parts

PARCELS = "# Late parcels\n\nA parcel is late for three days at most. Ask us where the parcel is.\n"
HUB = "# The hub is offline\n\nPress the button of the hub for ten seconds.\n"


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path / "kb", parcels=PARCELS, hub=HUB))
    return parts


def about(suggestion: Suggestion, statement: str, category: str | None = None) -> Suggestion:
    issue: Issue = suggestion.issues[0].model_copy(
        update={"statement": statement, "category": category}
    )
    return suggestion.model_copy(update={"issues": (issue,), "issue": issue})


def ask(parts: Parts, *statements: str, days_ago: int = 3, category: str | None = None) -> None:
    """Tickets that were suggested for, in order, each a minute older than the one before."""
    for n, statement in enumerate(statements):
        name = f"{days_ago}-{category}-{n}"
        at = NOW - timedelta(days=days_ago, minutes=n)
        fresh = a_suggestion(f"s-{name}", ticket_id=f"t-{name}", created_at=at)
        parts.suggestions.save(about(fresh, statement, category))


def found(parts: Parts, weeks: int = 4, top: int = 10) -> Inquiries:
    return inquiries_of(
        parts, Library.open(parts), parts.embedder, categories={"delivery"}, weeks=weeks, top=top
    )


def test_the_most_frequent_comes_first_with_its_share_and_its_newest_tickets(parts: Parts) -> None:
    ask(parts, "my parcel is late", "the parcel is late", "parcel is late", "sensor alarm")

    inquiries = found(parts)

    assert (inquiries.tickets, inquiries.single) == (4, 1)
    (late,) = inquiries.inquiries
    assert (late.count, late.share, late.answered) == (3, 0.75, 0.0)
    assert late.ticket_ids == ("t-3-None-0", "t-3-None-1", "t-3-None-2")


def test_the_article_is_found_by_search_and_its_sentences_are_the_reply(parts: Parts) -> None:
    ask(parts, "my parcel is late", "the parcel is late")

    (late,) = found(parts).inquiries

    assert late.article is not None
    assert late.article.document_id == "articles/parcels.md"
    assert late.reply is not None
    assert late.reply.text.splitlines()[0] == "A parcel is late for three days at most."


def test_what_the_tickets_solutions_cite_wins_over_what_search_finds(parts: Parts) -> None:
    for n in (1, 2):
        cited = an_answered_suggestion(f"s-{n}", ticket_id=f"t-{n}", created_at=NOW)
        candidate = cited.candidates[0]
        citation = candidate.citations[0].model_copy(update={"document_id": "articles/hub.md"})
        told = about(cited, "my parcel is late").model_copy(
            update={
                "candidates": (candidate.model_copy(update={"citations": (citation,)}),),
                "created_at": NOW - timedelta(hours=n),
            }
        )
        choice = cited.choice
        issue = told.issues[0].model_copy(update={"choice": choice})
        parts.suggestions.save(told.model_copy(update={"issues": (issue,)}))

    (late,) = found(parts).inquiries

    assert late.answered == 1.0
    assert late.article is not None
    assert (late.article.document_id, late.article.why) == (
        "articles/hub.md",
        "cited for 2 of 2 tickets",
    )


def test_an_inquiry_says_how_often_it_came_in_the_weeks_before(parts: Parts) -> None:
    ask(parts, "my parcel is late", "the parcel is late", days_ago=3)
    ask(parts, "a late parcel is my", "hub light out", days_ago=10)

    assert [i.before for i in found(parts, weeks=1).inquiries] == [1]


def test_tickets_of_two_categories_are_two_inquiries(parts: Parts) -> None:
    ask(parts, "it is late", "it is late", category="delivery")
    ask(parts, "it is late", "it is late", category="refunds")

    assert [i.category for i in found(parts).inquiries] == ["delivery", "refunds"]


def test_solved_tickets_count_too_and_one_that_is_both_counts_once(
    parts: Parts, tmp_path: Path
) -> None:
    rows = [
        "id,subject,problem,resolution,category,created_at",
        f"p-1,Parcel is late,My parcel is late.,It came.,delivery,{NOW - timedelta(days=2)}",
        f"p-2,The parcel is late,Where is it?,It came.,delivery,{NOW - timedelta(days=3)}",
        f"p-3,Parcel is late,Where is it?,It came.,delivery,{NOW - timedelta(days=300)}",
    ]
    file = tmp_path / "more" / "precedents" / "solved.csv"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(rows), encoding="utf-8")
    ingested(parts, tmp_path / "more")
    parts.suggestions.save(
        about(
            a_suggestion("s-1", ticket_id="p-1", created_at=NOW - timedelta(days=1)),
            "my parcel is late",
            "delivery",
        )
    )

    inquiries = found(parts)

    assert inquiries.tickets == 2
    assert [(i.count, i.answered) for i in inquiries.inquiries] == [(2, 0.5)]


def test_personal_data_is_taken_out_of_the_statement(parts: Parts) -> None:
    ask(parts, "parcel for ana@example.com is late", "parcel for ana@example.com is late")

    (late,) = found(parts).inquiries

    assert late.statement == "parcel for <EMAIL_1> is late"


def test_without_tickets_there_are_no_inquiries(parts: Parts) -> None:
    assert found(parts).inquiries == ()
    assert found(parts).tickets == 0


@pytest.mark.parametrize(
    ("weeks", "top", "field"), [(0, 10, "weeks"), (99, 10, "weeks"), (4, 0, "top")]
)
def test_a_time_or_number_out_of_bounds_is_named(
    parts: Parts, weeks: int, top: int, field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        found(parts, weeks, top)

    assert caught.value.where == field
    assert caught.value.cure.startswith("give 1 to")


def test_an_edition_that_no_longer_holds_answers_nothing(parts: Parts, tmp_path: Path) -> None:
    old = "---\nexpires: 2026-01-01\n---\n# My parcel is late\n\nMy parcel is late for ten days.\n"
    ingested(parts, a_kb(tmp_path / "old", late=old))
    ask(parts, "my parcel is late", "my parcel is late")

    (late,) = found(parts).inquiries

    assert late.article is not None
    assert late.article.document_id == "articles/parcels.md"
