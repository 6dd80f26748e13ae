"""Two CEL libraries, one meaning: `celpy` reads our conditions, `cel` runs their comparisons."""

from dataclasses import replace
from math import isfinite
from typing import Any

from celpy.adapter import json_to_cel
from celpy.evaluation import CELEvalError
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assist.domain.facts import FactDeclaration
from assist.policies.condition_grammar import Checker, environment, parse
from assist.policies.condition_leaf import Leaf
from assist.policies.condition_program import Computation, compiled, text_literal
from assist.policies.values import MAX_INTEGER
from tests.policies.rules import TODAY

FACTS = {
    path: FactDeclaration.model_validate({"path": path, "type": kind})
    for path, kind in [
        ("i.a", "integer"), ("i.b", "integer"), ("n.a", "number"), ("n.b", "number"),
        ("t.a", "text"), ("t.b", "text"), ("d.a", "date"), ("d.b", "date"), ("b.a", "boolean"),
        ("m.a", "money"), ("m.b", "money"),
    ]
}  # fmt: skip
INTEGERS = st.one_of(
    st.integers(-7, 7),
    st.sampled_from([MAX_INTEGER, -MAX_INTEGER, MAX_INTEGER // 2, 2**53 + 1, 2**32]),
)
NUMBERS = st.one_of(
    st.sampled_from([0.0, -0.0, 1.5, -2.5, 1e308, -1e308, 5e-324, 2.0**53]),
    st.floats(allow_nan=False, allow_infinity=False),
)
TEXTS = st.one_of(
    st.sampled_from(
        ["a", "A", "straße", "e\u0301", "\u00e9", "\u0301", "😀", "\u200d", "\x00", "ﬁ"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6),
).filter(str.strip)
SIGNS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])


def _computed(leaves: st.SearchStrategy[str], signs: str) -> st.SearchStrategy[str]:
    return st.recursive(
        leaves,
        lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(signs), inner),
        max_leaves=4,
    )


INTEGER_PARTS = _computed(
    st.one_of(st.sampled_from(["i.a", "i.b", "-i.a", "days_since(d.a)"]), INTEGERS.map(str)),
    "+-*/%",
)
NUMBER_PARTS = _computed(
    st.one_of(
        st.sampled_from(["n.a", "n.b", "i.a", "-n.b"]),
        NUMBERS.filter(lambda n: 1e-300 < abs(n) < 1e300).map(lambda n: f"{n:.3f}"),
    ),
    "+-*/",
)
TEXT_PARTS = st.one_of(st.sampled_from(["t.a", "t.b"]), TEXTS.map(text_literal))
METHODS = st.sampled_from(["contains", "startsWith", "endsWith"])
LEAVES = st.one_of(
    st.builds("{} {} {}".format, INTEGER_PARTS, SIGNS, INTEGER_PARTS),
    st.builds("{} {} {}".format, NUMBER_PARTS, SIGNS, NUMBER_PARTS),
    st.builds("{} {} {}".format, INTEGER_PARTS, SIGNS, NUMBER_PARTS),
    st.builds("{} {} {}".format, TEXT_PARTS, st.sampled_from(["==", "!="]), TEXT_PARTS),
    st.builds("{}.{}({})".format, TEXT_PARTS, METHODS, TEXT_PARTS),
    st.builds("{} in [{}, {}]".format, TEXT_PARTS, TEXT_PARTS, TEXT_PARTS),
    st.builds("{} in [{}, {}]".format, INTEGER_PARTS, INTEGER_PARTS, NUMBER_PARTS),
    st.builds("d.a {} {}".format, SIGNS, st.sampled_from(["d.b", "'2026-02-28'"])),
    st.builds("m.a {} {}".format, SIGNS, st.sampled_from(["m.b", "money('0.01', 'GBP')"])),
    st.sampled_from(["b.a", "b.a == true", "b.a != false"]),
)
DATES = st.dates().map(lambda day: day.isoformat())
SUMS = st.integers(-300, 300).map(lambda n: {"amount": f"{n / 100:.2f}", "currency": "GBP"})
VALUES = {"i": INTEGERS, "n": NUMBERS, "t": TEXTS, "d": DATES, "b": st.booleans(), "m": SUMS}
KNOWN = st.fixed_dictionaries({path: VALUES[path[0]] for path in FACTS})


def _leaf(text: str) -> Leaf:
    node = Checker(FACTS).condition(parse(text))
    assert isinstance(node, Leaf)
    return node


class _Listening:
    """A program that remembers what it was run with."""

    def __init__(self) -> None:
        self.heard: dict[str, Any] = {}

    def execute(self, context: dict[str, Any] | None = None) -> Any:
        self.heard = dict(context or {})
        return True


def _by_celpy(leaf: Leaf, facts: dict[str, Any]) -> bool | None:
    """What `celpy` says to the very text that `cel` runs; none where it cannot compute it."""
    listening = _Listening()
    replace(leaf, computation=Computation(listening)).weigh(facts, TODAY)
    context = {name: json_to_cel(value) for name, value in listening.heard.items()}
    program: Any = leaf.computation.program
    try:
        tree = environment().compile(program.source)
        return bool(environment().program(tree).evaluate(context))
    except CELEvalError:
        return None


@settings(max_examples=200)
@given(text=LEAVES, facts=KNOWN)
def test_both_libraries_say_the_same_to_every_comparison(text: str, facts: dict[str, Any]) -> None:
    try:
        leaf = _leaf(text)
    except ValueError:  # it divides by zero or passes 64 bits as written: never run
        assume(False)
    ours = leaf.weigh(facts, TODAY)
    theirs = _by_celpy(leaf, facts)
    if ours.value is None:
        assert ours.missing == ()
        # Floats have infinities in CEL; we are stricter and call those unknown.
        assert theirs is None or leaf.computation.steps is not None
    else:
        assert theirs is ours.value


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_text_written_for_cel_is_read_back_as_it_was(value: str) -> None:
    written = text_literal(value)
    assert compiled(written).execute() == value
    assert environment().program(environment().compile(written)).evaluate({}) == value


@given(KNOWN, st.sampled_from(["n.a / n.b > 1.0", "n.a * n.b * n.a > 1.0", "n.a - n.b < 0.0"]))
def test_no_comparison_rests_on_an_infinity(facts: dict[str, Any], text: str) -> None:
    a, b = facts["n.a"], facts["n.b"]
    truth = _leaf(text).weigh(facts, TODAY)
    if "/" in text and b == 0:
        assert truth.problems == ("n.a / n.b > 1.0 divides by zero",)
        return
    steps = {"/": lambda: [a / b], "*": lambda: [a * b, a * b * a], "-": lambda: [a - b]}
    results = steps[text[4]]()
    if not all(map(isfinite, results)):
        assert truth.problems == (f"{_leaf(text).text} is too large to compute",)
        return
    assert truth.problems == ()
    assert truth.value is (results[-1] < 0.0 if "<" in text else results[-1] > 1.0)
