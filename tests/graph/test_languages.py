"""Tickets in other languages: recognized, never answered in the wrong one, never left lying."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.domain.suggestion import Suggestion
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.builders import NOW, a_ticket
from tests.graph.checks import check_sound

MESSAGES: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data/languages/messages.yaml").read_text("utf-8")
)
FOREIGN = [text for code, texts in MESSAGES.items() if code != "en" for text in texts]
GERMAN = "Guten Tag, mein Hub 2 blinkt seit gestern orange und zeigt E-217 an. Was soll ich tun?"


def suggested(desk: Desk, text: str, **fields: Any) -> Suggestion:
    suggestion = asyncio.run(desk.suggest(a_ticket(text, **fields), at=NOW))
    check_sound(suggestion, desk)
    return suggestion


def facts(suggestion: Suggestion) -> list[str]:
    return [s.text for s in suggestion.draft.sentences if s.kind == "fact"]


def check_unread(suggestion: Suggestion) -> None:
    """Held, handed on and made urgent, without a word on what nobody has read."""
    assert suggestion.language is not None
    assert not suggestion.language.answerable
    assert all(i.abstention and i.abstention.code == "no_evidence" for i in suggestion.issues)
    assert suggestion.language.name in suggestion.issue.abstention.reason  # type: ignore[union-attr]
    assert facts(suggestion) == []
    assert suggestion.questions == ()
    assert suggestion.escalation.needed
    assert suggestion.escalation.customer_notice in suggestion.draft.text
    assert suggestion.language.name in suggestion.escalation.internal_notice
    assert suggestion.priority.level <= "P3"
    assert any("nobody has read it" in reason for reason in suggestion.priority.reasons)


HELD = {
    "de": ("Guten Tag Ana Lima,", "Mit freundlichen Grüßen", "November 2026, um "),
    "fr": ("Bonjour Ana Lima,", "Cordialement", "novembre 2026 à "),
    "es": ("Hola, Ana Lima:", "Un cordial saludo", "de noviembre de 2026 a las "),
    "it": ("Buongiorno Ana Lima,", "Cordiali saluti", "novembre 2026 alle ore "),
    "nl": ("Beste Ana Lima,", "Met vriendelijke groet", "november 2026 om "),
    "pt": ("Olá, Ana Lima,", "Com os melhores cumprimentos", "de novembro de 2026, às "),
    "pl": ("Dzień dobry,", "Z poważaniem", "listopada 2026 r."),
    "sv": ("Hej Ana Lima,", "Med vänliga hälsningar", "november 2026 kl."),
}


@pytest.mark.parametrize("code", HELD)
def test_a_ticket_nobody_here_reads_gets_a_holding_reply_in_its_own_language(
    fennwick: Desk, code: str
) -> None:
    greeting, close, due = HELD[code]
    found = suggested(fennwick, MESSAGES[code][1], name="Ana Lima", region="EU")
    check_unread(found)
    assert found.language is not None
    assert (found.language.code, found.language.reply) == (code, code)
    assert found.language.lacks == ("articles", "embedder")
    assert found.draft.text.startswith(greeting)
    assert close in found.draft.text.split("\n\n")[-1]
    assert due in found.draft.text
    assert "(Berlin)" in found.draft.text
    assert {s.kind for s in found.draft.sentences} == {"courtesy", "promise"}


def test_without_wording_in_a_language_the_reply_is_in_the_knowledge_bases_and_says_so(
    fennwick: Desk,
) -> None:
    found = suggested(fennwick, MESSAGES["ja"][1])
    check_unread(found)
    assert found.language is not None
    assert (found.language.code, found.language.reply) == ("ja", "en")
    assert found.language.lacks == ("articles", "embedder", "wording")
    assert "a language that I cannot answer in" in found.draft.text
    assert any("it is in Japanese" in note for note in found.notes)


def test_the_reason_names_what_is_missing_and_what_would_help(fennwick: Desk) -> None:
    found = suggested(fennwick, GERMAN)
    assert found.issue.statement == "Was soll ich tun?"
    assert found.issue.category is None
    abstention = found.abstention
    assert abstention is not None
    assert "German (detected, 100%)" in abstention.reason
    assert "no article for customers is in German" in abstention.reason
    assert "the embedding model does not read German" in abstention.reason
    assert "tone" not in abstention.would_help
    assert "ASSIST_EMBEDDER" in abstention.would_help


@pytest.mark.parametrize(
    "text",
    ["Hilfe", "nuqneH, Hub vIje' 'ach Qapbe'. yIQaH!", "blorp fleem zanth quoo brizzle vonk", "?"],
)
def test_what_cannot_be_told_is_held_to_be_in_the_knowledge_bases_language(
    fennwick: Desk, text: str
) -> None:
    found = suggested(fennwick, text)
    assert found.language is not None
    assert (found.language.code, found.language.source) == ("en", "assumed")
    assert found.draft.text.startswith("Hello")


def test_one_word_is_read_by_the_customers_locale(fennwick: Desk) -> None:
    found = suggested(fennwick, "Hilfe", locale="de-AT")
    check_unread(found)
    assert found.language is not None
    assert (found.language.code, found.language.source) == ("de", "locale")
    assert found.draft.text.startswith("Guten Tag")


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("How do I reset my password? The mail never arrives.", {"locale": "de-DE"}),
        (MESSAGES["en"][6], {}),
        (MESSAGES["en"][7], {}),
        (MESSAGES["en"][7].replace("> ", ""), {}),
        ("The hub says „Verbindung fehlgeschlagen, bitte erneut versuchen“. What now?", {}),
    ],
    ids=["locale", "signature", "quoted mail", "mail quoted without marks", "quoted error"],
)
def test_an_english_ticket_is_english_whatever_german_is_around_it(
    fennwick: Desk, text: str, fields: dict[str, str]
) -> None:
    found = suggested(fennwick, text, **fields)
    assert found.language is not None
    assert (found.language.code, found.language.source) == ("en", "detected")
    assert found.language.answerable
    assert found.draft.text.startswith("Hello")


def test_a_ticket_in_two_languages_is_in_the_one_of_most_words_and_it_says_so(
    fennwick: Desk,
) -> None:
    english = "I have restarted the hub twice and it is still offline. "
    german = "Bitte melden Sie sich möglichst bald bei mir. "
    mostly_english = suggested(fennwick, english * 2 + german)
    mostly_german = suggested(fennwick, german * 3 + english)
    assert mostly_english.language is not None
    assert (mostly_english.language.code, mostly_english.language.also) == ("en", ("de",))
    assert "the ticket is mostly in English, and partly in German" in mostly_english.notes
    assert mostly_german.language is not None
    assert (mostly_german.language.code, mostly_german.language.also) == ("de", ("en",))


def test_the_latest_messages_of_the_customer_decide(fennwick: Desk) -> None:
    messages = [
        {"text": "The doorbell does not ring any more, what can I do about it?"},
        {"author": "agent", "text": "Please hold the button for ten seconds."},
        {"text": "Das hat leider nicht geholfen, die Klingel bleibt weiterhin stumm."},
    ]
    found = suggested(fennwick, "", messages=messages)
    assert found.language is not None
    assert found.language.code == "de"
    short = suggested(fennwick, "", messages=[messages[2], messages[1], {"text": "ok?"}])
    assert short.language is not None
    assert (short.language.code, short.language.source) == ("de", "detected")


def test_english_signal_phrases_are_heard_in_a_foreign_ticket_too(fennwick: Desk) -> None:
    found = suggested(fennwick, f"{GERMAN} There was a burning smell as well.", region="EU")
    check_unread(found)
    assert "safety" in {t.code for t in found.escalation.triggers}
    assert found.escalation.path is not None
    assert found.escalation.path.team == "Product Safety"


@settings(max_examples=8)
@given(first=st.sampled_from(FOREIGN), second=st.sampled_from(FOREIGN))
def test_no_reply_to_what_cannot_be_answered_states_a_fact(
    fennwick: Desk, first: str, second: str
) -> None:
    found = suggested(fennwick, f"{first}\n\n{second}")
    assert found.language is not None
    if not found.language.answerable:
        check_unread(found)
    else:
        assert found.language.source == "assumed"


ARTICLES = {
    "lamp-en": ("en", "Return a lamp", "You can return a lamp within 30 days of delivery."),
    "lamp-de": ("de", "Lampe zurückgeben", "Sie können eine Lampe 30 Tage lang zurückgeben."),
    "clock-en": ("en-GB", "Reset the clock", "Hold both buttons for 5 seconds to reset the clock."),
}
ROUTES = """languages:
  fr: {team: Bureau Paris, role: French-speaking agent}
rules:
  - code: no_evidence
    team: Care
    role: expert
    within_hours: 8
    customer_notice: I have asked one of our experts.
"""


def a_bilingual_kb(folder: Path) -> Path:
    for name, (language, title, text) in ARTICLES.items():
        file = folder / "articles" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\nid: {name}\nlanguage: {language}\n---\n"
        file.write_text(f"{head}# {title}\n\n{text}\n", "utf-8")
    (folder / "escalation.yaml").write_text(ROUTES, "utf-8")
    return folder


@pytest.fixture(scope="module")
def bilingual(shared_folder: Path) -> Iterator[Desk]:
    """Two languages of articles, and a model said to read both of them."""
    chosen = Settings(home=shared_folder / "home", embedder_languages=("en", "de"))
    with opened(chosen) as desk:
        desk.ingest(a_bilingual_kb(shared_folder / "kb"), progress=silent)
        yield desk


def cited(suggestion: Suggestion) -> set[str]:
    return {c.document_id for s in suggestion.draft.sentences for c in s.citations}


def test_each_customer_is_quoted_articles_in_their_own_language(bilingual: Desk) -> None:
    english = suggested(bilingual, "Within how many days can I return a lamp?")
    german = suggested(bilingual, "Wie viele Tage lang kann ich eine Lampe zurückgeben?")
    assert cited(english) == {"lamp-en"}
    assert cited(german) == {"lamp-de"}
    assert german.draft.text.startswith("Guten Tag,")
    assert german.draft.text.endswith("Mit freundlichen Grüßen")
    assert any("read the ticket for danger yourself" in note for note in german.notes)


def test_a_search_without_that_filter_finds_articles_in_every_language(bilingual: Desk) -> None:
    found = bilingual.search("Lampe lamp return zurückgeben", filters={})
    assert {hit.document_id for hit in found} >= {"lamp-en", "lamp-de"}
    only = bilingual.search("Lampe lamp return zurückgeben", filters={"language": "de"})
    assert {hit.document_id for hit in only} == {"lamp-de"}


def test_a_region_of_a_language_is_that_language(bilingual: Desk) -> None:
    assert cited(suggested(bilingual, "How do I reset the clock?")) == {"clock-en"}


def test_a_ticket_goes_to_the_team_that_reads_its_language(bilingual: Desk) -> None:
    found = suggested(bilingual, MESSAGES["fr"][1])
    check_unread(found)
    assert found.escalation.path is not None
    assert found.escalation.path.team == "Bureau Paris"
    assert "To Bureau Paris, French-speaking agent." in found.escalation.internal_notice
    assert "vous pouvez aussi nous écrire en anglais" in found.draft.text
    other = suggested(bilingual, MESSAGES["it"][1])
    assert other.escalation.path is not None
    assert other.escalation.path.team == "Care"
