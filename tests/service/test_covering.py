"""Tickets judged by what a desk serves: issues, languages, follow-ups, what is kept, labels."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.domain.coverage import NotJudged, TicketCoverage
from assist.domain.ticket import Ticket
from assist.errors import BadInput, NoIndex, NotFound, StoreUnavailable
from assist.ports import StatementVectors, Vectors
from assist.service.covering import Covering, Judged
from assist.service.covering_labels import calibrated, read_labels
from assist.service.covering_lines import is_said
from assist.service.desk import Desk
from tests.builders import a_passage, a_ticket
from tests.compiled_models import compiled_models
from tests.fake_embedder import ToyEmbedder
from tests.fake_statements import InMemoryStatements
from tests.service.parts import a_kb, ingested, some_parts

RESET = (
    "# Reset the hub\n\nHow do I reset the hub\n\nHold the reset button of the hub for ten seconds."
)
REFUND = "# Refunds\n\nWhen do I get my refund\n\nA refund for an order takes five days."
KB = {"reset": RESET, "refund": REFUND}
SHOP = {
    "courses": "# Courses\n\nA camera course costs 90 euros. It takes one Saturday.",
    "returns": "# Returns\n\nYou can send a camera back within 30 days.",
    "hours": "# Opening hours\n\nThe shop is open from nine to six. On Sundays it is closed.",
}


class Embedding(ToyEmbedder):
    """Remembers the texts that it embedded."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().embed(texts)


class Borrowed(InMemoryStatements):
    """Has what its builder built, and lets nobody build what only coverage needs."""

    def build(
        self, generation: str, texts: Collection[str], dimension: int, lender: str = ""
    ) -> None:
        if generation.endswith(".lines"):
            raise StoreUnavailable(f"{generation} is not this process's to build")
        super().build(generation, texts, dimension, lender)


class TidiedAway(InMemoryStatements):
    """Loses the place of the lines before anything is kept there."""

    def keep(self, generation: str, texts: Sequence[str], vectors: StatementVectors) -> None:
        if generation.endswith(".lines"):
            raise StoreUnavailable(f"{generation} is gone")
        super().keep(generation, texts, vectors)


def a_desk(
    folder: Path,
    embedder: ToyEmbedder | SentenceEmbedder | None = None,
    kb: dict[str, str] = KB,
    **parts: Any,
) -> Desk:
    chosen = some_parts(embedder=embedder or ToyEmbedder(), **parts)
    ingested(chosen, a_kb(folder, **kb))
    return Desk(parts=chosen, records_for=lambda _files: None)


def one(judged: Judged) -> TicketCoverage:
    assert isinstance(judged, TicketCoverage)
    return judged


def judge(covering: Covering, *tickets: Ticket) -> list[Judged]:
    return list(covering.judge(tickets))


def test_a_ticket_is_judged_with_the_article_that_answers_it_and_the_words_that_lack(
    tmp_path: Path,
) -> None:
    covering = Covering(a_desk(tmp_path))
    known, foreign = (
        one(judged)
        for judged in judge(
            covering,
            a_ticket("How do I reset the hub?"),
            a_ticket("Which vaccines does our puppy need before boarding?", id="t-2"),
        )
    )
    assert known.worst.state == "covered"
    assert known.worst.document_id == "articles/reset.md"
    assert foreign.worst.state == "not"
    assert {"vaccines", "puppy", "boarding"} <= set(foreign.worst.missing)


@pytest.mark.model
@pytest.mark.parametrize("names", [["courses"], ["courses", "returns", "hours"]])
def test_few_short_articles_cover_what_they_answer_and_nothing_else(
    tmp_path: Path, names: list[str]
) -> None:
    embedder = SentenceEmbedder(compiled=compiled_models())
    kb = {name: SHOP[name] for name in names}
    covering = Covering(a_desk(tmp_path, embedder, kb))
    asked = ["What does a camera course cost?", "Do you repair lenses?", "Do you sell gift cards?"]
    answered, *others = (
        one(judged).worst
        for judged in judge(covering, *(a_ticket(text, id=text) for text in asked))
    )
    assert (answered.state, answered.document_id) == ("covered", "articles/courses.md")
    assert {other.state for other in others} == {"not"}


def test_the_next_generation_reads_only_the_lines_that_are_new(tmp_path: Path) -> None:
    embedder, statements = Embedding(), InMemoryStatements()
    kept = some_parts(embedder=embedder, statements=statements)
    desk = Desk(parts=kept, records_for=lambda _files: None)
    ingested(kept, a_kb(tmp_path, **KB))
    Covering(desk).coverer()
    ingested(kept, a_kb(tmp_path, **KB, lamp="# Lamps\n\nTurn the lamp on."))
    embedder.texts.clear()
    found = Covering(Desk(parts=kept, records_for=lambda _files: None)).coverer()
    assert set(found.documents) >= {"articles/reset.md", "articles/lamp.md"}
    assert set(embedder.texts) == {"Lamps", "Turn the lamp on."}


def test_a_ticket_is_as_well_covered_as_its_worst_issue(tmp_path: Path) -> None:
    text = (
        "How do I reset the hub?\n\n"
        "Another question: which vaccines does our puppy need before boarding?"
    )
    (judged,) = judge(Covering(a_desk(tmp_path)), a_ticket(text))
    values = [issue.covered.value for issue in one(judged).issues]
    assert len(values) == 2
    assert one(judged).worst.value == min(values) < max(values)


def test_a_question_for_a_time_says_whether_one_stands_in_what_is_near(tmp_path: Path) -> None:
    (judged,) = judge(Covering(a_desk(tmp_path)), a_ticket("How long does a refund take?"))
    (sign,) = [s for s in one(judged).worst.signs if s.name == "answer_type"]
    assert sign.value == 1.0
    assert "a time" in sign.says


def test_what_points_at_something_unnamed_names_the_question_to_ask_back(tmp_path: Path) -> None:
    (judged,) = judge(Covering(a_desk(tmp_path)), a_ticket("How do I reset this gadget?"))
    asked = [s.says for s in one(judged).worst.signs if s.name == "ask_back"]
    assert asked == ["What do you mean by “this gadget”?"]


def test_a_follow_up_is_read_after_what_the_agent_said(tmp_path: Path) -> None:
    covering = Covering(a_desk(tmp_path))
    messages = [
        {"text": "Where is my money?"},
        {"author": "agent", "text": "A refund for an order takes some days."},
        {"text": "And how long does it take?"},
    ]
    alone, after = (
        one(j).worst.value
        for j in judge(
            covering,
            a_ticket("And how long does it take?"),
            a_ticket(id="t-2", messages=messages),
        )
    )
    assert after > alone


def test_a_language_that_the_model_does_not_read_is_said_and_not_judged(tmp_path: Path) -> None:
    class English(ToyEmbedder):
        languages = ("en",)

    covering = Covering(a_desk(tmp_path, English()))
    german = "Ich habe mein Paket noch nicht bekommen und möchte wissen, wann es endlich kommt."
    first, second = judge(covering, a_ticket(german), a_ticket("How do I reset the hub?"))
    assert isinstance(first, NotJudged)
    assert "German" in first.reason
    assert one(second).ticket_id == "t-1"


def test_the_lines_are_embedded_once_and_kept_for_the_next_process(tmp_path: Path) -> None:
    embedder = Embedding()
    desk = a_desk(tmp_path, embedder)
    embedder.texts.clear()
    first = Covering(desk).coverer()
    read = len(embedder.texts)
    again = Covering(desk).coverer()
    assert read == len({line.text for line in first.lines})
    assert len(embedder.texts) == read
    assert np.array_equal(again.vectors, first.vectors)


def test_a_process_that_may_not_write_judges_all_the_same(tmp_path: Path) -> None:
    borrowing = a_desk(tmp_path, statements=Borrowed())
    (there,) = judge(Covering(a_desk(tmp_path)), a_ticket())
    (beside,) = judge(Covering(borrowing), a_ticket())
    assert one(beside).worst.value == one(there).worst.value


def test_a_place_that_a_server_has_tidied_away_ends_no_judging(tmp_path: Path) -> None:
    (there,) = judge(Covering(a_desk(tmp_path)), a_ticket())
    (beside,) = judge(Covering(a_desk(tmp_path, statements=TidiedAway())), a_ticket())
    assert one(beside).worst.value == one(there).worst.value


def test_articles_left_out_turn_their_tickets_into_gaps(tmp_path: Path) -> None:
    covering = Covering(a_desk(tmp_path))
    ticket = a_ticket("How do I reset the hub?")
    (before,) = covering.judge([ticket])
    (after,) = covering.judge(
        [ticket], covering.coverer().without(frozenset({"articles/reset.md"}))
    )
    assert one(after).worst.value < one(before).worst.value


def test_canned_replies_and_precedents_answer_nothing() -> None:
    assert is_said(a_passage("Press Save."))
    assert is_said(a_passage("Refunds need a receipt.", kind="policy"))
    assert not is_said(a_passage("We did it.", kind="precedent"))
    assert not is_said(a_passage("Hi {name}.", macro=True))


def test_a_knowledge_base_of_one_article_judges(tmp_path: Path) -> None:
    covering = Covering(a_desk(tmp_path, kb={"reset": RESET}))
    (judged,) = judge(covering, a_ticket("How do I reset the hub?"))
    assert one(judged).worst.document_id == "articles/reset.md"


def test_an_unknown_article_cannot_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        Covering(a_desk(tmp_path)).coverer().without(frozenset({"nowhere"}))


def test_without_any_article_nothing_is_judged() -> None:
    with pytest.raises(NoIndex, match="ingested"):
        judge(Covering(Desk(parts=some_parts(), records_for=lambda _files: None)), a_ticket())


def labels(folder: Path, *rows: object) -> Path:
    file = folder / "labels.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return file


def test_labels_move_the_scale_to_what_readers_found(tmp_path: Path) -> None:
    covering = Covering(a_desk(tmp_path))
    rows = [{"text": "How do I reset the hub?", "covered": False}] * 60
    stricter = calibrated(covering, read_labels(labels(tmp_path, *rows)))
    before, after = (
        one(judge(c, a_ticket("How do I reset the hub?"))[0]).worst.value
        for c in (covering, stricter)
    )
    assert after < before


def test_a_bad_label_is_named_by_its_line_and_too_few_are_refused(tmp_path: Path) -> None:
    good = {"text": "How do I reset the hub?", "covered": True}
    with pytest.raises(BadInput, match=r"labels\.jsonl:2"):
        read_labels(labels(tmp_path, good, {"text": "x", "covered": "yes"}))
    with pytest.raises(BadInput, match="too few"):
        read_labels(labels(tmp_path, good))
    with pytest.raises(BadInput, match="cannot be read"):
        read_labels(tmp_path / "none.jsonl")
