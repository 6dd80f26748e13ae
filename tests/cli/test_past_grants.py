from typing import Any

import pytest

from assist.cli.past_grants import EXAMPLE, past_grants
from assist.errors import BadInput

POUNDS = {"amount": "50.00", "currency": "GBP"}


def a_line(**fields: Any) -> dict[str, Any]:
    return {"action": "credit", "at": "2026-05-01", **fields}


@pytest.mark.parametrize(("raw", "amount"), [("50.00 GBP", POUNDS), (POUNDS, POUNDS), (None, None)])
def test_an_amount_is_written_in_words_or_as_an_object(raw: Any, amount: Any) -> None:
    assert past_grants([a_line(amount=raw)]) == [a_line(amount=amount)]


def test_a_grant_that_was_worth_nothing_has_no_amount() -> None:
    assert past_grants([a_line(level="lead")]) == [a_line(level="lead", amount=None)]


@pytest.mark.parametrize("at", ["2026-05-01", "2026-05-01T09:30:00Z", "2026-05-01T09:30+02:00"])
def test_a_grant_is_of_a_day_or_of_a_moment(at: str) -> None:
    assert past_grants([a_line(at=at)])[0]["at"] == at


FORM = "write 50.00 GBP or {amount, currency}"


@pytest.mark.parametrize(
    ("line", "where", "problem", "cure"),
    [
        (a_line(amount=50), "granted.1.amount", "50 is no amount", FORM),
        (a_line(amount={"amount": "x"}), "granted.1.amount", '{"amount": "x"} is no amount', FORM),
        (a_line(amount="50"), "granted.1.amount", "50 has no currency", "name it, e.g. 50 GBP"),
        (a_line(at="soon"), "granted.1.at", "'soon' is no day", "write 2026-05-01"),
        (
            a_line(at="2026-05-01T09:30"),
            "granted.1.at",
            "'2026-05-01T09:30' has no time zone",
            "write 2026-05-01 or 2026-05-01T09:30:00Z",
        ),
        (a_line(at=20260501), "granted.1.at", "is missing or no text", EXAMPLE),
        ({"at": "2026-05-01"}, "granted.1.action", "is missing or no text", EXAMPLE),
        (a_line(levl="lead"), "granted.1.levl", "a grant has no 'levl'", "did you mean level?"),
        ("credit", "granted.1", '"credit" is no grant', EXAMPLE),
    ],
)
def test_what_cannot_be_read_is_named_with_the_cure(
    line: Any, where: str, problem: str, cure: str
) -> None:
    with pytest.raises(BadInput) as caught:
        past_grants([a_line(), line])

    assert (caught.value.where, caught.value.problem, caught.value.cure) == (where, problem, cure)
