"""Values that stand in a ticket outright."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assist.domain.facts import FactDeclaration
from assist.understanding.told import told_facts

BATCH = FactDeclaration(path="device.batch", type="text", pattern="FW-[0-9]{5}")
ORDER = FactDeclaration(path="order.id", type="text", pattern="FW-[0-9]{5}", account=True)
CODE = FactDeclaration(path="device.error_code", type="text", pattern="[A-Z]-[0-9]{2,3}")
LIGHT = FactDeclaration(
    path="device.light", type="choice", choices=("solid amber", "blinking blue", "off")
)
FORMAT = FactDeclaration(path="contact.format", type="choice", choices=("large_print", "audio"))
PRODUCT = FactDeclaration(path="device.product", type="choice", choices=("Hub 2", "Plug 2"))
ALL = (BATCH, ORDER, CODE, LIGHT, FORMAT, PRODUCT)


def told(text: str) -> dict[str, object]:
    return {fact.path: fact.value for fact in told_facts(text, ALL)}


def test_a_number_of_the_declared_shape_is_known_wherever_it_stands() -> None:
    assert told("It shows e-305 since fw-20418 came.") == {
        "device.batch": "FW-20418",
        "device.error_code": "E-305",
    }


def test_what_an_account_tells_is_not_taken_from_a_text() -> None:
    assert "order.id" not in told("FW-20418")


def test_a_piece_of_a_longer_number_is_none() -> None:
    assert told("FW-204189 and XFW-20418, recall R-2026-02") == {}


def test_of_two_numbers_none_is_taken_and_the_same_one_twice_is_one() -> None:
    assert told("FW-20418 and FW-20419") == {}
    assert told("FW-20418, that is fw-20418") == {"device.batch": "FW-20418"}


def test_a_choice_of_several_words_is_known_by_its_name() -> None:
    (fact,) = told_facts("The light is Solid Amber now.", ALL)
    assert (fact.value, fact.span, fact.source) == ("solid amber", "Solid Amber", "customer")
    assert told("Could I have it in large print?") == {"contact.format": "large_print"}


@pytest.mark.parametrize(
    "text", ["It is off.", "It is not solid amber.", "solid amber, then blinking blue", "My Hub 2"]
)
def test_one_word_a_denial_two_choices_and_a_product_name_say_nothing(text: str) -> None:
    assert told(text) == {}


@given(st.text(alphabet="FWfw-0123456789 \n", max_size=200))
def test_what_is_taken_stands_in_the_text(text: str) -> None:
    for fact in told_facts(text, ALL):
        assert fact.span in text


@pytest.mark.parametrize("pattern", ["(", "(?=a)b", r"(a)\1"])
def test_what_is_no_pattern_of_linear_time_is_refused(pattern: str) -> None:
    with pytest.raises(ValidationError, match="is not one of RE2"):
        FactDeclaration(path="order.id", type="text", pattern=pattern)


def test_only_a_text_has_a_pattern() -> None:
    with pytest.raises(ValidationError, match="a pattern is for the type text, not date"):
        FactDeclaration(path="order.at", type="date", pattern="[0-9]+")
