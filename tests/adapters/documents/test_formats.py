"""By the front door: HTML, PDF and DOCX files are ingested, found and cited."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from assist.adapters.documents.docx import OLE
from assist.domain.jobs import IngestReport
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.adapters.documents.samples import BAD, DOCX, HTML, PDF, TWO_COLUMNS
from tests.builders import NOW, a_ticket

SAMPLES = (HTML, PDF, TWO_COLUMNS, DOCX)


class Ingested(NamedTuple):
    desk: Desk
    report: IngestReport


def a_folder(root: Path) -> Path:
    """A KB root with every sample among its articles, and files that cannot be read."""
    articles = root / "articles"
    articles.mkdir(parents=True)
    for sample in (*SAMPLES, *BAD.iterdir()):
        shutil.copy(sample, articles)
    (articles / "renamed.docx").write_bytes(OLE + b"\x00" * 1_000)
    (articles / "empty.pdf").touch()
    with (articles / "huge.html").open("wb") as huge:
        huge.truncate(50_000_000)
    return root


@pytest.fixture(scope="module")
def ingested(shared_folder: Path) -> Iterator[Ingested]:
    with opened(Settings(home=shared_folder / "home")) as desk:
        yield Ingested(desk, desk.ingest(a_folder(shared_folder / "kb"), progress=silent))


def test_every_sample_is_a_document_and_every_bad_file_is_named_with_its_cause_and_cure(
    ingested: Ingested,
) -> None:
    assert ingested.report.documents == len(SAMPLES)
    assert {Path(p.where).name: p.problem for p in ingested.report.problems} == {
        "corrupt.pdf": "is not a whole PDF: Unexpected EOF",
        "encrypted.docx": "is encrypted with a password",
        "encrypted.pdf": "is encrypted and needs a password",
        "scanned.pdf": "holds only pictures of its pages (a scan)",
        "renamed.docx": "is a .doc file under another name",
        "empty.pdf": "is empty",
        "huge.html": "has 50000000 bytes; at most 20000000 are read",
    }
    assert all(p.cure and p.severity == "error" for p in ingested.report.problems)


@pytest.mark.parametrize(
    ("sample", "query", "headings", "sentence"),
    [
        (HTML, "what must the guest network allow", "What the guest network must allow", ""),
        (HTML, "hub loses power and is paired again", "With the Fennwick app", "loses power now"),
        (HTML, "port 8883 open", "", "- Outgoing traffic on port 443 and port 8883"),
        (HTML, "economy upload speed", "Why the Camera 3 loads slowly", "| Economy | 0.8 Mbit/s |"),
        (HTML, "guests control devices without an invitation", "", "a guest needs an invitation"),
        (PDF, "what cold does to a battery", "What cold does to a battery", ""),
        (PDF, "charge it indoors until the ring is solid green", "", "2. Charge it indoors"),
        (PDF, "silica gel beads pink", "Things to have at hand", "  - Replace the bag"),
        (PDF, "recordings limited to 20 seconds", "", "| Below -10 °C | About 3 weeks"),
        (PDF, "hot water or scraper on the lens", "When there is ice on the lens", "Never use hot"),
        (TWO_COLUMNS, "rights of a guest in host mode", "Rights of a guest", ""),
        (TWO_COLUMNS, "turnover tap start", "Between two stays", "2. Open Host mode"),
        (TWO_COLUMNS, "card with the emergency number", "", "- Print the card"),
        (TWO_COLUMNS, "guest silence leak alarm", "", "| Leak Sensor 1 | silence the alarm |"),
        (TWO_COLUMNS, "stone house lower limit", "", "never set the lower limit below 12 °C"),
        (DOCX, "what works without mains power", "What still works without mains power", ""),
        (DOCX, "power bank 3 amperes", "Run the Hub 2 from a power bank", "1. Choose a power bank"),
        (DOCX, "frost guard snowflake", "Leave the house safe", "  - Frost guard is the setting"),
        (DOCX, "plug stays off when power is back", "", "| Plug 2 | Off | Stays off until"),
        (DOCX, "devices come back within five minutes", "Afterwards", "within five minutes."),
    ],
)  # fmt: skip
def test_search_finds_headings_steps_entries_rows_and_sentences_of_each_format(
    ingested: Ingested, sample: Path, query: str, headings: str, sentence: str
) -> None:
    first = ingested.desk.search(query, top_k=1, filters={})[0]

    assert first.document_id == f"articles/{sample.name}"
    assert headings in (*first.passage.headings, "")
    assert sentence in first.passage.text


@pytest.mark.parametrize(
    ("sample", "question", "quote"),
    [
        (HTML, "Which ports must my guest network allow for the Hub 2?", "port 443 and port 8883"),
        (
            PDF,
            "Is a low battery reading on a frosty morning a fault?",
            "not a sign of a worn battery",
        ),
        (TWO_COLUMNS, "A guest took my device along, how do I mark it as lost?", "Mark it as lost"),
        (DOCX, "How do I run the Hub 2 from a power bank?", "Charge the power bank fully"),
    ],
)
def test_suggest_cites_the_document_that_answers_the_ticket(
    ingested: Ingested, sample: Path, question: str, quote: str
) -> None:
    suggestion = asyncio.run(ingested.desk.suggest(a_ticket(question), at=NOW))

    cited = {
        c.document_id: c.quote
        for s in suggestion.draft.sentences
        for c in s.citations
        if quote in c.quote
    }
    assert list(cited) == [f"articles/{sample.name}"]


def test_a_link_is_read_as_its_words_in_a_reply_and_its_address_stays_in_the_passage(
    ingested: Ingested,
) -> None:
    question = a_ticket("Where is the guide to lens heating with pictures?")

    suggestion = asyncio.run(ingested.desk.suggest(question, at=NOW))

    told = [s for s in suggestion.draft.sentences if "guide to lens heating" in s.text]
    assert [s.text for s in told] == [
        "Instructions with pictures are in the guide to lens heating."
    ]
    assert "(https://help.fennwick.example/articles/lens-heating)" in told[0].citations[0].quote


def test_reading_the_same_again_changes_nothing(ingested: Ingested, shared_folder: Path) -> None:
    assert not ingested.desk.ingest(shared_folder / "kb", progress=silent).published
