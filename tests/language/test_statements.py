import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.language.statements import fold, plain, statements

ARTICLE = """Your order ships in 2 days. See [our page](https://example.com/p).

1. Press the **button** for 5 seconds.
2. Wait until the light
   turns green.

| LED | Meaning |
|---|---|
| red | offline |

- A first thing.
- A second `thing`.

## A heading
"""


def test_sentences_steps_rows_and_items_are_told_apart() -> None:
    forms = [(s.form, s.text) for s in statements(ARTICLE)]
    assert forms == [
        ("sentence", "Your order ships in 2 days."),
        ("sentence", "See our page."),
        ("step", "Press the button for 5 seconds."),
        ("step", "Wait until the light turns green."),
        ("row", "LED: red; Meaning: offline"),
        ("item", "A first thing."),
        ("item", "A second thing."),
    ]


def test_the_steps_of_one_list_share_a_group_and_other_blocks_do_not() -> None:
    groups = {s.text: s.group for s in statements(ARTICLE)}
    first, second = (
        groups["Press the button for 5 seconds."],
        groups["Wait until the light turns green."],
    )
    assert first == second
    assert groups["A first thing."] not in (first, groups["LED: red; Meaning: offline"])


def test_a_label_on_its_own_line_is_not_glued_to_the_sentence_below() -> None:
    assert [s.text for s in statements("Wireless charging\nPlace the phone on the pad.")] == [
        "Wireless charging",
        "Place the phone on the pad.",
    ]


def test_marks_go_and_words_and_numbers_stay() -> None:
    assert plain("**Hold** the `A_B` key for *5* s, see [here](http://x)") == (
        "Hold the A_B key for 5 s, see here"
    )


@given(st.text(alphabet=st.sampled_from("ab 1.|-*#\n[]()!?"), max_size=200))
def test_every_quote_stands_in_its_source(text: str) -> None:
    assert all(fold(s.quote) in fold(text) for s in statements(text))


MACRO = """Hello {name},

thank you for your patience.
Your parcel {number} is on its way.
It leaves the warehouse today.

1. Keep the box.
2. Write to {team}.

Kind regards,
{agent}
"""


def test_of_a_macro_only_what_needs_no_filling_in_is_stated() -> None:
    assert [s.text for s in statements(MACRO)] == [
        "thank you for your patience.",
        "It leaves the warehouse today.",
        "Keep the box.",
    ]


@pytest.mark.parametrize(
    "line",
    ["Hello Ana,", "Dear customer", "Good morning!", "Best wishes", "Many thanks,", "Cordialement"],
)
def test_a_line_that_only_greets_or_signs_off_states_nothing(line: str) -> None:
    said = statements(f"{line}\nThe hub is online.")
    assert [s.text for s in said] == ["The hub is online."]


@pytest.mark.parametrize(
    "line",
    ["Thank you for your order.", "Best of all, it is free.", "Hello is what the doorbell says."],
)
def test_a_sentence_that_begins_like_a_greeting_is_a_statement(line: str) -> None:
    assert [s.text for s in statements(line)] == [line]
