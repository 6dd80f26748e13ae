"""Policy documents -> policies and their clauses, as their front matter states them."""

from collections.abc import Sequence

from pydantic import JsonValue, ValidationError

from assist.domain.base import Model
from assist.domain.knowledge import Document
from assist.domain.policy import Clause, Policy
from assist.policies.located import Page

_ARTICLE_KEYS = frozenset({"kind", "audience", "language", "review_due", "category", "tags"})
"""Keys that a policy may have as a document and that say nothing about what it rules."""


class PolicyPage(Model):
    """A policy, and the page to point at where something in it is wrong."""

    policy: Policy
    page: Page


def read_policies(documents: Sequence[Document]) -> tuple[PolicyPage, ...]:
    """One policy per policy document with clauses, by id; prose without clauses rules nothing.

    Raises `BadKnowledgeBase` for an unknown key, a wrong type, dates out of order, or a clause
    whose text is not in the prose.
    """
    ruled = [d for d in documents if d.kind == "policy" and "clauses" in d.front_matter]
    return tuple(_read(document) for document in sorted(ruled, key=lambda d: d.id))


def _read(document: Document) -> PolicyPage:
    page = Page(
        name=document.source or document.id,
        data={k: v for k, v in document.front_matter.items() if k not in _ARTICLE_KEYS},
        lines=document.front_matter_lines,
    )
    given = {key: value for key, value in page.data.items() if key != "clauses"}
    policy_id = str(given.setdefault("id", document.id))
    given.setdefault("title", document.title)
    try:
        policy = Policy.model_validate(given)
    except ValidationError as error:
        raise page.misfit(error, ()) from error
    if policy.expires is not None and policy.expires <= policy.effective:
        raise page.fault(
            ("expires",),
            f"{policy.expires} is not after effective, {policy.effective}",
            cure="put the dates in order",
        )
    clauses = _clauses(page, policy_id, " ".join(document.text.split()))
    return PolicyPage(policy=policy.model_copy(update={"clauses": clauses}), page=page)


def _clauses(page: Page, policy_id: str, prose: str) -> tuple[Clause, ...]:
    listed = page.data["clauses"]
    if not isinstance(listed, list):
        raise page.fault(("clauses",), "must be a list", cure="start each clause with a dash")
    clauses = tuple(_clause(page, policy_id, n, given) for n, given in enumerate(listed))
    for index, clause in enumerate(clauses):
        if " ".join(clause.text.split()) not in prose:
            raise page.fault(
                ("clauses", index, "text"),
                f"the text of {clause.id} is not a sentence of the policy's prose",
                cure="copy the sentence word for word",
            )
    return clauses


def _clause(page: Page, policy_id: str, index: int, given: JsonValue) -> Clause:
    at = ("clauses", index)
    if not isinstance(given, dict):
        raise page.fault(at, "must be a map", cure="write id, type, actions, effect, reason, text")
    if "policy_id" in given:
        raise page.fault((*at, "policy_id"), "unknown key 'policy_id'", cure="remove the key")
    try:
        return Clause.model_validate({**given, "policy_id": policy_id})
    except ValidationError as error:
        raise page.misfit(error, at) from error
