"""Use cases: the rules that serve, a policy with its editions, the state of each on a day."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from assist.domain.base import Model
from assist.domain.knowledge import Document, Generation
from assist.domain.policy import Policy, PolicySet
from assist.errors import NoIndex, NotFound
from assist.ports import KnowledgeStore, SuggestionStore

State = Literal["in_force", "superseded", "expired", "future"]
EARLIER = 3
"""Older generations looked into for a policy that is gone: each is read whole, the first time."""
KEPT_READ = 4
"""Generations whose policy documents stay read: the serving one, and those `EARLIER`."""


class VersionSet(Model):
    """Which rules answer: their version, the generation that holds them, since when it serves."""

    version: str
    generation: str
    number: int
    since: datetime

    def __str__(self) -> str:
        return f"version {self.version} of {self.since:%Y-%m-%d}, generation {self.number}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a workspace, to be read without searching it."""

    knowledge: KnowledgeStore
    suggestions: SuggestionStore


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of the generation that serves."""

    generation: Generation
    policy_set: PolicySet

    @property
    def named(self) -> VersionSet:
        """Which they are."""
        return version_set(self.generation)


def rules_serving(knowledge: KnowledgeStore) -> Rules:
    """Read from the store alone; searching needs indexes, judging does not. Raises `NoIndex`."""
    from assist.policies.reading import read_policy_set  # conditions take a third of a second

    generation = knowledge.current()
    if generation is None:
        raise NoIndex("nothing has been ingested yet", cure="run `assist ingest PATH`")
    files, documents = knowledge.files(generation.id), knowledge.documents(generation.id)
    version = version_set(generation).version
    return Rules(generation, read_policy_set(files, documents, version=version))


def version_set(generation: Generation) -> VersionSet:
    """Which rules a generation holds; their version is what suggestions name."""
    return VersionSet(
        version=generation.fingerprint[:12],
        generation=generation.id,
        number=generation.number,
        since=generation.created_at,
    )


def policy_documents(knowledge: KnowledgeStore, generation: str) -> Mapping[str, Document]:
    """The policy documents of a published generation by id."""
    store: Any = knowledge  # hashed by what it is, not by what it holds
    return _policy_documents(store, generation)


@lru_cache(KEPT_READ)
def _policy_documents(knowledge: KnowledgeStore, generation: str) -> Mapping[str, Document]:
    """Kept once read: a generation never changes, and to find one all its articles are read."""
    return {d.id: d for d in knowledge.documents(generation) if d.kind == "policy"}


def state_on(policy: Policy, policies: Iterable[Policy], on: date) -> State:
    """Whether the policy holds on that day, and where not, why.

    One that ended is superseded where another edition has taken its place, else expired.
    """
    if on < policy.effective:
        return "future"
    begun = [other for other in policies if other.effective <= on and _replaces(other, policy)]
    ended = policy.expires is not None and policy.expires <= on
    if ended:
        return "superseded" if begun else "expired"
    live = any(other.expires is None or on < other.expires for other in begun)
    return "superseded" if live else "in_force"


def editions(policy: Policy, policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """All editions of the policy, itself among them, the latest first: each supersedes the next."""
    found = [policy]
    for known in found:  # grows while it is walked
        found += [
            other
            for other in policies
            if other not in found and (_replaces(other, known) or _replaces(known, other))
        ]
    return tuple(sorted(found, key=lambda one: (one.effective, one.version), reverse=True))


def find_policy(policies: Sequence[Policy], policy_id: str, version: str | None = None) -> Policy:
    """The policy of this id, or of its editions the one of this version. Raises `NotFound`."""
    found = next((policy for policy in policies if policy.id == policy_id), None)
    if found is None:
        near = difflib.get_close_matches(policy_id, [p.id for p in policies], n=3, cutoff=0.5)
        cure = f"did you mean {' or '.join(near)}?" if near else "GET /v1/policies lists them"
        raise NotFound(f"there is no policy {policy_id!r}", cure=cure)
    if version is None:
        return found
    all_of_it = editions(found, policies)
    edition = next((one for one in all_of_it if one.version == version), None)
    if edition is None:
        known = ", ".join(f"{one.version} ({one.id})" for one in all_of_it)
        raise NotFound(
            f"{policy_id} has no edition {version!r}", where="version", cure=f"there are {known}"
        )
    return edition


def gone_policy(knowledge: KnowledgeStore, policy_id: str) -> Generation | None:
    """The newest of the older generations that still had a policy document of this id."""
    for generation in knowledge.generations()[1 : EARLIER + 1]:
        if policy_id in policy_documents(knowledge, generation.id):
            return generation
    return None


def policy_or_gone(
    knowledge: KnowledgeStore, rules: Rules, policy_id: str, version: str | None = None
) -> Policy:
    """As `find_policy`; of one that an older generation had, the error says that and which."""
    try:
        return find_policy(rules.policy_set.policies, policy_id, version)
    except NotFound as error:
        had = gone_policy(knowledge, policy_id) if error.where != "version" else None
        if had is None:
            raise
        raise NotFound(
            f"{error.problem} any more: generation {had.number} of {had.created_at:%Y-%m-%d} "
            "was the last to have it",
            cure=error.cure,
        ) from error


def _replaces(other: Policy, policy: Policy) -> bool:
    return other.supersedes in (policy.id, f"{policy.id} {policy.version}")
