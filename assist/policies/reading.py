"""A knowledge base's YAML files and policy documents -> the policy set that judges by them."""

from collections.abc import Mapping, Sequence

from assist.domain.knowledge import Document
from assist.domain.policy import PolicySet
from assist.policies.checks import check_rule_files, names_of
from assist.policies.clause_checks import check_clauses
from assist.policies.policy_documents import read_policies
from assist.policies.rule_files import read_rule_files


def read_policy_set(
    files: Mapping[str, str], documents: Sequence[Document], version: str
) -> PolicySet:
    """Everything the company decided, under the given version.

    `files` are YAML texts by file name; one that is missing is replaced by the packaged default
    and named in `defaults`. Policies come from documents of kind `policy` with clauses in their
    front matter. Raises `BadKnowledgeBase` with file, line and cure at the first fault.
    """
    rules = read_rule_files(files)
    names = names_of(rules)
    check_rule_files(rules, names)
    policies = read_policies(documents)
    check_clauses(policies, names)
    return PolicySet(
        version=version,
        currency=rules.currency,
        policies=tuple(item.policy for item in policies),
        facts=rules.facts.facts,
        categories=rules.categories.categories,
        actions=rules.actions.actions,
        authority=rules.authority,
        sla=rules.sla,
        escalation=rules.escalation,
        template=rules.template,
        defaults=rules.defaults,
    )
