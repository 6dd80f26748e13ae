"""Outlines -> who had to be escalated and who was, and every harm by its name."""

from collections.abc import Sequence
from typing import NamedTuple

from assist.domain.eval_runs import EvalOutline
from assist.insights.eval_figures.names import HARM, MISSED, NEEDLESS
from assist.insights.eval_figures.scoring import full


class Escalating(NamedTuple):
    """The trials that state whether they must be escalated, by whether they were.

    `missed` had to be and were not, `needless` need not have been; both as cases, each once.
    """

    rightly: int
    missed: tuple[str, ...]
    needless: tuple[str, ...]
    rightly_not: int
    missed_trials: int
    needless_trials: int

    @property
    def stated(self) -> int:
        """How many trials state it."""
        return self.rightly + self.rightly_not + self.missed_trials + self.needless_trials


class Harm(NamedTuple):
    """One kind of harm: of how many cases, in which, and why."""

    name: str
    scorer: str
    eligible: int
    cases: tuple[str, ...]


def escalating(outlines: Sequence[EvalOutline]) -> Escalating:
    """The confusion of needed and made."""
    stated = [one for one in outlines if one.needed is not None and one.escalated is not None]
    missed = [one.case_id for one in stated if one.needed and not one.escalated]
    needless = [one.case_id for one in stated if not one.needed and one.escalated]
    return Escalating(
        rightly=sum(bool(one.needed and one.escalated) for one in stated),
        missed=tuple(dict.fromkeys(missed)),
        needless=tuple(dict.fromkeys(needless)),
        rightly_not=sum(not one.needed and not one.escalated for one in stated),
        missed_trials=len(missed),
        needless_trials=len(needless),
    )


def harms_of(outlines: Sequence[EvalOutline]) -> tuple[Harm, ...]:
    """Each harm that was looked for, with the cases that do it; the needless escalation last."""
    found = []
    for scorer, name in (*HARM.items(), ("needless", NEEDLESS)):
        looked = [o for o in outlines if (s := o.scores.get(scorer)) and s.value is not None]
        if looked:
            done = dict.fromkeys(o.case_id for o in looked if not full(o.scores[scorer]))
            eligible = len({one.case_id for one in looked})
            found.append(Harm(name, scorer, eligible, tuple(done)))
    return tuple(found) or _of_confusion(outlines)


def _of_confusion(outlines: Sequence[EvalOutline]) -> tuple[Harm, ...]:
    """Where no scorer of harm ran: what the need of an escalation tells alone."""
    found = escalating(outlines)
    if not found.stated:
        return ()
    needed = len({one.case_id for one in outlines if one.needed})
    spared = len({one.case_id for one in outlines if one.needed is False})
    return (
        Harm(MISSED, "escalation", needed, found.missed),
        Harm(NEEDLESS, "escalation", spared, found.needless),
    )
