"""What comes out of a helpdesk, by the front door: ingested, found, cited - and kept apart."""

import asyncio
import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assist.domain.suggestion import Suggestion
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.builders import NOW, a_ticket
from tests.conftest import KB_CORPUS
from tests.graph.checks import check_sound

FORMATS = Path(__file__).parents[1] / "data" / "formats"
PRECEDENTS = KB_CORPUS / "precedents" / "solved-2026-10.csv"
PLACES = {"zendesk": "articles", "solved": "precedents", "macros": "macros"}


@pytest.fixture(scope="module")
def desk(shared_folder: Path) -> Iterator[Desk]:
    """A company whose whole knowledge came out of its helpdesk."""
    root = shared_folder / "kb"
    for sample, place in PLACES.items():
        shutil.copytree(FORMATS / sample, root / place)
    with opened(Settings(home=shared_folder / "home")) as desk:
        desk.ingest(root, progress=silent)
        yield desk


def suggested(desk: Desk, text: str, **fields: str) -> Suggestion:
    suggestion = asyncio.run(desk.suggest(a_ticket(text, **fields), at=NOW))
    check_sound(suggestion, desk)
    return suggestion


def cited(suggestion: Suggestion) -> set[str]:
    return {c.document_id for s in suggestion.draft.sentences for c in s.citations}


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def personal(file: Path) -> list[str]:
    """Names, addresses of mail and numbers of a sample's requesters, as its columns hold them."""
    wanted = re.compile(r"requester|email|phone|^address", re.IGNORECASE)
    return [v for row in rows(file) for k, v in row.items() if k and v and wanted.search(k)]


@pytest.mark.parametrize(
    ("query", "kind", "document_id"),
    [
        ("sensor on the window frame, three blinks in green", "kb", "9101"),
        ("code W-44", "kb", "9101"),
        ("Fenstersensor Rahmen reinigen", "kb", "9101/de"),
        ("swap window sensors of business customers", "kb", "9102"),
        ("returned window sensor in the workshop", "kb", "macro-window-sensor-returned"),
        ("new coin cell sent", "kb", "502"),
        ("sensor says open although the window is shut", "precedent", "w-1"),
        ("W-46 weak batch of coin cells", "precedent", "w-11"),
    ],
)
def test_what_was_exported_is_found(desk: Desk, query: str, kind: str, document_id: str) -> None:
    hits = desk.search(query, kind=kind, top_k=3, filters={})  # type: ignore[arg-type]
    assert document_id in [hit.document_id for hit in hits]


def test_an_exported_article_answers_and_is_cited(desk: Desk) -> None:
    found = suggested(desk, "How do I attach the Window Sensor 1 to the frame of my window?")

    assert "9101" in cited(found)
    assert "Press the sensor against the frame for 20 seconds." in found.draft.text


def test_a_macro_is_offered_to_the_agent_and_never_told_half_filled(desk: Desk) -> None:
    found = suggested(
        desk,
        "I sent my Window Sensor 1 back. Has it reached your workshop, when do you look at it?",
        region="US",
    )

    assert "macro-window-sensor-returned" in [hit.document_id for hit in found.hits]
    assert "macro-window-sensor-returned" not in cited(found)
    assert not re.search(r"[{}]", found.draft.text)


@pytest.mark.parametrize(
    ("text", "document_id", "words"),
    [
        ("My window sensor says open but the window is shut!", "w-1", "22 millimeters"),
        ("The coin cell of my window sensor was empty after a month", "w-11", "weak batch"),
    ],
)
def test_a_precedent_informs_the_agent_and_is_never_told_as_a_fact(
    desk: Desk, text: str, document_id: str, words: str
) -> None:
    found = suggested(desk, text)

    assert document_id in [h.document_id for h in found.hits if h.kind == "precedent"]
    assert document_id not in cited(found)
    assert words not in found.draft.text


def test_no_person_of_the_sample_tickets_is_in_any_passage(desk: Desk) -> None:
    texts = [
        hit.passage.reading for hit in desk.search("window", kind="precedent", top_k=50, filters={})
    ]
    people = personal(FORMATS / "solved" / "solved.csv")

    assert texts
    assert "ottilie.brandvold@example.com" in people
    told = "\n".join(texts)
    for value in [*people, "Ottilie", "pelle.duvander@example.org", "08 5550 0123", "84.23.11.7"]:
        assert value not in told


def test_the_companys_own_precedents_are_found_and_name_nobody(fennwick: Desk) -> None:
    hits = fennwick.search("order", kind="precedent", top_k=200, filters={})
    people = personal(PRECEDENTS)

    told = "\n".join(hit.passage.reading for hit in hits)
    assert len({hit.document_id for hit in hits}) == 30
    assert len(people) > 80
    for value in [*people, "4111", "DE89", "@"]:
        assert value not in told


def test_a_late_parcel_brings_earlier_late_parcels_to_the_agent(fennwick: Desk) -> None:
    text = "FW-22150 should have been here days ago and the tracking has not moved."
    found = suggested(fennwick, text, region="UK")

    past = {h.document_id for h in found.hits if h.kind == "precedent"}
    assert past
    assert past <= {row["id"] for row in rows(PRECEDENTS) if row["category"] == "delivery"}
    assert not past & cited(found)
