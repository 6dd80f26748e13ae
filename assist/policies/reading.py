"""A knowledge base's YAML files and policy documents -> the policy set that judges by them."""

from collections.abc import Iterator, Mapping, Sequence

from assist.domain.base import Model
from assist.domain.knowledge import Document
from assist.domain.policy import PolicySet
from assist.errors import BadKnowledgeBase
from assist.policies.checks import names_of, rule_faults
from assist.policies.clause_checks import clause_faults
from assist.policies.located import place
from assist.policies.policy_documents import PolicyPage, read_policies
from assist.policies.rule_files import RuleFiles, read_rule_files


class Rulebook(Model):
    """What was read, as far as it could be: the files, the policies, and their pages."""

    files: RuleFiles
    policies: tuple[PolicyPage, ...]

    def policy_set(self, version: str) -> PolicySet:
        """All of it under one version. Only of a book without faults."""
        rules = self.files
        return PolicySet(
            version=version,
            currency=rules.currency,
            policies=tuple(item.policy for item in self.policies if item.policy is not None),
            facts=rules.facts.facts,
            categories=rules.categories.categories,
            actions=rules.actions.actions,
            authority=rules.authority,
            sla=rules.sla,
            escalation=rules.escalation,
            template=rules.template,
            tone=rules.tone.tone,
            defaults=rules.defaults,
        )


def read_policy_set(
    files: Mapping[str, str], documents: Sequence[Document], version: str
) -> PolicySet:
    """Everything the company decided, under the given version.

    `files` are YAML texts by file name; one that is missing is replaced by the packaged default
    and named in `defaults`. Policies come from documents of kind `policy` with clauses in their
    front matter. Raises `BadKnowledgeBase` with file, line and cure at the first fault.
    """
    book, faults = open_rulebook(files, documents)
    for fault in faults:
        raise fault
    return book.policy_set(version)


def find_faults(
    files: Mapping[str, str], documents: Sequence[Document]
) -> tuple[BadKnowledgeBase, ...]:
    """Every fault there is, by file and line; what is broken hides nothing beside it."""
    _, faults = open_rulebook(files, documents)
    return tuple(sorted(faults, key=lambda fault: place(fault.where)))


def open_rulebook(
    files: Mapping[str, str], documents: Sequence[Document]
) -> tuple[Rulebook, Iterator[BadKnowledgeBase]]:
    """What can be read, and the faults: first what could not be, then what does not fit."""
    rules, unread = read_rule_files(files)
    policies, unreadable = read_policies(documents)
    return Rulebook(files=rules, policies=policies), _faults(rules, unread, policies, unreadable)


def _faults(
    rules: RuleFiles,
    unread: Sequence[BadKnowledgeBase],
    policies: Sequence[PolicyPage],
    unreadable: Sequence[BadKnowledgeBase],
) -> Iterator[BadKnowledgeBase]:
    names = names_of(rules)
    yield from unread
    yield from rule_faults(rules, names)
    yield from unreadable
    yield from clause_faults(policies, names)
