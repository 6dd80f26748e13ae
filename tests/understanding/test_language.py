from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.language import NaiveBayesLanguages
from assist.domain.language import NAMES, TicketLanguage, base
from assist.domain.ticket import Ticket
from assist.understanding.language import Abilities, language_of
from tests.builders import a_ticket

MESSAGES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data/languages/messages.yaml").read_text("utf-8")
)
DETECTOR = NaiveBayesLanguages()
ENGLISH = Abilities(house="en", articles=("en",), embedder=("en",), wording=("de", "en", "sv"))


def told(ticket: Ticket | str, abilities: Abilities = ENGLISH, **fields: Any) -> TicketLanguage:
    given = a_ticket(ticket, **fields) if isinstance(ticket, str) else ticket
    return language_of(given, DETECTOR, abilities)


def test_no_english_message_is_called_foreign() -> None:
    assert [text for text in MESSAGES["en"] if told(text).code != "en"] == []


def test_of_our_messages_in_other_languages_at_most_three_in_a_hundred_are_missed() -> None:
    foreign = [(code, text) for code, texts in MESSAGES.items() if code != "en" for text in texts]
    found = [(code, told(text)) for code, text in foreign]
    assert len(found) == 171
    assert sum(language.source == "assumed" for _, language in found) <= 3
    assert sum(language.code not in (code, "en") for code, language in found) <= 2


@pytest.mark.parametrize("code", sorted(set(MESSAGES) - {"en"}))
def test_a_message_of_some_length_is_always_recognized(code: str) -> None:
    for text in (text for text in MESSAGES[code] if len(text) >= 60):
        assert told(text).code == code, text


@given(
    st.sampled_from(MESSAGES["en"]), st.sampled_from(["de-DE", "ja", "pt_BR", "xx", "", "english"])
)
def test_a_locale_never_outweighs_what_an_english_ticket_says(text: str, locale: str) -> None:
    language = told(text, locale=locale)
    assert language.source != "detected" or language.code == "en"
    if len(text.split()) >= 6:
        assert language.code == "en"


@given(st.text(min_size=1, max_size=200))
def test_whatever_is_written_has_one_language_and_always_the_same(text: str) -> None:
    ticket = a_ticket(f"x{text}")
    language = told(ticket)
    assert language == told(ticket)
    assert language.code in NAMES
    assert language.answerable == (language.code == "en")


def test_letters_that_are_not_latin_rule_english_out_even_in_one_word() -> None:
    assert told("помогите").code == "ru"
    assert told("助けて").code == "ja"


def test_close_languages_that_cannot_be_told_apart_are_not_answered_in_one_of_them() -> None:
    both = Abilities(
        house="en", articles=("en", "no", "da", "sv"), embedder=("multilingual",),
        wording=("da", "en", "no", "sv"),
    )  # fmt: skip
    language = told("Jeg kan ikke logge ind", both)
    assert language.code in ("da", "no")
    assert language.confidence < 0.7
    assert (language.reply, language.lacks) == ("en", ("certainty",))


@pytest.mark.parametrize(
    ("code", "embedder", "lacks"),
    [
        ("en", ("en",), ()),
        ("en", (), ()),
        ("de", ("en", "de"), ()),
        ("de", ("multilingual",), ()),
        ("de", (), ("embedder",)),
        ("de", ("en",), ("embedder",)),
        ("sv", ("sv",), ("articles",)),
        ("ja", ("en",), ("articles", "embedder", "wording")),
    ],
)
def test_a_language_needs_articles_a_model_that_reads_it_and_wording(
    code: str, embedder: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    abilities = Abilities(
        house="en", articles=("de", "en"), embedder=embedder, wording=("de", "en", "sv")
    )
    assert abilities.lacks(code) == lacks


def test_a_german_knowledge_base_is_answered_in_german_and_not_in_english() -> None:
    german = Abilities(house="de", articles=("de",), embedder=("de",), wording=("de", "en"))
    assert told("Wo bleibt meine Bestellung?", german).answerable
    assert told("Hilfe", german).code == "de"
    english = told("Where is my order? It should have been here on Monday.", german)
    assert (english.code, english.reply) == ("en", "en")
    assert english.lacks == ("articles", "embedder")


def test_a_subject_and_earlier_messages_help_where_the_latest_are_too_short() -> None:
    assert told("ok", subject="Meine Bestellung ist nicht angekommen").code == "de"
    assert told("???", subject="My order has not arrived yet").source == "detected"


def test_tags_of_languages_are_read_in_every_usual_form() -> None:
    assert [base(tag) for tag in ("de_AT", "EN-gb", "nb-NO", "iw", "pt")] == [
        "de", "en", "no", "he", "pt",
    ]  # fmt: skip
