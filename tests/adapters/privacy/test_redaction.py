import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.privacy.placeholders import PLACEHOLDER
from assist.adapters.privacy.redaction import Redacted, redact, restore
from assist.adapters.privacy.redactor import PatternRedactor

KNOWN = {
    "Ana Lima": "NAME",
    "ana@home.test": "EMAIL",
    "+44 20 7946 0958": "PHONE",
    "4 Mill Lane, York": "ADDRESS",
}
PIECES = [
    "Ana Lima",
    "ANA  lima",
    "Lima",
    "ana@home.test",
    "ana.lima+x@example.co.uk",
    "020 7946 0958",
    "+44 (0)20 7946-0958",
    "(555) 555-0119",
    "4111 1111 1111 1111",
    "4111111111111111",
    "DE89 3704 0044 0532 0130 00",
    "GB82WEST12345698765432",
    "192.168.4.20",
    "2001:db8::8a2e:370:7334",
    "123-45-6789",
    "https://ana:pass@example.com/x",
    "https://example.com/?token=abc123",
    "4 Mill Lane, York",
    "<EMAIL_1>",
    "<NAME_7>",
    "FW-20418",
    "2026-11-02",
    "order",
    "call",
    "version",
    "IBAN",
    "SSN",
]
TEXTS = st.lists(
    st.sampled_from(PIECES)
    | st.text(alphabet="a1 .-@:/+()<>_,\n\x00éN", max_size=6)
    | st.text(max_size=3),
    max_size=12,
).map("".join) | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)


def types(text: str, **known: str) -> list[str]:
    return [name.strip("<>").rpartition("_")[0] for name in redact(text, known).values]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Write to ana.lima+home@mail.example.co.uk.", "EMAIL"),
        ("Write to o'neil@example.com, please", "EMAIL"),
        ("mailto:ana@example.example", "EMAIL"),
        ("post an anna@münchen.example bitte", "EMAIL"),
        ("Call +44 20 7946 0958 today", "PHONE"),
        ("Call me: (555) 555-0119.", "PHONE"),
        ("I am at 020 7946 0958 until five", "PHONE"),
        ("mobile 07700900123", "PHONE"),
        ("my number is 212-555-0119", "PHONE"),
        ("Tel.: 030/23125-018", "PHONE"),
        ("order FW-20418 is late, ring 5550119", "PHONE"),
        ("on 2026-11-02 020 7946 0958 was busy", "PHONE"),
        ("on 0033 6 12 34 56 78 after six", "PHONE"),
        ("I am at 06-12345678", "PHONE"),
        ("ana dot lima at example dot co dot uk", "EMAIL"),
        ("write to ana (at) example (dot) com", "EMAIL"),
        ("the card ending in 4821 was charged", "CARD"),
        ("My Visa card, last four digits 4242.", "CARD"),
        ("sort code 20-00-00", "ACCOUNT"),
        ("Account number: 55779911", "ACCOUNT"),
        ("the hub 00:1A:2b:3C:4d:5E is gone", "MAC"),
        ("00-1A-2B-3C-4D-5E", "MAC"),
        ("we are in SW1A 1AA now", "ADDRESS"),
        ("I live at 370 3911 Fourth Avenue.", "ADDRESS"),
        ("Ship to 12 Old Mill Road, Springfield, IL 62704 please", "ADDRESS"),
        ("my DOB: 3 May 1980", "BIRTH"),
        ("I was born on 05/03/1980.", "BIRTH"),
        ("passport number is X12345678", "PASSPORT"),
        ("driver's license D123-4567-8901", "LICENSE"),
        ("NHS number 943 476 5919", "HEALTH"),
        ("National Insurance number AB 12 34 56 C", "TAX"),
        ("mine is X1234567L", "TAX"),
        ("pay 0x52908400098527886E0F7030069857D2E4169EE7", "WALLET"),
        ("my card 4111 1111 1111 1111", "CARD"),
        ("my card 4111-1111-1111-1111", "CARD"),
        ("my card 378282246310005", "CARD"),
        ("account 12 4111 1111 1111 1111", "CARD"),
        ("DE89 3704 0044 0532 0130 00", "IBAN"),
        ("gb82west12345698765432", "IBAN"),
        ("IBAN NL00BANK0123456789 (a digit is wrong)", "IBAN"),
        ("from 203.0.113.7", "IP"),
        ("from 2001:db8::8a2e:370:7334 today", "IP"),
        ("SSN 123-45-6789", "SSN"),
        ("social security number: 123456789", "SSN"),
        ("https://ana:secret@example.com/files", "URL"),
        ("https://example.com/reset?user=7&reset_token=9f8a.", "URL"),
    ],
)
def test_personal_data_is_found_by_its_shape(text: str, kind: str) -> None:
    assert types(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Order FW-20418 of 2026-11-02 at 10:30:15 cost $1,299.00.",
        "The parcel 1234 5678 901 has not moved since 11/02/2026.",
        "Order number 5551234567 is the one.",
        "Serial number C3-2211-00481, firmware 2.4.1.8, code E-217.",
        "The years 2019-2024 and 1999 2003 were good.",
        "It runs from -20 °C to 45 °C on 100-240 V and 50/60 Hz.",
        "The film ending in 4821 frames was charged 3 to 5 times.",
        "Order FW-20418, serial P2-2411-04821, sensor W-44 and part B1-2AB.",
        "A Galaxy S24 8GB with M4 8GB and firmware E2 1MM.",
        "I bought it at shop dot com, and at noon the dot was red.",
        "Our account manager has 12345678 points; sort them.",
        "12:30:45:50 is a time code, 01-02-03 a drawing.",
        "See https://example.com/hc/en-us/articles/9101?page=2#steps.",
        "std::vector at 12:30:45, a::, @home and 5 GHz.",
        "The passport feature needs 3 steps, born of 20 years of work; the license costs $12000.",
        "Part 12345678A and X1234567A are not in stock.",
        "Turn left on Main Street, then right into the Lane.",
        "Two screws of 40 60 mm, article 4006381333931.",
    ],
)
def test_numbers_that_are_ours_stay(text: str) -> None:
    assert redact(text, {}).text == text


def test_a_postcode_takes_the_house_street_and_town_before_it_along() -> None:
    text = "Send it to Flat 2, 14 Mill Lane,\nUpper Poppleton, York YO26 6QF. It is 3 pm in York."

    assert redact(text, {}).text == "Send it to <ADDRESS_1>. It is 3 pm in York."


def test_one_value_has_one_placeholder_however_it_is_written() -> None:
    text = "ANA@example.com or ana@example.com, 020 7946 0958 or 020-7946-0958, bo@example.com"

    assert redact(text, {}) == Redacted(
        "<EMAIL_1> or <EMAIL_1>, <PHONE_1> or <PHONE_1>, <EMAIL_2>",
        {
            "<EMAIL_1>": "ANA@example.com",
            "<PHONE_1>": "020 7946 0958",
            "<EMAIL_2>": "bo@example.com",
        },
    )


def test_what_the_ticket_says_of_the_person_is_taken_out() -> None:
    text = (
        "I am ana  LIMA of 4 Mill Lane,\nYork. Ana called from 442079460958; lima beans are fine."
    )

    assert PatternRedactor().redact(text, KNOWN) == (
        "I am <NAME_1> of <ADDRESS_1>. <NAME_2> called from <PHONE_1>; lima beans are fine."
    )


def test_placeholders_of_an_earlier_redaction_are_not_given_again() -> None:
    assert redact("<EMAIL_3> and bo@example.com", {}).text == "<EMAIL_3> and <EMAIL_4>"


@given(TEXTS)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact(text, KNOWN).text
    assert redact(once, KNOWN) == Redacted(once, {})


@given(TEXTS)
def test_nothing_known_is_left(text: str) -> None:
    left = " ".join(PLACEHOLDER.sub(" | ", redact(text, KNOWN).text).split()).casefold()
    for value in KNOWN:
        assert not re.search(rf"(?<!\w){re.escape(value.casefold())}(?!\w)", left)


@given(TEXTS)
def test_with_the_map_the_text_comes_back(text: str) -> None:
    redacted = redact(text, KNOWN)

    def folded(written: str) -> str:
        return re.sub(r"[\s().\-/+]+", "", written).casefold()

    assert folded(restore(redacted)) == folded(text)


@given(TEXTS)
def test_a_text_grows_by_its_placeholders_alone(text: str) -> None:
    redacted = redact(text, KNOWN).text
    assert len(PLACEHOLDER.sub("", redacted)) <= len(PLACEHOLDER.sub("", text))


HOSTILE = [
    "a@",
    "a.",
    "1 ",
    "1-",
    "4111 ",
    "GB49 ",
    "::",
    "1.1.1.1 ",
    "call 1234567 ",
    "http://a:",
    "<A_",
    "at a dot bb ",
    "a at b dot ",
    "card ending ",
    "sort code 20-",
    "0a:1b:",
    "1 Aa YO1 1AA ",
    "1 A ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_makes_it_backtrack(piece: str) -> None:
    """100 kB take about 0.2 s; a pattern that backtracks would take hours."""
    started = time.process_time()
    redact((piece * 100_000)[:100_000], KNOWN)
    assert time.process_time() - started < 60  # in quadratic time it takes many minutes
