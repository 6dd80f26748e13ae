"""A policy's prose with the sentences of its rules marked, and conditions in words."""

from typing import Any

import pytest

from assist.web.pages.condition_words import in_words
from assist.web.pages.prose import blocks_of
from tests.policies.rules import FACTS, a_clause
from tests.web.policy_pages import links
from tests.web.test_pages import HOSTILE, Page


def test_prose_is_rendered_without_a_tag_or_an_address_of_its_own() -> None:
    text = (
        f"# Returns\n\n{HOSTILE}\n\n![p](https://e.example/p.png) [x](javascript:alert(1)) "
        "[y](//e.example) [z](https://e.example)\n"
    )

    blocks = blocks_of("Returns", text, ())

    found = Page("".join(block.html for block in blocks))
    tags = {tag for tag, _ in found.elements}
    assert tags == {"p", "a"}
    assert set(links(found)) == {"https://e.example/p.png", "https://e.example"}
    assert "<script>" in found.texts["p"]


def _marked(text: str, *sentences: str) -> tuple[str, list[tuple[int, ...]]]:
    clauses = [a_clause(f"returns.{n}", text=one) for n, one in enumerate(sentences, start=1)]
    blocks = blocks_of("Returns", text, clauses)
    return "".join(b.html for b in blocks), [tuple(s.number for s in b.sentences) for b in blocks]


def test_a_sentence_over_two_lines_is_marked_and_numbered() -> None:
    html, begun = _marked("First. A device\ncan be returned. Last.", "A device can be returned.")

    assert html == (
        '<p>First. <span id="s1"></span><mark>A device</mark>\n<mark>can be returned.</mark>'
        '<sup><a href="#returns.1" aria-label="Rule 1">1</a></sup> Last.</p>\n'
    )
    assert begun == [(1,)]


def test_sentences_are_numbered_as_they_come_and_stand_with_their_block() -> None:
    html, begun = _marked("One.\n\n- Two.\n- Three.\n\n## Four\n", "Three.", "One.", "Two.")

    assert begun == [(1,), (2, 3), ()]
    assert html.index('href="#returns.2"') < html.index('href="#returns.3"')
    assert html.index('href="#returns.3"') < html.index('href="#returns.1"')
    assert "<h3>Four</h3>" in html


def test_two_clauses_of_one_sentence_share_its_number() -> None:
    clauses = [a_clause(f"returns.{n}", text="One.") for n in (1, 2)]

    (block,) = blocks_of("Returns", "One.", clauses)

    assert [[c.id for c in s.clauses] for s in block.sentences] == [["returns.1", "returns.2"]]
    assert block.html.count("<mark>") == 1
    assert 'aria-label="Rules 1"' in block.html


def test_marks_never_overlap_other_elements() -> None:
    html, _ = _marked("A **bold start. And** more `code it` end.", "bold start. And** more `code")

    assert html == (
        '<p>A <strong><span id="s1"></span><mark>bold start. And</mark></strong>'
        "<mark> more </mark><code>code it</code> end.</p>\n"
    )


def test_a_sentence_inside_another_has_its_own_number() -> None:
    html, begun = _marked("A refund, and a credit.", "A refund, and a credit.", "a credit.")

    assert begun == [(1, 2)]
    assert html.index('aria-label="Rule 2"') < html.index('aria-label="Rule 1"')


def test_characters_that_we_mark_with_are_taken_out_of_the_prose() -> None:
    html, _ = _marked("One.\U000f0000\U000f0001 Two.", "Two.")

    assert html.startswith("<p>One. <span")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("true", ""),
        ("days_since(order.delivered_at) <= 30", "at most 30 days since order.delivered_at"),
        (
            "business_days_since(order.delivered_at) > 2",
            "more than 2 business days since order.delivered_at",
        ),
        ("order.paid == true", "order.paid: yes"),
        ("order.paid != true", "order.paid: no"),
        ("order.paid == false", "order.paid: no"),
        ("order.paid", "order.paid: yes"),
        ("device.state in ['worn', 'broken']", "device.state is worn or broken"),
        ("device.state in ['new', 'worn', 'broken']", "device.state is new, worn or broken"),
        ("device.state != 'new'", "device.state is not new"),
        ("order.items >= 3", "order.items is at least 3"),
        ("order.items == 0", "order.items is 0"),
        ("order.delivered_at < '2026-11-01'", "order.delivered_at is before 2026-11-01"),
        ("device.serial.startsWith('P2')", "device.serial starts with P2"),
        (
            "order.paid && (order.items < 3 || device.state == 'new')",
            "order.paid: yes and (order.items is less than 3 or device.state is new)",
        ),
        ("!(order.paid)", "not (order.paid: yes)"),
        ("order.items + 1 > 3", "order.items plus 1 is more than 3"),
        (
            "order.paid ? order.items > 1 : order.items > 2",
            "if order.paid: yes: order.items is more than 1; otherwise order.items is more than 2",
        ),
        ("order.total <= money('50.00', 'GBP')", "order.total is at most 50.00 GBP"),
        ("size(device.serial) > 3", None),
    ],
)
def test_a_condition_is_said_in_words(condition: str, words: str | None) -> None:
    assert in_words(condition, FACTS) == words


def test_facts_are_called_by_their_labels_and_choices_lose_their_underscores() -> None:
    changes: dict[str, dict[str, Any]] = {
        "device.state": {"label": "state of the device", "choices": ("like_new",)},
        "order.delivered_at": {"label": "delivery"},
    }
    facts = [fact.model_copy(update=changes.get(fact.path, {})) for fact in FACTS]

    assert in_words("device.state == 'like_new'", facts) == "state of the device is like new"
    assert in_words("days_since(order.delivered_at) == 3", facts) == (
        "exactly 3 days since delivery"
    )
