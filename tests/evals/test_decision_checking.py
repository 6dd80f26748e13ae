"""Decision cases against the company they are about: what it cannot be asked."""

from pathlib import Path
from typing import Any

import pytest

from assist.errors import BadInput
from evals.decisions.checking import faults
from evals.decisions.company import Company, read_company
from evals.decisions.files import load_decisions
from evals.decisions.run import run_decisions
from evals.decisions.situation import situation
from evals.running.asked import Asked
from evals.suites import ROOT, load_suite
from tests.evals.decision_builders import DATA, SHOP, WINDOW, a_case, decision, read


@pytest.fixture(scope="module")
def shop() -> Company:
    """The small company that the cases of these tests are about."""
    return read_company(DATA / "shop")


def test_a_region_is_fact_and_scope_however_it_is_given(shop: Company) -> None:
    by_name = situation(decision(region="UK"), shop.policy_set)
    by_fact = situation(decision(facts={"customer.region": "UK"}), shop.policy_set)
    assert (by_name["region"], by_name["facts"]["customer.region"]) == ("UK", "UK")
    assert by_fact["region"] == "UK"
    assert by_name["tier"] is None


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({}, None),
        ({"level": "boss"}, "level: there is no level 'boss' (known: agent, lead)"),
        (
            {"expect": {"verdict": "needs_approval", "level": "laed"}},
            "expect.level: there is no level 'laed' (did you mean lead?)",
        ),
        (
            {"facts": {"order.deliverd_at": "2026-03-01"}},
            (
                "facts.order.deliverd_at: there is no fact 'order.deliverd_at' "
                "(did you mean order.delivered_at?)"
            ),
        ),
        (
            {"facts": {"jug.cracked": "no"}},
            "facts.jug.cracked: 'no' is no value of the fact jug.cracked (a value of type boolean)",
        ),
        ({"facts": {"jug.cracked": None}}, "None is no value of the fact jug.cracked"),
        ({"facts": {"customer.region": "EU"}}, "(one of US, UK)"),
        ({"region": "EU"}, "region: 'EU' is no value of customer.region (one of US, UK)"),
        (
            {"region": "US", "facts": {"customer.region": "UK"}},
            "region: is US, and the fact customer.region says otherwise (give it once)",
        ),
        (
            {"expect": {"verdict": "unknown", "facts": ["jug.age"]}},
            "expect.facts: there is no fact 'jug.age'",
        ),
        ({"actions": [{"kind": "refnud"}]}, "actions.0.kind: there is no action 'refnud'"),
        ({"actions": [{"kind": "escalate"}]}, None),
        (
            {"granted": [{"action": "filters", "days_ago": 1}]},
            "granted.0.action: there is no action 'filters' (did you mean filter?)",
        ),
        (
            {"granted": [{"action": "filter", "at": "2026-03-11"}]},
            "granted.0.at: is after the case",
        ),
        ({"granted": [{"action": "filter", "at": "2026-03-10"}]}, None),
        ({"granted": "unknown"}, None),
        (
            {"expect": {"verdict": "forbidden", "alternative": {"kind": "filtr"}}},
            "expect.alternative.kind: there is no action 'filtr'",
        ),
        (
            {"actions": [{"kind": "refund", "parameters": {"sum": "1"}}]},
            "actions.0.parameters.sum: there is no parameter of refund 'sum' (known: amount)",
        ),
        (
            {"actions": [{"kind": "filter", "parameters": {"sum": "1"}}]},
            "actions.0.parameters.sum: there is no parameter of filter 'sum' (remove it)",
        ),
        (
            {"actions": [{"kind": "refund", "parameters": {"amount": 20}}]},
            "actions.0.parameters.amount: Decimal('20') is not of type money",
        ),
        (
            {"expect": {"verdict": "allowed", "sentence": WINDOW, "policy": "return"}},
            "expect.policy: there is no policy 'return' (did you mean returns?)",
        ),
        (
            {"expect": {"verdict": "allowed", "sentence": WINDOW, "policy": "authority"}},
            "is not in the prose",
        ),
        (
            {"expect": {"verdict": "allowed", "sentence": "A jug can be returned in 14 days."}},
            (
                "expect.sentence: 'A jug can be returned in 14 days.' is not in the prose "
                f"(did you mean {WINDOW!r}?)"
            ),
        ),
        (
            {"expect": {"verdict": "allowed", "sentence": "Nobody pays for tea."}},
            "(copy it word for word)",
        ),
        ({"expect": {"verdict": "allowed", "sentence": "After 14 days\n  no money"}}, None),
    ],
)
def test_a_case_that_does_not_fit_the_company_is_named_with_the_cure(
    tmp_path: Path, shop: Company, changed: dict[str, Any], problem: str | None
) -> None:
    found = [str(fault) for fault in faults(read(tmp_path, a_case(**changed)), shop)]
    if problem is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(f"{tmp_path}/a.yaml:")
        assert problem in found[0]


def test_a_run_of_cases_that_do_not_fit_counts_the_other_faults(tmp_path: Path) -> None:
    read(tmp_path, a_case(level="boss"), a_case(id="b", level="chief"), a_case(id="c"))
    suite = SHOP.model_copy(update={"cases": (str(tmp_path),)})
    with pytest.raises(BadInput) as caught:
        run_decisions(Asked(name="s", suite=suite))
    assert "there is no level 'boss' (and 1 more like it)" in str(caught.value)


def test_a_broken_corpus_is_refused(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text("facts: 3", encoding="utf-8")
    with pytest.raises(BadInput, match="facts"):
        read_company(tmp_path)


def test_the_version_of_a_company_changes_with_what_was_read(tmp_path: Path, shop: Company) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    for file in (DATA / "shop" / "policies").iterdir():
        (policies / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("facts", "actions", "authority"):
        text = (DATA / "shop" / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert read_company(tmp_path).policy_set.version == shop.policy_set.version
    with (tmp_path / "facts.yaml").open("a", encoding="utf-8") as file:
        file.write("# a word\n")
    assert read_company(tmp_path).policy_set.version != shop.policy_set.version


@pytest.mark.parametrize("name", ["decisions", "unseen"])
def test_every_packaged_case_fits_its_company(name: str) -> None:
    suite = load_suite(name)
    folder = ROOT / suite.cases[0]
    if not any(folder.glob("*.yaml")):
        pytest.skip(f"no cases of {name} have been written")
    assert suite.kind == "decisions"
    company = read_company(ROOT / suite.corpus)
    assert [str(fault) for fault in faults(load_decisions(folder), company)] == []
