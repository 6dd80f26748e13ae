"""Use case: a suggestion made before -> why each of its candidates may be done, or may not."""

from collections.abc import Sequence
from datetime import datetime

from assist.domain.base import Model
from assist.domain.solution import Action, Candidate
from assist.domain.suggestion import Suggestion
from assist.domain.verdict import Verdict
from assist.errors import NotFound
from assist.ports import KnowledgeStore, SuggestionStore
from assist.service.policies import VersionSet, version_set

NO_PROOF = (
    "No proof was kept with this suggestion: it is from before proofs were. "
    "Suggest for the ticket again to see one."
)


class Instead(Model):
    """The candidate of the same suggestion that the agent may do instead."""

    id: str
    title: str
    verdict: Verdict | None


class Explained(Model):
    """One candidate: its verdict, its actions with their proofs, and what may be done instead.

    `note` says where no proof is kept, and why.
    """

    id: str
    title: str
    verdict: Verdict | None
    actions: tuple[Action, ...]
    alternative: Instead | None = None
    note: str = ""


class Explanation(Model):
    """The candidates of a suggestion, and by which rules they were judged.

    `policy_version` is the version that judged; `serving` is the one that answers now, none where
    nothing serves any more.
    """

    suggestion_id: str
    ticket_id: str
    revision: int
    created_at: datetime
    generation: str
    policy_version: str
    serving: VersionSet | None
    candidates: tuple[Explained, ...]

    @property
    def outdated(self) -> bool:
        """Whether another version of the rules serves now."""
        return self.serving is not None and self.serving.version != self.policy_version


def explain(
    suggestions: SuggestionStore,
    knowledge: KnowledgeStore,
    suggestion_id: str,
    candidate_id: str | None = None,
) -> Explanation:
    """All candidates of a suggestion as they were judged, or the one. Raises `NotFound`."""
    if not suggestion_id.isprintable():  # e.g. a NUL character, which no database looks up
        raise NotFound(f"there is no suggestion {suggestion_id!r}")
    suggestion = suggestions.get(suggestion_id)
    serving = knowledge.current()
    chosen = _chosen(suggestion, candidate_id)
    return Explanation(
        suggestion_id=suggestion.id,
        ticket_id=suggestion.ticket_id,
        revision=suggestion.revision,
        created_at=suggestion.created_at,
        generation=suggestion.generation,
        policy_version=suggestion.policy_version,
        serving=version_set(serving) if serving else None,
        candidates=tuple(_explained(one, suggestion.candidates) for one in chosen),
    )


def _chosen(suggestion: Suggestion, candidate_id: str | None) -> Sequence[Candidate]:
    if candidate_id is None:
        return suggestion.candidates
    found = [one for one in suggestion.candidates if one.id == candidate_id]
    if not found:
        known = ", ".join(one.id for one in suggestion.candidates) or "none"
        raise NotFound(
            f"suggestion {suggestion.id!r} has no candidate {candidate_id!r}",
            where="candidate",
            cure=f"its candidates are {known}",
        )
    return found


def _explained(candidate: Candidate, others: Sequence[Candidate]) -> Explained:
    instead = next((one for one in others if one.id == candidate.alternative_id), None)
    proven = all(action.proof for action in candidate.actions)
    return Explained(
        id=candidate.id,
        title=candidate.title,
        verdict=candidate.verdict,
        actions=candidate.actions,
        alternative=instead
        and Instead(id=instead.id, title=instead.title, verdict=instead.verdict),
        note="" if proven else NO_PROOF,
    )
