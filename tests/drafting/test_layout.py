"""Where a channel has a limit, sentences go whole, the least needed first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.draft import Sentence
from assist.drafting.channels import CHAT, LETTER, POST, SMS, Form, form_of
from assist.drafting.layout import Block, lay_out

MORE = Sentence(text="There is more.", kind="courtesy")


def a_block(*texts: str, **fields: object) -> Block:
    said = tuple(Sentence(text=text, kind="courtesy") for text in texts)
    return Block.model_validate({"sentences": said} | fields)


BLOCKS = st.lists(
    st.builds(
        a_block,
        st.text("ab ", min_size=1, max_size=90).map(lambda t: f"{t.strip()}."),
        st.text("cd ", min_size=1, max_size=90).map(lambda t: f"{t.strip()}."),
        style=st.sampled_from(["paragraph", "numbered", "bulleted"]),
        need=st.sampled_from(["must", "told", "open", "polite"]),
    ),
    max_size=12,
)


@given(BLOCKS, st.sampled_from([CHAT, SMS, POST]))
def test_a_limit_is_kept_and_every_sentence_stands_whole(blocks: list[Block], form: Form) -> None:
    draft = lay_out(blocks, form, MORE)
    assert form.characters is not None
    assert len(draft.text) <= form.characters
    assert all(sentence.text in draft.text for sentence in draft.sentences)
    assert not form.one_paragraph or "\n" not in draft.text


@given(BLOCKS)
def test_a_letter_leaves_nothing_out(blocks: list[Block]) -> None:
    draft = lay_out(blocks, LETTER, MORE)
    assert draft.sentences == tuple(s for block in blocks for s in block.sentences)


def test_what_is_polite_goes_before_what_is_told() -> None:
    blocks = [a_block("Thanks.", need="polite"), a_block("A fact.", need="told"), a_block("Bye.")]
    assert lay_out(blocks, Form(characters=20), MORE).text == "A fact.\n\nBye."


def test_steps_go_together_and_the_reply_says_that_there_is_more() -> None:
    lead = Sentence(text="Do this:", kind="courtesy")
    steps = a_block("Open the app.", "Press Save.", style="numbered", need="told", lead=lead)
    draft = lay_out([a_block("It is easy."), steps, a_block("Bye.")], Form(characters=40), MORE)
    assert draft.text == "It is easy.\n\nThere is more.\n\nBye."


@pytest.mark.parametrize(
    ("channel", "form"),
    [
        (None, LETTER), ("email", LETTER), ("Web form", LETTER), ("Live chat", CHAT),
        ("web_chat", CHAT), ("SMS", SMS), ("twitter", POST),
    ],
)  # fmt: skip
def test_a_channel_is_known_by_the_names_helpdesks_use(channel: str | None, form: Form) -> None:
    assert form_of(channel) == form


def test_what_is_polite_comes_back_where_leaving_out_the_facts_made_room() -> None:
    facts = a_block("A very long fact about a very long thing.", need="told")
    blocks = [a_block("Thanks.", need="polite"), facts, a_block("Bye.")]
    assert lay_out(blocks, Form(characters=40), MORE).text == "Thanks.\n\nThere is more.\n\nBye."
