"""What a suggestion would have done: the candidates chosen, and their actions."""

from assist.domain.solution import Action, Candidate
from assist.domain.suggestion import Suggestion
from assist.policies.known_names import ALWAYS


def chosen(suggestion: Suggestion) -> tuple[Candidate, ...]:
    """The candidates that an issue chooses, in their order."""
    ids = {issue.choice.candidate_id for issue in suggestion.issues if issue.choice}
    return tuple(candidate for candidate in suggestion.candidates if candidate.id in ids)


def acts(candidate: Candidate) -> tuple[Action, ...]:
    """What is done for the customer: telling, asking and handing over are no acts."""
    return tuple(action for action in candidate.actions if action.kind not in ALWAYS)


def chosen_kinds(suggestion: Suggestion) -> frozenset[str]:
    """The kinds of all acts chosen; none where the reply only tells."""
    return frozenset(act.kind for candidate in chosen(suggestion) for act in acts(candidate))
