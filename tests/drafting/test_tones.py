import string
from datetime import UTC, datetime

import pytest

from assist.adapters.language import NaiveBayesLanguages
from assist.drafting.dates import day_in_words, in_words
from assist.drafting.tone import TONES, Tone, languages, tone, wording

DATES = ("weekdays", "months", "first_day", "moment")
NAMES = ("name", "full_name")
DETECTOR = NaiveBayesLanguages()


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_plain_tone_is_there_in_nine_languages() -> None:
    assert languages() == ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "sv")


@pytest.mark.parametrize("name", TONES)
def test_every_tone_has_the_same_entries_and_claims_no_feelings(name: Tone) -> None:
    words, plain = tone(name), tone()
    assert set(words) == set(plain)
    for entry, text in words.items():
        assert blanks(text) - set(NAMES) == blanks(plain[entry]) - set(NAMES), entry
        assert entry in DATES or "!" not in text
        assert "understand how" not in text


def test_the_tones_differ_in_what_they_say() -> None:
    for entry in ("greeting", "sorry", "no_answer", "close", "need"):
        assert len({tone(name)[entry] for name in TONES}) == len(TONES), entry


def test_a_tone_that_is_not_written_in_a_language_is_plain_there() -> None:
    assert wording("warm", "en") == tone("warm")
    assert wording("warm", "de") == tone("plain", "de")


@pytest.mark.parametrize("code", languages())
def test_a_tone_says_the_same_things_in_every_language(code: str) -> None:
    words, english = tone(language=code), tone()
    assert set(words) == set(english)
    for name, text in words.items():
        assert blanks(text) - set(NAMES) == blanks(english[name]) - set(NAMES), name
        assert name in DATES or "!" not in text
    assert len(words["weekdays"].split()) == 7
    assert len(words["months"].split()) == 12


@pytest.mark.parametrize("code", languages())
def test_a_tone_is_in_its_own_language(code: str) -> None:
    for name, text in tone(language=code).items():
        if name not in DATES and len(text.split()) >= 8:
            assert max(DETECTOR.likely(text).items(), key=lambda pair: pair[1])[0] == code, text


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "Tuesday 1 December 2026, 10:05 (Berlin time)"),
        ("de", "Dienstag, 1. Dezember 2026, um 10:05 Uhr (Berlin)"),
        ("es", "martes 1 de diciembre de 2026 a las 10:05 (Berlin)"),
        ("fr", "mardi 1er décembre 2026 à 10 h 05 (Berlin)"),
        ("it", "martedì 1º dicembre 2026 alle ore 10:05 (Berlin)"),
        ("nl", "dinsdag 1 december 2026 om 10.05 uur (Berlin)"),
        ("pl", "1 grudnia 2026 r. (wtorek) o godz. 10:05 (Berlin)"),
        ("pt", "terça-feira, 1 de dezembro de 2026, às 10:05 (Berlin)"),
        ("sv", "tisdag 1 december 2026 kl. 10.05 (Berlin)"),
    ],
)
def test_times_are_told_as_people_there_tell_them(code: str, told: str) -> None:
    moment = datetime(2026, 12, 1, 9, 5, tzinfo=UTC)
    assert in_words(moment, "Europe/Berlin", tone(language=code)) == told


def test_a_day_is_told_without_its_hour() -> None:
    moment = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert day_in_words(moment, "Europe/Berlin") == "Wednesday 2 December 2026"
    assert in_words(moment, "America/New_York").endswith("18:30 (New York time)")
