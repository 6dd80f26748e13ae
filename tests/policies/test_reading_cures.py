"""What a reader of broken rules is told to write instead."""

import pytest

from assist.policies.reading import find_faults
from tests.policies.rules import a_policy_document, clause_with
from tests.policies.test_reading import complaint


@pytest.mark.parametrize(
    ("when", "cure"),
    [
        ("a.b and a.c or not a.d", "write && for and, || for or, ! for not"),
        ("a.b = 'this and that'", "write == for ="),
        ("a.b AND a.c", "write && for and"),
        ("a.b == 'not' == (", "correct the condition"),
    ],
)
def test_words_of_other_languages_in_a_condition_are_met_with_the_sign(
    when: str, cure: str
) -> None:
    fault = complaint({}, clauses=clause_with(when=when))
    assert "does not compile" in fault.problem
    assert fault.cure == cure


def test_a_colon_in_a_plain_text_is_told_what_to_do() -> None:
    fault = complaint({"facts.yaml": "facts:\n - {path: a, type: text}\nnote: so: it is\n"})
    assert fault.where == "facts.yaml:3"
    assert fault.cure == (
        "a text with a colon in it: put it in quotes, or below a line that ends in >-"
    )
    assert complaint({"facts.yaml": "facts: ["}).cure == "correct it"


def test_where_an_id_stands_already_is_said_by_file_and_line() -> None:
    fault = complaint({}, clauses=clause_with() * 2)
    assert "'returns.window' also stands in returns.md:9" in fault.problem
    (twice,) = (f for f in find_faults({}, (a_policy_document(), a_policy_document()))
                if "the policy" in f.problem)  # fmt: skip
    assert twice.problem == "id: the policy 'returns' also stands in returns.md:1"
    assert twice.cure == (
        "give every policy its own id; a new edition has one too and names the old one in "
        "supersedes"
    )
