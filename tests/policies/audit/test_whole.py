"""All findings together, and as the log that code hosts read."""

import re
from typing import Any

from assist.policies.audit.findings import KINDS, Finding
from assist.policies.audit.sarif import sarif
from tests.policies.audit.company import AUTHORITY, a_document, a_rule, forbids, look, looked


def test_findings_come_by_file_and_line() -> None:
    wrong = a_rule("wrong", text="In the US: £5.", when="order.items > 3 && order.items < 2")
    second = a_rule("second", when="order.paid == true && order.paid == false")
    later = a_document(a_rule(), wrong, second, policy="b")
    first = a_document(a_rule(), second, policy="a")
    grant = AUTHORITY.replace("approvers: {lead: the team lead, manager: the support manager}", "")
    found = looked(later, first, files={"authority.yaml": grant})
    assert found == [
        "no-approver authority.yaml:1",
        "no-approver authority.yaml:1",
        "never-true policies/a.md:22",
        "never-true policies/b.md:22",
        "region-differs policies/b.md:22",
        "never-true policies/b.md:32",
    ]


def test_what_rules_mean_is_looked_at_only_where_their_form_is_right() -> None:
    never = a_rule("never", when="order.items > 3 && order.items < 2")
    odd = a_rule("odd", when="order.itmes > 3")
    (finding,) = look(a_document(a_rule(), never, odd))
    assert (finding.code, finding.severity) == ("malformed", "error")
    assert (finding.file, finding.line) == ("policies/returns.md", 32)
    assert finding.message == "clauses.2.when: the fact 'order.itmes' is not declared"


def test_every_kind_says_what_it_is_in_one_sentence() -> None:
    for code, kind in KINDS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
        assert re.fullmatch(r"[A-Z][^.]+\.", kind.sentence)


def a_finding(**fields: Any) -> Finding:
    given = {
        "code": "conflict",
        "severity": "error",
        "file": "kb/policies/a b.md",
        "line": 12,
        "message": "a and b disagree",
        "cure": "choose one",
    }
    return Finding.model_validate(given | fields)


def test_a_log_has_what_the_format_asks_for() -> None:
    log: Any = sarif([a_finding(), a_finding(code="no-grant", severity="warning")], "1.2.3")
    assert log["version"] == "2.1.0"
    assert log["$schema"].startswith("https://")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("assist check-policies", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == list(KINDS)
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] == KINDS[rule["id"]].sentence
        assert rule["defaultConfiguration"]["level"] == KINDS[rule["id"]].severity
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]


def test_a_result_points_at_its_line_and_says_the_cure() -> None:
    log: Any = sarif([a_finding()], "1")
    (result,) = log["runs"][0]["results"]
    assert result["message"] == {"text": "a and b disagree (choose one)"}
    (location,) = result["locations"]
    assert location == {
        "physicalLocation": {
            "artifactLocation": {"uri": "kb/policies/a%20b.md"},
            "region": {"startLine": 12},
        }
    }


def test_a_finding_about_a_whole_file_has_no_line_and_may_have_no_cure() -> None:
    log: Any = sarif([a_finding(line=0, cure="")], "1")
    (result,) = log["runs"][0]["results"]
    assert result["message"] == {"text": "a and b disagree"}
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_a_log_without_findings_is_a_run_without_results() -> None:
    log: Any = sarif([], "1")
    assert log["runs"][0]["results"] == []


def test_a_knowledge_base_without_rules_has_nothing_to_mend() -> None:
    empty = {"facts.yaml": "", "actions.yaml": "", "authority.yaml": "levels: [agent]"}
    assert look(files=empty) == []
    never = forbids("never", "order.paid == true && order.paid == false")
    assert looked(a_document(a_rule(), never)) == ["never-true policies/returns.md:22"]
