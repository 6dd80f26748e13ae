"""Why the choice beats the runner-up, and how far weights must move to flip it."""

from assist.domain.solution import Candidate, Choice
from assist.graph.weights import WEIGHTS, total


def choice_of(viable: list[Candidate], own: list[Candidate]) -> Choice:
    """The best of `viable` (ties by id), compared with the best of all others."""
    best = max(viable, key=lambda c: (total(c), _reverse(c.id)))
    others = [c for c in own if c.id != best.id]
    if not others:
        return Choice(
            candidate_id=best.id, reason="the only candidate", runner_up=None, flips_if=None
        )
    second = max(others, key=lambda c: (total(c), _reverse(c.id)))
    lead = max(_differences(best, second).items(), key=lambda item: item[1] * _weight(item[0]))
    ahead = f"ahead on {lead[0]} ({_reason(best, lead[0])})"
    reason = f"{total(best):.2f} against {total(second):.2f}: {ahead}"
    if total(second) > total(best):
        verdict = second.verdict.value if second.verdict else "unjudged"
        reason = (
            f"the best within your authority; “{second.title}” ({total(second):.2f}) is {verdict}"
        )
    return Choice(
        candidate_id=best.id, reason=reason, runner_up=second.id, flips_if=_flip(best, second)
    )


def _reverse(candidate_id: str) -> tuple[int, ...]:
    """Orders ids so that `max` prefers the smaller one on a tie."""
    return tuple(-ord(letter) for letter in candidate_id)


def _weight(name: str) -> float:
    return float(WEIGHTS.model_dump()[name])


def _reason(candidate: Candidate, name: str) -> str:
    return next(s.reason for s in candidate.scores if s.name == name)


def _differences(best: Candidate, second: Candidate) -> dict[str, float]:
    values = {s.name: s.value or 0.0 for s in second.scores}
    return {s.name: (s.value or 0.0) - values.get(s.name, 0.0) for s in best.scores}


def _flip(best: Candidate, second: Candidate) -> str | None:
    """The smallest rise of one weight, to 1 at most, that puts the runner-up level."""
    lead = total(best) - total(second)
    rises = {
        name: lead / -difference
        for name, difference in _differences(best, second).items()
        if difference < 0 < lead
    }
    name = min(rises, key=lambda n: rises[n], default=None)
    if name is None or _weight(name) + rises[name] > 1:
        return None
    return f"{name} weighed {_weight(name) + rises[name]:.2f} instead of {_weight(name):.2f}"
