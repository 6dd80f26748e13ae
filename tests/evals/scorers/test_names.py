"""Cases against their corpus: a name that nothing bears is an error, never a silent zero."""

from pathlib import Path
from typing import Any

import pytest

from assist.domain.categories import Category
from assist.domain.policy import PolicySet
from assist.errors import BadInput
from evals.cases import load_cases
from evals.scorers.names import check_names
from tests.evals.builders import FILTER, a_case
from tests.policies.rules import DEFAULTS, a_clause, a_policy, rules

TEAM = DEFAULTS.escalation.rules[0].team
ROLE = DEFAULTS.escalation.rules[0].role


def company() -> PolicySet:
    """One clause, one action, one category; who takes over is the packaged default."""
    filters = Category(id="filters", title="Filters")
    return rules(a_policy(a_clause()), categories=(filters,), escalation=DEFAULTS.escalation)


KNOWN: dict[str, Any] = {
    "gold": {"filter": 3},
    "documents": ["filter"],
    "category": "filters",
    "verdicts": {"refund": "allowed"},
    "acceptable": ["refund", "none"],
    "unacceptable": ["escalate"],
    "facts": {"order.total": "9 USD", "customer.id": "c-1"},
    "clauses": ["returns.window"],
    "escalation": {"needed": True, "path": {"team": TEAM, "role": ROLE}},
}


def test_what_the_corpus_declares_is_let_through() -> None:
    check_names([a_case(**KNOWN), a_case()], company(), [FILTER])


@pytest.mark.parametrize(
    ("expect", "problem", "near"),
    [
        ({"gold": {"filters": 3}}, "no passage is 'filters'", "filter"),
        ({"documents": ["filtre"]}, "no document 'filtre'", "filter"),
        ({"never_documents": ["filtre"]}, "no document 'filtre'", "filter"),
        ({"category": "filter"}, "no category 'filter'", "filters"),
        ({"verdicts": {"refunds": "allowed"}}, "no action 'refunds'", "refund"),
        ({"acceptable": ["refnd"]}, "no action 'refnd'", "refund"),
        ({"unacceptable": ["nothing"]}, "no action 'nothing'", "none"),
        ({"verdicts": {"none": "allowed"}}, "no action 'none'", "refund"),
        ({"facts": {"order.totals": 9}}, "no fact 'order.totals'", "order.total"),
        ({"clauses": ["returns.windows"]}, "no clause 'returns.windows'", "returns.window"),
        (
            {"escalation": {"needed": True, "path": {"team": f"{TEAM}s"}}},
            f"no team '{TEAM}s'",
            TEAM,
        ),
        (
            {"escalation": {"needed": True, "path": {"role": f"{ROLE}s"}}},
            f"no role '{ROLE}s'",
            ROLE,
        ),
    ],
)
def test_a_name_that_nothing_bears_is_refused_with_the_nearest(
    expect: dict[str, Any], problem: str, near: str
) -> None:
    with pytest.raises(BadInput) as refusal:
        check_names([a_case(**expect)], company(), [FILTER])
    assert problem in refusal.value.problem
    assert near in refusal.value.cure


YAML = """\
id: worn-filter
at: 2026-11-20T10:00:00Z
ticket:
  id: t-1
  messages:
    - text: The drop is red.
expect:
  escalation:
    needed: true
    path:
      role: king
"""


def test_the_refusal_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "worn-filter.yaml").write_text(YAML, encoding="utf-8")
    with pytest.raises(BadInput) as refusal:
        check_names(load_cases(tmp_path), company(), [FILTER])
    assert refusal.value.where == f"{tmp_path / 'worn-filter.yaml'}:11"
    assert refusal.value.problem == (
        "expect.escalation.path.role of worn-filter: there is no role 'king'"
    )
