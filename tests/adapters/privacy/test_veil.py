import json
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.adapters.privacy.redactor import PatternRedactor
from assist.domain.ticket import Ticket
from assist.errors import BadSetting
from assist.ports.words import Restored, Veil
from assist.understanding.customer_values import known_values
from tests.adapters.privacy.test_redaction import KNOWN, PIECES

STANDARD = PatternRedactor()
STRICT = PatternRedactor("strict")
BENT = ["<EMAIL 1>", "<email_1>", "EMAIL_1", "<EMAIL_9>", "[EMAIL_1]", "<EMAIL_1", "_1>", "<EMA"]
TEXTS = st.lists(
    st.sampled_from([*PIECES, *BENT, "<", ">", "<LITERAL_1>", "EMAIL", "_", "1", "5550119"])
    | st.text(alphabet="a1 .-@:/+()<>_,\n\x00éNEMAIL\\[]{}", max_size=6)
    | st.text(max_size=3),
    max_size=12,
).map("".join)


def veil(redactor: PatternRedactor = STANDARD) -> Veil:
    return redactor.veil(KNOWN)


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.sampled_from([STANDARD, STRICT]))
def test_what_was_hidden_comes_back_exactly(texts: list[str], redactor: PatternRedactor) -> None:
    one = veil(redactor)
    hidden = [one.hide(text) for text in texts]

    assert [one.restore(text) for text in hidden] == [Restored(text, ()) for text in texts]


@given(TEXTS)
def test_a_hidden_text_survives_json(text: str) -> None:
    one = veil()
    sent = json.loads(json.dumps({"text": one.hide(text)}))["text"]

    assert one.restore(sent) == Restored(text, ())


@given(TEXTS)
def test_the_same_text_is_hidden_in_the_same_way(text: str) -> None:
    one = veil()
    once = one.hide(text)

    assert one.hide(text) == once


@pytest.mark.parametrize("value", [*KNOWN, "4111 1111 1111 1111", "DE89370400440532013000"])
@given(before=TEXTS, after=TEXTS)
def test_no_value_with_a_shape_or_known_is_in_what_is_sent(
    value: str, before: str, after: str
) -> None:
    hidden = veil().hide(f"{before} {value} {after}")

    assert f" {value} " not in f" {hidden} "


def test_a_value_has_one_number_in_all_texts_and_each_spelling_its_own_placeholder() -> None:
    one = veil()

    assert one.hide("Write to bo@example.com or BO@example.com") == (
        "Write to <EMAIL_1> or <EMAIL_1_2>"
    )
    assert one.hide("bo@example.com, cy@example.com") == "<EMAIL_1>, <EMAIL_2>"


def test_a_number_is_hidden_again_where_no_word_tells_what_it_is() -> None:
    one = veil()

    assert one.hide("My phone: 555 0119") == "My phone: <PHONE_1>"
    assert one.hide("It is 555-0119, as I said") == "It is <PHONE_1_2>, as I said"


def test_what_a_customer_wrote_like_a_placeholder_is_not_taken_for_one() -> None:
    one = veil()
    hidden = one.hide("<EMAIL_1> is what I see, not bo@example.com")

    assert hidden == "<LITERAL_1> is what I see, not <EMAIL_1>"
    assert one.restore(hidden).text == "<EMAIL_1> is what I see, not bo@example.com"


@pytest.mark.parametrize(
    "bent",
    [
        "<EMAIL 1>",
        "<email_1>",
        "<Email_1>",
        "EMAIL_1",
        "email_1",
        "<EMAIL_9>",
        "<EMAIL_1_7>",
        "<ORDER_1>",
        "<EMAIL_1",
        "EMAIL_1>",
        "[EMAIL_1]",
        "[email 1]",
        "{EMAIL-1}",
        "< EMAIL_1 >",
        "<EMAIL\\_1>",
        "&lt;EMAIL_1&gt;",
        "<EMAIL>",
        "<EMAI",
        "AIL_1>",
        "<EMAIL_",
    ],
)
def test_a_bent_placeholder_is_reported_and_not_restored(bent: str) -> None:
    one = veil()
    one.hide("bo@example.com")
    restored = one.restore(f"We wrote to <EMAIL_1> and {bent} today.")

    assert restored.text == f"We wrote to bo@example.com and {bent} today."
    assert len(restored.mangled) == 1
    assert restored.mangled[0] in bent


@given(st.text(alphabet="<>EMAIL_12 emailx", max_size=20))
def test_only_an_exact_placeholder_gives_a_value(text: str) -> None:
    one = veil()
    one.hide("bo@example.com")

    assert one.restore(text).text.count("bo@example.com") == text.count("<EMAIL_1>")


@pytest.mark.parametrize(
    "text",
    [
        "Please email us or phone 24 hours a day.",
        "Your card, name and address stay as they are: 1 item, 2 < 3 > 1.",
        "Use the [link] and **bold** text in step 1.",
    ],
)
def test_plain_replies_hold_nothing_mangled(text: str) -> None:
    assert veil().restore(text) == Restored(text, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("send it to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "WALLET"),
        ("mine is AB 12 34 56 C", "TAX"),
        ("mine is MORGA753116SM9IJ", "LICENSE"),
        ("mine is 12345678Z", "TAX"),
        ("mine is RSSMRA85T10A562S", "TAX"),
    ],
)
def test_numbers_with_a_checksum_or_a_rare_shape_need_no_word(text: str, kind: str) -> None:
    assert f"<{kind}_1>" in STANDARD.veil({}).hide(text)


def test_a_number_across_the_edge_of_a_window_is_found() -> None:
    wallet = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"
    one = STANDARD.veil({})

    for edge in (10_000, 9_600):
        for start in range(edge - 40, edge + 5, 4):
            assert wallet not in one.hide("a " * (start // 2) + wallet + " b" * 6_000)


def test_strict_takes_names_orders_and_links_along() -> None:
    hidden = STRICT.veil({}).hide(
        "My name is Bo Berg, order FW-20418, 1234567. See https://example.com/help."
    )

    assert hidden == "My name is <PERSON_1>, order <REFERENCE_1>, <REFERENCE_2>. See <URL_1>."


def test_standard_leaves_orders_and_plain_links() -> None:
    text = "Order FW-20418 of Bo Berg. See https://example.com/help."

    assert STANDARD.veil({}).hide(text) == text


def test_off_hides_nothing() -> None:
    one = PatternRedactor("off").veil(KNOWN)

    assert one.hide("<EMAIL_1> ana@home.test") == "<EMAIL_1> ana@home.test"
    assert one.restore("<EMAIL_1>") == Restored("<EMAIL_1>", ())


def test_what_the_ticket_states_is_known() -> None:
    ticket = Ticket.model_validate(
        {
            "text": "Hi",
            "customer": {"name": "Ana Lima", "email": "ana@home.test", "phone": "5550119"},
            "facts": {"customer": {"address": "4 Mill Lane"}, "order.postcode": "N1 9GU", "a": 1},
        }
    )

    assert known_values(ticket) == {
        "Ana Lima": "NAME",
        "ana@home.test": "EMAIL",
        "5550119": "PHONE",
        "4 Mill Lane": "ADDRESS",
        "N1 9GU": "ADDRESS",
    }


def test_a_model_that_is_not_there_is_said() -> None:
    with pytest.raises(BadSetting, match="no spaCy model 'nowhere_md'"):
        PatternRedactor("strict", "nowhere_md").load()


@pytest.mark.parametrize("piece", ["12345678Z ", "1.1.1.1 ", "EMAIL_1 ", "a"])
def test_a_million_characters_take_seconds(piece: str) -> None:
    """1.5 to 2.7 s on a shared core; what backtracks would take hours."""
    one = veil()
    text = (piece * 1_000_000)[:1_000_000]
    one.hide("so that nothing is loaded below")
    started = time.process_time()

    assert one.restore(one.hide(text)) == Restored(text, ())
    assert time.process_time() - started < 60  # in quadratic time it takes many minutes


def test_presidio_is_not_imported_before_a_veil_reads() -> None:
    code = (
        "import sys; from assist.adapters.privacy.redactor import PatternRedactor as P;"
        "r = P(); assert r.redact('a@example.com', {}) == '<EMAIL_1>';"
        "P('off').veil({}).hide('a'); r.veil({});"
        "print([m for m in ('presidio_analyzer', 'spacy', 'torch') if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "[]"
