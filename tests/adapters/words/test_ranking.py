"""What the words of a query are worth, and how odd a query may be."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters.words import TantivyLexical
from assist.adapters.words.typos import one_slip
from tests.builders import a_passage
from tests.contracts.lexical_index import ALL, HUB, PLUG


@pytest.fixture
def search(tmp_path):
    """Builds an index of the passages given and searches it: the rows, best first."""

    def rows(text, *passages, within=None):
        index = TantivyLexical(tmp_path)
        index.build("g1", passages)
        return index.search("g1", text, 9, within or ((0, len(passages)),)).rows.tolist()

    return rows


def test_a_function_word_weighs_little_beside_what_a_query_is_about(search):
    chatty = a_passage("How do I do what I do when you do it?", document_id="chatty")
    assert search("what do I do when I do not have a hub", chatty, HUB)[0] == 1


def test_a_code_is_worth_more_than_the_parts_of_it(search):
    parts = a_passage("Vitamin E is good at any age, even at 217 months.", document_id="parts")
    assert search("E-217", parts, PLUG)[0] == 1


def test_neighboring_words_are_worth_more_than_the_same_words_apart(search):
    apart = a_passage("The account was reset after the password of a guest expired.")
    beside = a_passage("The guest expired after the password reset of an account.")
    assert search("password reset", apart, beside)[0] == 1


def test_words_are_neighbors_across_function_words(search):
    apart = a_passage("The charge of a late customer brings a fee to them.")
    beside = a_passage("The customer brings them a fee for the late charge.")
    assert search("late charge", apart, beside)[0] == 1


@pytest.mark.parametrize("typed", ["refnud", "refud", "refumd", "refuund"])
def test_a_slip_in_a_word_that_no_passage_holds_still_finds_what_was_meant(search, typed):
    refund = a_passage("A refund takes five days.")
    assert search(typed, HUB, refund) == [1]


def test_a_slip_says_what_it_was_read_as(tmp_path):
    index = TantivyLexical(tmp_path)
    index.build("g1", [HUB, a_passage("A refund takes five days.")])
    assert index.read_as("g1", "a refnud, a hub and a xylophone") == {"refnud": ("refund",)}


@pytest.mark.parametrize("typed", ["rfn", "rexunz", "xefund", "refugee", "E217x"])
def test_a_word_that_is_no_slip_finds_nothing(search, typed):
    assert search(typed, HUB, a_passage("A refund takes five days.")) == []


WORDS = st.text("abc", min_size=1, max_size=6)


@given(one=WORDS, other=WORDS)
def test_one_slip_is_one_letter_more_less_or_other_or_two_swapped(one, other):
    letters = "abc"
    cuts = [(one[:n], one[n:]) for n in range(len(one) + 1)]
    near = {a + b[1:] for a, b in cuts if b}
    near |= {a + letter + b for a, b in cuts for letter in letters}
    near |= {a + letter + b[1:] for a, b in cuts if b for letter in letters}
    near |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    assert one_slip(one, other) == (other in near - {one})


def test_a_word_that_passages_hold_is_taken_as_it_is(search):
    assert search("charge", a_passage("A change."), a_passage("A charge.")) == [1]


def test_a_word_as_it_is_typed_is_worth_more_than_one_that_may_be_meant(search):
    near, exact = a_passage("A parcel is late."), a_passage("A parcle is late.")
    assert search("parcle", near, exact) == [1]


def test_rows_are_kept_within_parts_of_scopes_and_whole_ones_alike(search):
    scopes = [("a", 3), ("b", 1), ("c", 4), ("d", 2)]
    passages = [
        a_passage("same text", document_id=f"{name}{n}", products=(name,))
        for name, count in scopes
        for n in range(count)
    ]
    for within in (((0, 3), (4, 8)), ((1, 4), (7, 9)), ((2, 3),), ((3, 10),), ((0, 4), (8, 10))):
        kept = [row for start, stop in within for row in range(start, stop)]
        assert search("same", *passages, within=within) == kept[:9]


@pytest.mark.parametrize("within", [((0, 30),), ((5, 40),), ((0, 10), (20, 40)), ((35, 40),)])
@pytest.mark.parametrize("limit", [1, 5, 20, 40])
def test_a_filter_leaves_the_best_of_the_rows_it_keeps(tmp_path, within, limit):
    passages = [a_passage("error " * (n % 7 + 1) + "of a device " * 3) for n in range(40)]
    index = TantivyLexical(tmp_path)
    index.build("g1", passages)
    whole = index.search("g1", "an error", 40, ((0, 40),)).rows.tolist()
    kept = [row for row in whole if any(start <= row < stop for start, stop in within)]
    assert index.search("g1", "an error", limit, within).rows.tolist() == kept[:limit]


def test_a_mail_of_a_megabyte_is_a_query_like_any_other(search):
    mail = " ".join(f"word{number}" for number in range(110_000)) + " the hub, the hub"
    assert len(mail) > 1_000_000
    started = time.perf_counter()
    assert search(mail, *ALL)[0] == 0
    assert time.perf_counter() - started < 30


@pytest.mark.parametrize("word", ["x" * 100_000, "9" * 100_000, "a1" * 50_000, "今" * 100_000])
def test_an_endless_word_is_no_trouble_in_a_query_or_a_passage(search, word):
    assert search(f"{word} hub", *ALL)[0] == 0
    assert sorted(search("hub", a_passage(f"{word} hub"), PLUG, HUB)) == [0, 2]
