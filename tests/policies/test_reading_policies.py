"""A wrong policy is refused, with its line in the file it stands in."""

from pathlib import Path
from typing import Any

import pytest

from assist.adapters.documents import DocumentSource
from assist.errors import BadKnowledgeBase
from assist.policies.reading import read_policy_set
from tests.policies.rule_texts import complaint
from tests.policies.rules import a_policy_document, clause_with


@pytest.mark.parametrize(
    ("policy", "where", "problem"),
    [
        ({"clauses": clause_with(text="A device can be kept.")}, ":15", "not a sentence of"),
        ({"clauses": clause_with(when="order.nr == 1")}, ":12", "'order.nr' is not declared"),
        ({"clauses": clause_with(actions=["refnd"])}, ":9", "action 'refnd' is not declared"),
        ({"clauses": clause_with(actions=[])}, ":9", "governs no action"),
        ({"clauses": clause_with(effect="needs_approval")}, ":9", "needs_approval needs level"),
        ({"clauses": clause_with(effect="needs_approval", level="boss")}, ":9", "level 'boss'"),
        ({"clauses": clause_with(effect="require")}, ":9", "require needs facts"),
        ({"clauses": clause_with(effect="require", facts=["no.such"])}, ":9", "fact 'no.such'"),
        ({"clauses": clause_with(effect="limit")}, ":9", "limit needs limit"),
        ({"clauses": clause_with(level="lead")}, ":9", "allow has no level"),
        ({"clauses": clause_with(period_days=30)}, ":9", "allow has no period_days"),
        ({"clauses": clause_with(id="window")}, ":9", "does not start with its policy's id"),
        ({"clauses": clause_with(wehn="true")}, ":9", "unknown key 'wehn'"),
        ({"clauses": clause_with(policy_id="x")}, ":9", "unknown key 'policy_id'"),
        ({"clauses": clause_with() * 2}, ":9", "also stands in"),
        ({"clauses": ["window"]}, ":9", "must be a map"),
        ({"clauses": "none"}, ":9", "must be a list"),
        ({"expires": "2025-01-01"}, ":1", "is not after effective"),
        ({"purpos": "x"}, ":1", "unknown key 'purpos'"),
        ({"owner": None}, ":1", "owner: is missing"),
        ({"effective": "soon"}, ":1", "effective"),
    ],
)
def test_a_wrong_policy_is_refused_at_its_line(
    policy: dict[str, Any], where: str, problem: str
) -> None:
    error = complaint({}, **policy)
    assert error.where == f"policies/returns.md{where}"
    assert problem in error.problem


def test_two_policies_of_one_id_are_refused() -> None:
    with pytest.raises(BadKnowledgeBase, match="also stands in") as caught:
        read_policy_set({}, (a_policy_document(), a_policy_document()), "v1")
    assert caught.value.where == "policies/returns.md:1"


def test_a_misspelt_name_is_met_with_the_nearest_one() -> None:
    assert "callback" in complaint({}, clauses=clause_with(actions=["calback"])).cure


ON_DISK = """\
---
id: returns
title: Returns
version: "3"
owner: Care
effective: 2026-01-01
purpose: A fair way back.
clauses:
  - id: returns.window
    type: standard
    actions: [callback]
    effect: allow
    reason: The window is open.
    text: A device can be returned.
  - id: returns.sealed
    type: standard
    actions:
      - callback
      - send_info
    when: "true"
    effect: allow
    reason: The seal is whole.
    text: A sealed box can be returned.
---
A device can be returned. A sealed box can be returned.
"""


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("type: standard\n    actions:\n", "type: strict\n    actions:\n", 16),
        ("- send_info", "- refnd", 19),
        ('when: "true"', "when: order.nr == 1", 20),
        ("text: A sealed box", "text: Any box", 23),
        ("effect: allow\n    reason: The seal", "effect: limit\n    reason: The seal", 15),
        ("owner: Care\n", "", 1),
    ],
)
def test_a_fault_in_a_policy_file_is_named_with_its_line_in_that_file(
    tmp_path: Path, right: str, wrong: str, line: int
) -> None:
    file = tmp_path / "policies/returns.md"
    file.parent.mkdir()
    assert ON_DISK.count(right) == 1
    file.write_text(ON_DISK.replace(right, wrong))
    actions = "actions: [{kind: callback, title: Call}, {kind: send_info, title: Send}]"
    reading = DocumentSource().read(tmp_path, None)

    with pytest.raises(BadKnowledgeBase) as caught:
        read_policy_set({"actions.yaml": actions}, reading.documents, "v1")

    assert caught.value.where == f"{file}:{line}"
