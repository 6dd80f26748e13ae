"""Tickets judged and texts embedded by workers, beside what one process finds."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assist.domain.coverage import NotJudged
from assist.errors import NotReady
from assist.service.bulk_covering import BulkCovering, shared
from assist.service.bulk_embedding import AT_ONCE, SHARED_FROM, BulkEmbedder, Embedding
from assist.service.covering import Covering
from assist.service.desk import Desk
from assist.service.gaps.finding import find_gaps
from tests.builders import a_ticket
from tests.fake_bulk import FakeBulk
from tests.fake_embedder import ToyEmbedder
from tests.service.parts import a_kb, ingested, some_parts

RESET = "# Reset the hub\n\nHold the reset button of the hub for ten seconds."
REFUND = "# Refunds\n\nA refund for an order takes five days."
ASKED = ("How do I reset the hub?", "When is my refund there?", "Do you board puppies?")
JOINED: dict[str, Desk] = {}


class EnglishEmbedder(ToyEmbedder):
    """Reads English alone."""

    languages = ("en",)


@dataclass(frozen=True)
class Joining:
    """Joins the desk of this name."""

    name: str = "same"

    def __call__(self) -> AbstractContextManager[Desk]:
        return nullcontext(JOINED[self.name])


def a_desk(folder: Path, **texts: str) -> Desk:
    parts = some_parts(embedder=EnglishEmbedder())
    ingested(parts, a_kb(folder, **texts))
    return Desk(parts=parts, records_for=lambda _: None)


@pytest.fixture
def bulk() -> FakeBulk:
    return FakeBulk()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    JOINED["same"] = a_desk(tmp_path, reset=RESET, refund=REFUND)
    yield JOINED["same"]
    JOINED.clear()


@pytest.fixture
def covering(desk: Desk, bulk: FakeBulk) -> BulkCovering:
    return shared(desk, bulk, Joining())


def test_workers_find_what_one_process_finds(desk: Desk, covering: BulkCovering) -> None:
    tickets = [a_ticket(ASKED[n % 3], id=f"t{n}") for n in range(1_100)]
    assert [*covering.judge(tickets)] == [*Covering(desk).judge(tickets)]


def test_workers_are_handed_as_many_tickets_as_one_process_judges_together(
    covering: BulkCovering, bulk: FakeBulk
) -> None:
    assert len([*covering.judge(a_ticket(ASKED[0]) for _ in range(1_100))]) == 1_100
    assert bulk.sent == [512, 512, 76]


def test_what_is_not_judged_is_said_by_workers_too(covering: BulkCovering) -> None:
    text = "Ich habe meine Bestellung nicht erhalten und möchte wissen, wo sie bleibt. " * 3
    (found,) = covering.judge([a_ticket(text)])
    assert isinstance(found, NotJudged)
    assert "German" in found.reason


def test_workers_judge_by_the_coverer_that_they_are_sent(covering: BulkCovering) -> None:
    ticket = a_ticket(ASKED[0])
    whole = covering.coverer()
    without = whole.without(frozenset({"articles/reset.md"}))
    (left,) = covering.judge([ticket], without)
    (all_,) = covering.judge([ticket], whole)
    assert not isinstance(left, NotJudged)
    assert not isinstance(all_, NotJudged)
    assert left.worst.document_id == "articles/refund.md"
    assert all_.worst.document_id == "articles/reset.md"


def test_gaps_are_the_same_by_workers(desk: Desk, covering: BulkCovering) -> None:
    tickets = [a_ticket(f"Do you board puppies {n % 8}?", id=f"t{n}") for n in range(40)]
    by_workers, here = find_gaps(covering, tickets), find_gaps(Covering(desk), tickets)
    assert by_workers.report == here.report
    assert here.report.gaps


def test_a_worker_that_finds_another_generation_refuses(desk: Desk, tmp_path: Path) -> None:
    JOINED["other"] = a_desk(tmp_path / "other", refund=REFUND)
    covering = shared(desk, FakeBulk(), Joining("other"))
    with pytest.raises(NotReady, match="ingested anew"):
        list(covering.judge([a_ticket(ASKED[0])]))


def test_many_texts_are_embedded_by_workers_and_their_parts_too(desk: Desk) -> None:
    bulk, told = FakeBulk(), []
    own = desk.parts.embedder
    texts = [f"{ASKED[n % 3]} {n}" for n in range(SHARED_FROM)]
    parts = [((0, 4), (5, 9))[: n % 3] for n in range(SHARED_FROM)]
    found = BulkEmbedder(own, bulk, Embedding(Joining())).embed_corpus(texts, parts, told.append)
    here = own.embed_corpus(texts, parts, lambda _: None)
    assert bulk.sent == [AT_ONCE] * (SHARED_FROM // AT_ONCE)
    np.testing.assert_array_equal(found.vectors, here.vectors)
    np.testing.assert_array_equal(found.parts, here.parts)
    assert told[-1] == SHARED_FROM


def test_few_texts_are_embedded_here(desk: Desk) -> None:
    bulk = FakeBulk()
    embedder = BulkEmbedder(desk.parts.embedder, bulk, Embedding(Joining()))
    assert embedder.embed(ASKED).shape == (3, embedder.dimension)
    assert len(embedder.embed_corpus(ASKED, [()] * 3, lambda _: None).vectors) == 3
    assert bulk.sent == []
