from collections.abc import Collection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.knowledge import Why
from assist.retrieval.explaining import as_typed, read_otherwise, typed_words
from tests.builders import a_passage
from tests.fake_words import NaiveLexical


def terms_of(text: str) -> Collection[str]:
    """As an index of one English passage tells them."""
    index = NaiveLexical()
    index.build("g1", [a_passage("The batteries of the hub.")])
    return index.terms("g1", text)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Do you have courses?", {"cours": "courses"}),
        ("HAPPY customers", {"happi": "HAPPY", "custom": "customers"}),
        ("error E-217, twice", {"error": "error", "e217": "E-217", "twice": "twice"}),
        ("(E_217)/valves", {"e217": "E_217", "valv": "valves"}),
        ("well-known issues", {"well": "well", "known": "known", "issu": "issues"}),
        ("course, courses", {"cours": "course"}),
        ("... how do I?", {}),
        ("", {}),
    ],
)
def test_each_term_of_a_query_is_traced_to_the_word_that_was_typed(
    query: str, words: dict[str, str]
) -> None:
    assert typed_words(query, terms_of) == words


def test_terms_of_a_script_without_spaces_are_left_as_they_are() -> None:
    assert typed_words("如何重置", terms_of) == {}


@given(st.text(max_size=200))
def test_what_a_term_is_shown_as_stands_in_the_query_and_means_that_term_alone(query: str) -> None:
    for term, word in typed_words(query, terms_of).items():
        assert word in query
        assert set(terms_of(word)) == {term}


def test_terms_become_words_in_their_order_and_once() -> None:
    why = Why(terms=("e217", "cours", "course", "lost"), note="so")

    shown = as_typed(why, {"cours": "courses", "course": "courses", "e217": "E-217"})

    assert shown == Why(terms=("E-217", "courses", "lost"), note="so")


def test_a_word_that_was_taken_for_another_is_said_in_the_note() -> None:
    slips = {"pasword": ("password",), "hubb": ("hub", "hubbi")}

    note = read_otherwise("cut", slips)

    assert note == "cut; “pasword” was searched as password; “hubb” was searched as hub and hubbi"
    assert read_otherwise("", {}) == ""
