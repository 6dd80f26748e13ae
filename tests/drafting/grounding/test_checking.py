"""Replies checked against a passage of our own, with a toy embedding one can predict."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.checking import CheckedSentence, Source
from assist.domain.draft import Citation, Sentence
from assist.drafting.grounding import check, check_sentence
from assist.drafting.grounding.pieces import LARGEST
from assist.errors import TooLarge
from assist.language.statements import fold
from assist.language.words import split
from assist.ports import Vectors

KETTLE = """## Using the kettle

The kettle holds up to 2 liters and boils them within 6 minutes.
You may return an unused kettle within 30 days of delivery.
Repairs are free unless the kettle was dropped.
Descaling usually takes 20 minutes.
The kettle does not switch off by itself.
Standard delivery costs $4.00 and express delivery costs $9.00.

1. Unplug the kettle.
2. Pour in the descaler and wait 20 minutes.
3. Rinse the kettle twice before you use it again.
"""
SOURCE = Source(passage_id="kettle#use", document_id="kettle", text=KETTLE, heading="Kettle")


def embed(texts: Sequence[str]) -> Vectors:
    """A bag of words in 256 buckets: texts with the same words are near."""
    rows = np.full((len(texts), 256), 1e-3, dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in split(text):
            row[sum(map(ord, word.form)) % 256] += 1
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def only(text: str, told: str = "") -> CheckedSentence:
    (found,) = check(text, [SOURCE], embed, told).sentences
    return found


TRUE = [
    "The kettle holds up to 2 liters and boils them within 6 minutes.",
    "You may return an unused kettle within 30 days of delivery.",
    "Repairs are free unless the kettle was dropped.",
    "The kettle does not switch off by itself.",
    "Express delivery costs $9.00.",
]


@pytest.mark.parametrize("text", TRUE)
def test_a_sentence_of_the_passage_is_supported_with_its_quote(text: str) -> None:
    found = only(text)
    assert found.sentence.support == "supported"
    assert found.sentence.flags == ()
    assert found.sentence.citations[0].quote in fold(KETTLE)


@pytest.mark.parametrize(
    "text",
    [
        "The kettle holds up to 3 liters and boils them within 6 minutes.",
        "The kettle holds up to 2 gallons and boils them within 60 seconds.",
        "You may return an unused kettle within 45 days of delivery.",
        "You may return an unused kettle after 30 days of delivery.",
        "Standard delivery costs $9.00.",
        "Express delivery costs €9.00.",
    ],
)
def test_a_changed_value_is_flagged_and_unsupported(text: str) -> None:
    found = only(text).sentence
    assert found.support == "unsupported"
    assert "changed_value" in found.flags or "gallons" in text


@pytest.mark.parametrize(
    "text",
    [
        "The kettle switches off by itself.",
        "Repairs are free.",
        "You must return an unused kettle within 30 days of delivery.",
        "Descaling always takes 20 minutes.",
        "The kettle can be washed in the dishwasher.",
        "The toaster holds up to 2 liters.",
    ],
)
def test_what_the_passage_does_not_say_is_unsupported_and_says_why(text: str) -> None:
    found = only(text)
    assert found.sentence.support == "unsupported"
    assert found.sentence.citations == ()
    assert found.why


def test_two_weeks_and_fourteen_days_are_one_value() -> None:
    source = SOURCE.model_copy(update={"text": "A refund takes 14 days."})
    (found,) = check("A refund takes two weeks.", [source], embed).sentences
    assert found.sentence.flags == ()


def test_questions_and_courtesy_need_no_support() -> None:
    found = check("Thank you for your message. Which color is the kettle?", [SOURCE], embed)
    assert [s.sentence.kind for s in found.sentences] == ["courtesy", "question"]
    assert {s.sentence.support for s in found.sentences} == {"none"}


def test_polite_words_alone_leave_a_reply_supported() -> None:
    assert check("Thank you for your message.", [SOURCE], embed).support == 1.0


def test_a_promise_is_known_by_its_words() -> None:
    assert only("We will refund the kettle on Friday.").sentence.kind == "promise"


def test_an_address_nobody_named_is_foreign() -> None:
    found = only("Thanks, please see https://kettles.example.net/help for more.").sentence
    assert found.flags == ("foreign_link",)
    assert found.support == "unsupported"


def test_an_address_the_customer_named_is_not() -> None:
    told = "I looked at https://kettles.example.net/help."
    assert only("You looked at https://kettles.example.net/help.", told).sentence.flags == ()


def test_what_the_customer_wrote_is_inferred_from_the_ticket() -> None:
    found = only("Your order 4711 has not arrived.", "My order 4711 has not arrived yet!").sentence
    assert (found.support, found.citations) == ("inferred", ())


def test_list_entries_are_sentences_of_their_own() -> None:
    found = check("Do this:\n\n1. Unplug the kettle.\n2. Rinse it twice.", [SOURCE], embed)
    assert [s.sentence.text for s in found.sentences][1:] == [
        "Unplug the kettle.",
        "Rinse it twice.",
    ]


def test_a_sentence_is_checked_against_the_passages_it_cites() -> None:
    other = Source(passage_id="mug#1", document_id="mug", text="A mug holds 300 ml.")
    cites = Citation(passage_id="mug#1", document_id="mug", quote="A mug holds 300 ml.")
    sentence = Sentence(text=TRUE[0], kind="fact", citations=(cites,))
    found = check_sentence(sentence, [SOURCE, other], embed)
    assert found.sentence.support == "unsupported"


def test_without_sources_every_statement_is_unsupported() -> None:
    found = check("The kettle holds 2 liters.", [], embed)
    assert found.support == 0.0
    assert found.sentences[0].sentence.support == "unsupported"


def test_a_changed_value_lowers_the_support_of_the_reply() -> None:
    wrong = TRUE[0].replace("2 liters", "5 liters")
    good = check(" ".join(TRUE), [SOURCE], embed).support
    assert check(" ".join([wrong, *TRUE[1:]]), [SOURCE], embed).support < good


def test_a_reply_longer_than_we_read_is_refused() -> None:
    with pytest.raises(TooLarge, match="characters"):
        check("a" * (LARGEST + 1), [SOURCE], embed)


@given(st.text(max_size=300))
def test_any_text_gets_a_probability_and_quotes_that_stand_in_the_passage(text: str) -> None:
    found = check(text, [SOURCE], embed)
    assert 0 <= found.support <= 1
    for one in found.sentences:
        assert all(c.quote in fold(KETTLE) for c in one.sentence.citations)
        assert (one.sentence.support == "unsupported") == (
            one.probability < 0.5 and one.sentence.support != "none"
        )


@given(st.integers(2, 5000).filter(lambda n: n not in (20, 30)))
def test_no_other_number_of_days_ever_passes(days: int) -> None:
    found = only(f"You may return an unused kettle within {days} days of delivery.").sentence
    assert found.support == "unsupported"


def test_faithful_answers_score_above_unfaithful_ones() -> None:
    file = (
        Path(os.environ.get("ASSIST_EVALSETS", "../shared/evalsets")) / "ground_begin/items.jsonl"
    )
    if not file.is_file():
        pytest.skip(f"{file} is not there (set ASSIST_EVALSETS)")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()[:200]]
    scores: dict[bool, list[float]] = {True: [], False: []}
    for row in rows:
        source = Source(passage_id="1", document_id="1", text=row["context"])
        scores[row["hallucinated"]].append(check(row["response"], [source], embed).support)
    assert np.mean(scores[False]) > np.mean(scores[True]) + 0.3
