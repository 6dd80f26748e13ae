"""Files as data with lines: where each part stands, and what is too much."""

import pytest
from pydantic import JsonValue

from assist.domain.completeness import TicketTemplate
from assist.errors import BadKnowledgeBase
from assist.policies.located import MAX_NODES, Page, load_page, place, suggestion

TEXT = """\
facts:
  - path: a
    choices: [x, y]

  - {path: b}
"""


def test_each_part_has_its_line_and_what_is_unknown_that_of_what_is_around_it() -> None:
    page = load_page("facts.yaml", TEXT)
    assert page.lines == {
        "facts": 1,
        "facts.0": 2,
        "facts.0.path": 2,
        "facts.0.choices": 3,
        "facts.0.choices.0": 3,
        "facts.0.choices.1": 3,
        "facts.1": 5,
        "facts.1.path": 5,
    }
    assert page.line(("facts", 1, "path")) == 5
    assert page.line(("facts", 1, "unit")) == 5
    assert page.line(("facts", 0, "choices", 7, "deeper")) == 3
    assert page.line(("levels", 0)) == 1
    assert page.line(()) == 1


def test_a_fault_names_the_part_and_its_line() -> None:
    page = load_page("facts.yaml", TEXT)
    fault = page.fault(("facts", 1), "is odd", cure="even it")
    assert (fault.where, fault.problem, fault.cure) == (
        "facts.yaml:5",
        "facts.1: is odd",
        "even it",
    )
    assert page.fault((), "is odd", cure="even it").problem == "is odd"


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", {}),
        ("# nothing\n", {}),
        ("a: 2026-02-30", {"a": "2026-02-30"}),
        ("a: 2026-02-03", {"a": "2026-02-03"}),
        ("a: [1, 1.5, true, null, x]", {"a": [1, 1.5, True, None, "x"]}),
        ("a: &x {b: 1}\nc: {<<: *x, d: 2}", {"a": {"b": 1}, "c": {"b": 1, "d": 2}}),
    ],
)
def test_a_file_is_read_as_plain_data(text: str, data: dict[str, JsonValue]) -> None:
    assert load_page("a.yaml", text).data == data


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("a: 1\n\nb: 'x", "a.yaml:3", "not YAML: found unexpected end of stream"),
        ("a: 1\n\tb: 1", "a.yaml:2",
         "not YAML: found character '\\t' that cannot start any token"),
        ("a: 1\nb: !nope 1", "a.yaml:2",
         "not YAML: could not determine a constructor for the tag '!nope'"),
        ("a: -.inf", "a.yaml:1", "not YAML: -inf is not a finite number"),
        ("a: .nan", "a.yaml:1", "not YAML: nan is not a finite number"),
        ("a: !!binary aGk=", "a.yaml:1",
         "not YAML: a bytes is neither text, number, list nor map"),
        ("a: 1\n2: b", "a.yaml:2", "the key '2' is not text"),
        ("a:\n  b: 1\n  b: 2", "a.yaml:3", "the key 'b' stands twice"),
        ("just words", "a.yaml:1", "must be `key: value` lines"),
    ],
)  # fmt: skip
def test_what_is_no_such_file_is_refused(text: str, where: str, problem: str) -> None:
    with pytest.raises(BadKnowledgeBase) as refused:
        load_page("a.yaml", text)
    assert (refused.value.where, refused.value.problem) == (where, problem)


def test_one_key_may_stand_in_two_maps() -> None:
    assert load_page("a.yaml", "a: {b: 1}\nb: {a: 2}").data == {"a": {"b": 1}, "b": {"a": 2}}


ENTRIES = f"a: &a [{', '.join('x' * 270)}]\n\nb: [{', '.join(['*a'] * 737)}]\n"
"""As many entries as there may be: the map, a list of 270, and a list of 737 such lists."""


def test_as_many_entries_as_there_may_be_are_read_and_one_more_is_not() -> None:
    assert MAX_NODES == 2 + 738 * 271
    assert len(load_page("a.yaml", ENTRIES).data) == 2
    with pytest.raises(BadKnowledgeBase) as refused:
        load_page("a.yaml", "c: 1\n" + ENTRIES)
    assert refused.value.problem == "stands for more than 200000 entries"
    assert refused.value.cure == "write out what the alias means"


@pytest.mark.parametrize(
    ("where", "file", "line"),
    [
        ("policies/a.md:12", "policies/a.md", 12),
        ("C:/kb/a.md:12", "C:/kb/a.md", 12),
        ("C:/kb/a.md", "C:/kb/a.md", 0),
        ("a.md", "a.md", 0),
        (":12", ":12", 0),
        ("a.md:", "a.md:", 0),
    ],
)
def test_a_place_is_a_file_and_a_line(where: str, file: str, line: int) -> None:
    assert place(where) == (file, line)


def test_a_cure_names_the_nearest_two_or_the_first_twelve() -> None:
    near = ("refunding", "refunds", "refund", "repair")
    assert suggestion("refun", near) == "did you mean refund or refunds?"
    assert suggestion("repare", near) == "did you mean repair?"
    many = tuple("abcdefghijklmn")
    assert suggestion("something", many) == "known: a, b, c, d, e, f, g, h, i, j, k, l and 2 more"


def test_a_page_without_lines_points_at_its_first() -> None:
    assert Page(name="a.md", data={}).fault(("x", 1), "y", cure="z").where == "a.md:1"


def test_what_a_rule_of_its_own_refuses_is_told_in_its_words() -> None:
    items = "items:\n  - {id: a, label: A, question: Q}\n"
    with pytest.raises(BadKnowledgeBase) as refused:
        load_page("ticket_template.yaml", items).read(TicketTemplate)
    assert refused.value.where == "ticket_template.yaml:2"
    assert refused.value.problem == (
        "items.0: needs exactly one of words, facts, tried, when_started, wanted"
    )
    assert refused.value.cure == "correct the value"
