import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.errors import BadInput
from assist.retrieval.query import MAX_QUERY, search_text


def test_greeting_signature_and_quoted_mail_are_not_searched_with() -> None:
    mail = (
        "Hi team,\n\nmy hub FW-H2 shows error E-217 after the update.\n\nBest regards,\nAna\n\n"
        "On Monday Care wrote:\n> Have you tried a reset?"
    )

    assert search_text(mail).text == "my hub FW-H2 shows error E-217 after the update."


@pytest.mark.parametrize("query", ["E-217", "how do I do that", "🙂🙂", "如何重置密码", "Hello"])
def test_a_short_query_is_searched_with_as_it_is(query: str) -> None:
    assert search_text(query).text == query
    assert search_text(query).note == ""


def test_tags_are_not_words() -> None:
    assert search_text("<p>The <b>hub</b> is <a href='x'>offline</a></p>").text.split() == [
        "The",
        "hub",
        "is",
        "offline",
    ]
    assert search_text("5 < 6 and 7 > 2").text == "5 < 6 and 7 > 2"


def test_a_megabyte_is_cut_at_a_word_and_says_so() -> None:
    query = search_text("battery drains " * 70_000)

    assert len(query.text) <= MAX_QUERY
    assert query.text.endswith(("battery", "drains"))
    assert (
        query.note == f"only the first {len(query.text)} of 1050000 characters were searched with"
    )


@pytest.mark.parametrize("empty", ["", " ", "\n\t "])
def test_an_empty_query_is_bad_input(empty: str) -> None:
    with pytest.raises(BadInput, match="the query is empty"):
        search_text(empty)


@given(st.text(st.characters(exclude_categories=())).filter(lambda text: text.strip() != ""))
def test_any_text_that_is_not_blank_becomes_a_query_every_encoder_takes(text: str) -> None:
    query = search_text(text).text

    assert query.strip()
    assert query.encode("utf-8")
    assert "\x00" not in query
