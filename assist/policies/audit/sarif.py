"""Findings as a SARIF 2.1.0 log, which code hosts show beside the lines they speak of.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from collections.abc import Sequence
from urllib.parse import quote

from pydantic import JsonValue

from assist.policies.audit.findings import KINDS, Finding

VERSION = "2.1.0"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_CODES = tuple(KINDS)


def sarif(findings: Sequence[Finding], version: str) -> dict[str, JsonValue]:
    """One run of the tool in this version of it, with every finding in order."""
    driver: dict[str, JsonValue] = {
        "name": "assist check-policies",
        "version": version,
        "rules": [_rule(code) for code in _CODES],
    }
    results: list[JsonValue] = [_result(finding) for finding in findings]
    run: dict[str, JsonValue] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rule(code: str) -> JsonValue:
    kind = KINDS[code]
    return {
        "id": code,
        "shortDescription": {"text": kind.sentence},
        "defaultConfiguration": {"level": kind.severity},
    }


def _result(finding: Finding) -> JsonValue:
    place: dict[str, JsonValue] = {"artifactLocation": {"uri": quote(finding.file)}}
    if finding.line:
        place["region"] = {"startLine": finding.line}
    text = f"{finding.message} ({finding.cure})" if finding.cure else finding.message
    return {
        "ruleId": finding.code,
        "ruleIndex": _CODES.index(finding.code),
        "level": finding.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
