"""Raw values of facts, read as what they are declared to be, and shown in words."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import JsonValue

from assist.domain.facts import FactType
from assist.policies.values import MAX_INTEGER, MAX_SHOWN, MAX_TEXT, in_words, read_value
from tests.policies.rules import money


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", "FW-1", "FW-1"),
        ("text", " FW-1 ", " FW-1 "),
        ("text", "Zoë 🙂", "Zoë 🙂"),
        ("text", "FW-1 \ud800", None),
        ("text", " ", None),
        ("text", 1, None),
        ("choice", "red", "red"),
        ("boolean", True, True),
        ("boolean", False, False),
        ("boolean", 1, None),
        ("boolean", "true", None),
        ("integer", 0, 0),
        ("integer", "12", 12),
        ("integer", 12.0, 12),
        ("integer", 12.5, None),
        ("integer", True, None),
        ("integer", "twelve", None),
        ("integer", "NaN", None),
        ("integer", [1], None),
        ("integer", MAX_INTEGER, MAX_INTEGER),
        ("integer", -MAX_INTEGER, -MAX_INTEGER),
        ("integer", MAX_INTEGER + 1, None),
        ("integer", str(MAX_INTEGER), MAX_INTEGER),
        ("integer", str(MAX_INTEGER + 1), None),
        ("integer", str(-MAX_INTEGER - 1), None),
        ("number", 1, 1.0),
        ("number", "1.5", 1.5),
        ("number", 1.5, 1.5),
        ("number", "much", None),
        ("number", False, None),
        ("number", "Infinity", None),
        ("number", "1e400", None),
        ("number", MAX_INTEGER, float(MAX_INTEGER)),
        ("number", MAX_INTEGER + 1, None),
        ("date", "2026-11-20", date(2026, 11, 20)),
        ("date", "2026-11-20T23:59:00-05:00", date(2026, 11, 20)),
        ("date", "2026-02-30", None),
        ("date", 20261120, None),
        ("money", {"amount": "12.50", "currency": "USD"}, money("12.50", "USD")),
        ("money", {"amount": "12.50"}, None),
        ("money", "12.50 USD", None),
    ],
)
def test_a_value_is_read_as_its_type_or_not_at_all(
    kind: FactType, raw: JsonValue, value: Any
) -> None:
    found = read_value(kind, raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("kind", "raw", "choices", "value"),
    [
        ("choice", "red", ("red", "green"), "red"),
        ("choice", "blue", ("red", "green"), None),
        ("choice", "blue", (), "blue"),
        ("text", "blue", ("red", "green"), "blue"),
    ],
)
def test_a_choice_is_one_of_those_there_are(
    kind: FactType, raw: str, choices: tuple[str, ...], value: str | None
) -> None:
    assert read_value(kind, raw, choices) == value


def test_of_a_long_text_its_beginning_is_read() -> None:
    assert read_value("text", "a" * MAX_TEXT) == "a" * MAX_TEXT
    assert read_value("text", "a" * MAX_TEXT + "b") == "a" * MAX_TEXT


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (1.5, "1.5"),
        (Decimal("1.50"), "1.50"),
        (money("50"), "50.00 GBP"),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 9, 30), "2026-11-20 09:30:00"),
        ("one\n two\tthree", "one two three"),
        ("", "''"),
        (" ", "''"),
        (MAX_INTEGER, str(MAX_INTEGER)),
        (-MAX_INTEGER, str(-MAX_INTEGER)),
        (MAX_INTEGER + 1, "a number of more than 64 bits"),
        (-MAX_INTEGER - 1, "a number of more than 64 bits"),
        ("a" * MAX_SHOWN, "a" * MAX_SHOWN),
        ("a" * MAX_SHOWN + "b", "a" * MAX_SHOWN + "…"),
    ],
)
def test_a_value_is_shown_as_a_person_reads_it(value: Any, words: str) -> None:
    assert in_words(value) == words


@pytest.mark.parametrize(
    ("value", "shown"), [(30.0, "30"), (30.5, "30.5"), (-1.0, "-1"), (0.0, "0"), (30, "30")]
)
def test_a_whole_number_is_shown_without_decimals(value: float, shown: str) -> None:
    assert in_words(value) == shown
