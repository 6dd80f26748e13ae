"""Policy documents -> policies and their clauses, as their front matter states them."""

from collections.abc import Iterator, Sequence

from pydantic import JsonValue, ValidationError

from assist.domain.base import Model
from assist.domain.knowledge import Document
from assist.domain.policy import Clause, Policy
from assist.errors import BadKnowledgeBase
from assist.policies.located import Page, Path

_ARTICLE_KEYS = frozenset({"kind", "audience", "language", "review_due", "category", "tags"})
"""Keys that a policy may have as a document and that say nothing about what it rules."""


class PolicyPage(Model):
    """A policy, and the page to point at where something in it is wrong.

    `policy` is none where the front matter around the clauses could not be read. `places` are the
    indexes of the clauses that could be, in the list as it was written.
    """

    policy_id: str
    policy: Policy | None
    clauses: tuple[Clause, ...] = ()
    places: tuple[int, ...] = ()
    page: Page

    def located(self) -> Iterator[tuple[Clause, Path]]:
        """Each clause with its path in the page."""
        for clause, place in zip(self.clauses, self.places, strict=True):
            yield clause, ("clauses", place)


def read_policies(
    documents: Sequence[Document],
) -> tuple[tuple[PolicyPage, ...], list[BadKnowledgeBase]]:
    """One policy per policy document with clauses, by id; prose without clauses rules nothing.

    With every fault that keeps one, or a clause of one, from being read: an unknown key, a wrong
    type, dates out of order, a clause whose text is not in the prose.
    """
    faults: list[BadKnowledgeBase] = []
    ruled = [d for d in documents if d.kind == "policy" and "clauses" in d.front_matter]
    pages = tuple(_read(document, faults) for document in sorted(ruled, key=lambda d: d.id))
    return pages, faults


def _read(document: Document, faults: list[BadKnowledgeBase]) -> PolicyPage:
    page = Page(
        name=document.source or document.id,
        data={k: v for k, v in document.front_matter.items() if k not in _ARTICLE_KEYS},
        lines=document.front_matter_lines,
    )
    given = {key: value for key, value in page.data.items() if key != "clauses"}
    policy_id = str(given.setdefault("id", document.id))
    given.setdefault("title", document.title)
    policy = _policy(page, given, faults)
    clauses = _clauses(page, policy_id, faults)
    faults += _unspoken(page, clauses, " ".join(document.text.split()))
    listed = tuple(clauses.values())
    return PolicyPage(
        policy_id=policy_id,
        policy=policy.model_copy(update={"clauses": listed}) if policy else None,
        clauses=listed,
        places=tuple(clauses),
        page=page,
    )


def _policy(
    page: Page, given: dict[str, JsonValue], faults: list[BadKnowledgeBase]
) -> Policy | None:
    try:
        policy = Policy.model_validate(given)
    except ValidationError as error:
        faults.extend(page.misfits(error, ()))
        return None
    if policy.expires is not None and policy.expires <= policy.effective:
        faults.append(
            page.fault(
                ("expires",),
                f"{policy.expires} is not after effective, {policy.effective}",
                cure="put the dates in order",
            )
        )
    return policy


def _clauses(page: Page, policy_id: str, faults: list[BadKnowledgeBase]) -> dict[int, Clause]:
    """The clauses that can be read, by their place in the list."""
    listed = page.data["clauses"]
    if not isinstance(listed, list):
        faults.append(
            page.fault(("clauses",), "must be a list", cure="start each clause with a dash")
        )
        return {}
    read = {n: _clause(page, policy_id, n, given, faults) for n, given in enumerate(listed)}
    return {n: clause for n, clause in read.items() if clause is not None}


def _clause(
    page: Page, policy_id: str, index: int, given: JsonValue, faults: list[BadKnowledgeBase]
) -> Clause | None:
    at = ("clauses", index)
    if not isinstance(given, dict):
        cure = "write id, type, actions, effect, reason, text"
        faults.append(page.fault(at, "must be a map", cure=cure))
        return None
    if "policy_id" in given:
        path = (*at, "policy_id")
        faults.append(page.fault(path, "unknown key 'policy_id'", cure="remove the key"))
        return None
    try:
        return Clause.model_validate({**given, "policy_id": policy_id})
    except ValidationError as error:
        faults.extend(page.misfits(error, at))
        return None


def _unspoken(page: Page, clauses: dict[int, Clause], prose: str) -> Iterator[BadKnowledgeBase]:
    for index, clause in clauses.items():
        if " ".join(clause.text.split()) not in prose:
            yield page.fault(
                ("clauses", index, "text"),
                f"the text of {clause.id} is not a sentence of the policy's prose",
                cure="copy the sentence word for word",
            )
