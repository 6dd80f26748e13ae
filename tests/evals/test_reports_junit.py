"""The JUnit XML of a run: what a CI reads of it."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from evals.reports.junit import junit
from tests.evals.reporting import (
    GATED,
    a_poor_run,
    a_trial,
)
from tests.evals.run_builders import a_run

SCHEMA = Path(__file__).parents[1] / "data" / "evals" / "junit.xsd"


@pytest.fixture(scope="module")
def cases() -> "etree._Element":
    """The JUnit document of the poor run, of the usual shape."""
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    document = etree.fromstring(junit(a_poor_run()).encode())
    schema.assertValid(document)
    return document


def ended(cases: "etree._Element") -> dict[tuple[str, str], str]:
    """(scorer, case) -> how its test case ended."""
    found = {}
    for case in cases.iter("testcase"):
        scorer = case.get("classname").rpartition(".")[2]
        tags = [one.tag for one in case]
        found[scorer, case.get("name")] = tags[0] if tags else ""
    return found


def test_every_case_and_scorer_is_a_test_case_that_ends_as_it_scored(
    cases: "etree._Element",
) -> None:
    assert ended(cases) == {
        ("gate", "reason 1"): "failure",
        ("outcome", "fine"): "system-out",
        ("outcome", "harmful"): "system-out",
        ("outcome", "unjudged"): "error",
        ("outcome", "nothing"): "system-out",
        ("integrity", "fine"): "system-out",
        ("integrity", "harmful"): "failure",
        ("integrity", "unjudged"): "system-out",
        ("integrity", "nothing"): "skipped",
        ("wording", "fine"): "skipped",
        ("wording", "harmful"): "system-out",
        ("wording", "unjudged"): "skipped",
        ("wording", "nothing"): "skipped",
    }


def test_counts_are_those_of_the_cases_and_a_failure_names_its_harm(
    cases: "etree._Element",
) -> None:
    counted = Counter(ended(cases).values())
    assert int(cases.get("tests")) == sum(counted.values())
    assert int(cases.get("failures")) == counted["failure"]
    assert int(cases.get("errors")) == counted["error"]
    assert sum(int(one.get("skipped")) for one in cases) == counted["skipped"]
    assert float(cases.get("time")) == pytest.approx(1.26)
    failure = cases.find(".//testcase[@name='harmful']/failure")
    assert failure.get("type") == "BreachOfIntegrity"
    assert "<script>" in failure.text
    assert "\x07" not in failure.text


def test_a_run_that_passes_has_a_gate_that_passes() -> None:
    document = etree.fromstring(junit(a_run([a_trial("fine")], GATED)).encode())
    assert (document.get("failures"), document.get("errors")) == ("0", "0")
