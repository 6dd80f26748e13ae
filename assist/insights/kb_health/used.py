"""What suggestions drew on and what became of them -> use and success of each document."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assist.domain.kb_health import Share, UsedPassages


@dataclass(frozen=True)
class Fate:
    """What became of a suggestion: `taken` by the agent, and whether that `solved` it.

    None: nobody decided yet; no outcome is known.
    """

    taken: bool | None = None
    solved: bool | None = None


@dataclass
class Use:
    """One document: tickets by what was done with it, suggestions by their fate."""

    shown: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    taken: list[bool] = field(default_factory=list)
    solved: dict[str, bool] = field(default_factory=dict)
    """By ticket: one that was solved in the end is solved."""

    @property
    def success(self) -> tuple[Share, Share]:
        """Taken of the decided, solved of those with an outcome."""
        solved = list(self.solved.values())
        return (
            Share(count=sum(self.taken), of=len(self.taken)),
            Share(count=sum(solved), of=len(solved)),
        )


def use_of_documents(
    used: Sequence[UsedPassages],
    fates: Mapping[str, Fate],
    opened: Mapping[str, frozenset[str]],
) -> Mapping[str, Use]:
    """By document. `fates` and the passages `opened` are by the suggestion's id."""
    found: defaultdict[str, Use] = defaultdict(Use)
    for one in used:
        for document in one.found.values():
            found[document].shown.add(one.ticket_id)
        for passage in opened.get(one.suggestion_id, frozenset()) & one.found.keys():
            found[one.found[passage]].opened.add(one.ticket_id)
        fate = fates.get(one.suggestion_id, Fate())
        for document in one.cited:
            _cite(found[document], one.ticket_id, fate)
    return found


def _cite(use: Use, ticket_id: str, fate: Fate) -> None:
    use.shown.add(ticket_id)  # what is cited was before the agent, whatever the search held
    use.cited.add(ticket_id)
    if fate.taken is not None:
        use.taken.append(fate.taken)
    if fate.solved is not None:
        use.solved[ticket_id] = fate.solved
