"""The company's rules -> what its clauses say, and who owns what."""

from collections.abc import Mapping

from assist.domain.policy import PolicySet
from assist.insights.friction import Ruled


def clauses_by_id(rules: PolicySet | None) -> Mapping[str, Ruled]:
    """Each clause with its words and the owner of its policy."""
    policies = rules.policies if rules else ()
    return {
        clause.id: Ruled(clause.text, policy.owner)
        for policy in policies
        for clause in policy.clauses
    }


def owners(rules: PolicySet | None) -> Mapping[str, str]:
    """Who owns each category."""
    return {one.id: one.owner for one in rules.categories} if rules else {}
