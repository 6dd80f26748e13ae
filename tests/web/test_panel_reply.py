"""A draft laid out for the panel: no letter of it is lost, and every quote is found in its text."""

from hypothesis import given
from hypothesis import strategies as st

from assist.domain.draft import Citation, Draft, Sentence
from assist.web.pages.panel_reply import reply_of
from tests.builders import a_passage

WORDS = st.text(st.sampled_from("ab .\n"), min_size=1, max_size=12)


def a_sentence(text: str, *quotes: str) -> Sentence:
    cited = tuple(Citation(passage_id="d#1", document_id="d", quote=quote) for quote in quotes)
    return Sentence(text=text, kind="fact", support="supported", citations=cited)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, max_size=6), st.text("ab .\n", max_size=40))
def test_the_pieces_together_are_the_draft(said: list[str], between: list[str], other: str) -> None:
    text = "".join(a + b for a, b in zip(said, between, strict=False)) + other
    found = reply_of(Draft(text=text, sentences=tuple(map(a_sentence, said))), {})
    assert "".join(piece.text for piece in found.pieces) == text


def test_a_quote_of_two_sentences_is_one_source_and_stands_marked_in_its_passage() -> None:
    passage = a_passage("Wait.\nPress the\n  button twice. Then wait.", document_id="d")
    draft = Draft(
        text="Press it. Twice.",
        sentences=(
            a_sentence("Press it.", "Press the button twice."),
            a_sentence("Twice.", "Press the button twice.", "Not there at all."),
        ),
    )
    found = reply_of(draft, {"d#1": passage})
    assert [piece.sources for piece in found.pieces if piece.sentence] == [(1,), (1, 2)]
    first, second = found.sources
    assert (first.before, first.quote, first.after) == (
        "Wait.\n", "Press the\n  button twice.", " Then wait.",
    )  # fmt: skip
    assert second.quote == "Not there at all."


def test_of_a_passage_that_is_not_there_the_quote_stands_alone() -> None:
    draft = Draft(text="Press it.", sentences=(a_sentence("Press it.", "Press the button."),))
    (source,) = reply_of(draft, {}).sources
    assert (source.title, source.before, source.quote) == ("d", "", "Press the button.")
