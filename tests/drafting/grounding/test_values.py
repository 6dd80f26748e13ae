import time

import pytest

from assist.drafting.grounding.links import links
from assist.drafting.grounding.values import values


def read(text: str) -> list[tuple[str, float | str]]:
    return [(v.measure, v.size) for v in values(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two weeks", "14 days"),
        ("a year", "12 months"),
        ("$1,200", "1200 USD"),
        ("5 pm", "17:00"),
        ("March 2, 2026", "2026-03-02"),
        ("20%", "20 percent"),
        ("1.5 kg", "1500 g"),
    ],
)
def test_two_spellings_of_one_value_are_the_same(one: str, other: str) -> None:
    (first,), (second,) = values(one), values(other)
    assert first.same(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [("3 days", "3 business days"), ("$5", "€5"), ("5 m", "5 ft"), ("May 3", "May 4")],
)
def test_values_of_another_unit_are_not(one: str, other: str) -> None:
    (first,), (second,) = values(one), values(other)
    assert not first.same(second)
    assert first.comparable(second)


def test_the_first_number_of_a_range_has_the_unit_of_the_second() -> None:
    assert read("3 to 5 hours") == [("seconds", 10_800.0), ("seconds", 18_000.0)]


def test_may_is_a_month_only_with_a_capital() -> None:
    assert read("the lamp may flash") == []
    assert read("by 2 May") == [("date", "-05-02")]


@pytest.mark.parametrize("text", ["1,", "a-", "1 2 ", "(12) ", "$1 million ", "x.y."])
def test_hostile_text_takes_time_in_proportion_to_its_length(text: str) -> None:
    started = time.process_time()
    values(text * 60_000)
    links(text * 60_000)
    assert time.process_time() - started < 60  # in quadratic time it takes many minutes


def test_links_are_the_same_with_and_without_scheme() -> None:
    assert links("See https://www.shop.example.com/a.") == links("shop.example.com/a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("half an hour", "30 minutes"),
        ("a quarter of an hour", "15 minutes"),
        ("5:30", "5:30 p.m."),
        ("October 2026", "2026-10-05"),
        ("December 17", "December 17, 2026"),
    ],
)
def test_a_value_said_loosely_is_the_one_it_stands_for(one: str, other: str) -> None:
    (first,), (second,) = values(one), values(other)
    assert first.same(second)
    assert second.same(first)


@pytest.mark.parametrize("text", ["the new one", "one of us", "at nine in it"])
def test_one_as_a_pronoun_and_in_as_a_word_measure_nothing(text: str) -> None:
    assert all(measure != "inches" for measure, _ in read(text))
    assert all(size != 1.0 for _, size in read(text))


def test_the_second_day_of_a_range_has_the_month_of_the_first() -> None:
    assert read("December 20 to 24") == [("date", "-12-20"), ("date", "-12-24")]


def test_a_quarter_of_a_megabyte_of_numbers_is_read_quickly() -> None:
    started = time.process_time()
    values("1 2 " * 60_000)
    assert time.process_time() - started < 60  # in quadratic time it takes many minutes
