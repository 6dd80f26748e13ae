"""Passages are verbatim, cover their document, fit the embedder and follow its structure."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.adapters.embedding.embedder import SentenceEmbedder
from assist.domain.knowledge import Document
from assist.retrieval.blocks import blocks
from assist.retrieval.chunking import chunk
from tests.compiled_models import compiled_models
from tests.fake_embedder import ToyEmbedder

TOY = ToyEmbedder()
REAL = SentenceEmbedder(compiled=compiled_models())
"""Its word pieces only: no model is loaded for them."""
LINES = st.sampled_from(
    [
        "",
        "   ",
        "# Title",
        "## Reset the hub",
        "### A heading of many words that says a lot about what comes below it and then some more",
        "Underlined",
        "=====",
        "---",
        "- An entry of a list",
        "  - a nested one",
        "1. A numbered step.",
        "  what belongs to an entry",
        "| Code | Meaning |",
        "|---|---|",
        "| E-217 | Too warm. |",
        "```",
        "    indented = code()",
        "A sentence. Another one! And a third? Yes.",
        "Do this:",
        "a line without an end",
        "x" * 300,
        "naïve “quotes” 北京 😀",
        "\x00\x07",
        "\r",
    ]
)
MARKDOWN = st.lists(LINES, max_size=60).map("\n".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=400
)
TITLES = st.sampled_from(["", "Title", "word " * 100, "y" * 5000])


def a_document(text: str, **fields) -> Document:
    return Document.model_validate({"id": "doc", "text": text} | fields)


def passages(text: str, limit: int = 256, **fields):
    return chunk(a_document(text, **fields), TOY.pieces, limit)


def words(count: int, word: str = "word") -> str:
    return " ".join([word] * count)


def in_headings(text: str) -> set[int]:
    return {i for b in blocks(text) if b.kind == "heading" for i in range(b.start, b.end)}


@settings(max_examples=150, deadline=None)
@given(text=MARKDOWN, title=TITLES, limit=st.sampled_from([16, 32, 64, 256]))
@pytest.mark.parametrize("pieces", [TOY.pieces, REAL.pieces], ids=["toy", "real"])
def test_every_word_is_in_exactly_one_passage_that_fits_and_is_verbatim(pieces, text, title, limit):
    found = chunk(a_document(text, title=title), pieces, limit)
    covered = [i for p in found for i in range(p.start, p.end)]
    assert covered == sorted(set(covered))
    needed = {i for i, c in enumerate(text) if not c.isspace()} - in_headings(text)
    assert needed <= set(covered)
    for position, passage in enumerate(found):
        assert passage.text == text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
        assert passage.position == position
        assert len(pieces(passage.reading)) + 2 <= limit
    assert len({p.id for p in found}) == len(found)
    assert chunk(a_document(text, title=title), pieces, limit) == found


@settings(max_examples=100, deadline=None)
@given(text=MARKDOWN)
def test_every_word_of_a_heading_is_read_with_some_passage(text):
    read = " ".join(passage.reading for passage in passages(text))
    for block in blocks(text):
        assert block.heading in read


@pytest.mark.parametrize("text", ["", "  \n\t\n "])
def test_an_empty_text_has_no_passage(text):
    assert passages(text, title="Title") == ()


def test_a_passage_has_the_path_of_headings_above_it():
    text = (
        f"# The hub\n{words(30)}.\n## Reset\n{words(30)}.\n### By app\n{words(30)}.\n"
        f"## Care\n{words(30)}.\n# Plugs\n{words(30)}.\n"
    )
    assert [passage.headings for passage in passages(text, title="Manual")] == [
        ("The hub",),
        ("The hub", "Reset"),
        ("The hub", "Reset", "By app"),
        ("The hub", "Care"),
        ("Plugs",),
    ]


def test_an_underlined_line_is_a_heading_and_a_sentence_above_a_rule_is_not():
    text = f"Care\n====\n{words(20)}.\n\nThis is a sentence.\n---\nMore."
    (passage,) = passages(text)
    assert passage.headings == ("Care",)
    assert "This is a sentence." in passage.text


def test_marks_of_headings_inside_code_are_code():
    text = f"# Script\n{words(20)}\n```\n# not a heading\n\nrun\n```\n"
    (passage,) = passages(text)
    assert passage.headings == ("Script",)
    assert "# not a heading" in passage.text


def test_sections_are_not_mixed_unless_one_is_tiny():
    apart = passages(f"# A\n{words(30)}.\n# B\n{words(30)}.\n")
    assert [passage.headings for passage in apart] == [("A",), ("B",)]
    (joined,) = passages(f"# A\n{words(5)}.\n# B\n{words(30)}.\n")
    assert joined.headings == ()
    assert joined.text.startswith("# A\n")
    assert "# B\n" in joined.text


def test_a_tiny_section_does_not_join_another_chapter():
    text = f"# A\n## Part\n{words(5)}.\n# B\n{words(30)}.\n"
    assert [p.headings for p in passages(text)] == [("A", "Part"), ("B",)]


def test_a_joined_section_does_not_reach_back_over_its_chapter():
    text = f"# A\n{words(30)}.\n## Empty\n# B\n{words(30)}.\n"
    first, second = passages(text)
    assert first.headings == ("A",)
    assert second.text.startswith("## Empty\n# B\n")


def test_a_heading_with_nothing_below_it_is_text():
    (passage,) = passages(f"# Questions\n## Is it safe?\n## Is it fast?\n{words(30)}.\n")
    assert passage.headings == ("Questions",)
    assert passage.text.startswith("## Is it safe?")


def test_small_blocks_of_a_section_are_packed_evenly():
    sizes = [len(TOY.pieces(p.text)) for p in passages("\n\n".join([words(59) + "."] * 9))]
    assert sizes == [180, 180, 180]


def test_a_section_a_little_over_the_aim_stays_whole():
    assert len(passages("\n\n".join([words(49) + "."] * 5))) == 1


def test_a_list_that_fits_stays_whole_with_the_line_that_announces_it():
    steps = "\n".join(f"{n}. {words(18)}." for n in range(1, 10))
    text = f"{words(60)}.\n\nDo this:\n\n{steps}\n\n{words(60)}."
    holding = [passage for passage in passages(text) if "Do this:" in passage.text]
    assert len(holding) == 1
    assert steps in holding[0].text


def test_a_label_of_exported_text_stays_with_what_it_is_above():
    text = "\n\n\n".join([f"{words(150)}.", " Run applications", f"{words(150)}."])
    assert [p.text.split()[0] for p in passages(text)] == ["word", "Run"]


def test_a_long_list_is_cut_between_its_entries():
    entries = [f"- {words(20)}\n  {words(10, 'more')}." for _ in range(20)]
    found = passages("\n".join(entries))
    assert len(found) > 2
    assert all(p.text.startswith("- word") and p.text.endswith("more.") for p in found)


def test_an_entry_keeps_what_is_nested_below_it():
    entry = f"- {words(20)}\n  - {words(20, 'nested')}"
    found = passages("\n".join([entry] * 12))
    assert len(found) > 1
    assert all(p.text.startswith("- word") for p in found)


def test_a_long_table_is_cut_between_rows_and_names_its_columns():
    rows = "\n".join(f"| E-{n} | {words(12)} |" for n in range(40))
    found = passages(f"# Codes\n\n| Code | Meaning |\n|---|---|\n{rows}\n")
    assert len(found) > 2
    assert found[0].headings == ("Codes",)
    assert {p.headings for p in found[1:]} == {("Codes", "Code, Meaning")}
    assert all(re.fullmatch(r"(\|.*\|\n?)+", p.text) for p in found)


def test_long_prose_is_cut_between_sentences():
    found = passages(" ".join([words(30) + " end."] * 30))
    assert len(found) > 3
    assert all(p.text.endswith("end.") for p in found)


def test_a_long_sentence_is_cut_between_words():
    found = passages(words(1000))
    assert len(found) > 3
    assert {word for p in found for word in p.text.split()} == {"word"}


@pytest.mark.parametrize("pieces", [TOY.pieces, REAL.pieces], ids=["toy", "real"])
def test_a_word_of_100_kilobytes_is_cut_inside_itself(pieces):
    found = chunk(a_document("x7" * 50_000), pieces, 256)
    assert "".join(p.text for p in found) == "x7" * 50_000
    assert max(len(p.text) for p in found) < 6000


def test_outer_headings_give_way_where_the_path_is_long():
    headings = [f"{'#' * level} {words(20, f'level{level}')}" for level in range(1, 7)]
    found = passages("\n".join([*headings, words(100)]))
    assert [h.split()[0] for h in found[-1].headings] == ["level4", "level5", "level6"]


def test_a_heading_of_a_paragraph_s_length_is_text():
    long = words(40, "long")
    (passage,) = passages(f"# {long}\n{words(30)}.")
    assert passage.headings == ()
    assert long in passage.text


def test_a_passage_is_named_by_its_text_and_repeats_are_counted():
    text = "\n\n".join(f"# {name}\n{words(30)}." for name in "ABC")
    first, second, third = passages(text)
    assert re.fullmatch(r"doc#[0-9a-f]{10}", first.id)
    assert [second.id, third.id] == [f"{first.id}-2", f"{first.id}-3"]
    moved = passages(f"# New\n{words(30, 'new')}.\n" + text)[1]
    assert moved.id == first.id


def test_a_passage_has_what_its_document_says_of_itself():
    given_ = {
        "title": "Returns",
        "kind": "policy",
        "audience": "internal",
        "language": "en-GB",
        "regions": ("UK",),
        "products": ("hub",),
        "tiers": ("gold",),
        "effective": "2026-01-01",
        "expires": "2027-01-01",
    }
    document = a_document("Thirty days.", **given_)
    (passage,) = chunk(document, TOY.pieces, 256)
    assert {name: getattr(passage, name) for name in given_} == {
        name: getattr(document, name) for name in given_
    }


def test_windows_line_ends_make_the_same_blocks():
    text = f"# A\n{words(30)}.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n"
    kinds = [block.kind for block in blocks(text)]
    assert kinds == ["heading", "paragraph", "list", "table"]
    assert [block.kind for block in blocks(text.replace("\n", "\r\n"))] == kinds
