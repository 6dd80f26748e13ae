"""A canned reply is sent as it stands, unless it claims what nobody has done."""

from assist.drafting.macros import macro_blocks, usable_macro
from tests.builders import a_passage

ASKING = """Hello {name},

Thank you for your message.
Every order number starts with FW- and has five digits.

1. Open the app.
2. Answer this message with the number.

Kind regards
{agent}"""


def test_its_words_are_taken_verbatim_and_cited_without_greeting_and_sign_off() -> None:
    macro = usable_macro((a_passage(ASKING, macro=True),))
    assert macro is not None
    said = [s for block in macro_blocks(macro) for s in block.sentences]
    assert [s.text for s in said] == [
        "Thank you for your message.",
        "Every order number starts with FW- and has five digits.",
        "Open the app.",
        "Answer this message with the number.",
    ]
    assert [s.kind for s in said] == ["courtesy", "fact", "fact", "fact"]
    assert all(s.citations[0].quote in ASKING for s in said if s.kind == "fact")


def test_a_macro_that_says_that_something_was_done_is_not_used() -> None:
    for claim in ("We have blocked your account.", "Your label has been mailed.", "I asked them."):
        assert usable_macro((a_passage(ASKING + f"\n\n{claim}", macro=True),)) is None


def test_a_macro_with_a_hole_in_a_sentence_is_not_used() -> None:
    holed = a_passage("Dear {name},\n\nYour order {order_id} will arrive on Monday.", macro=True)
    assert usable_macro((holed,)) is None
