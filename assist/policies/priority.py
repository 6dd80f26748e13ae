"""Impact x urgency -> priority, each grade with its reason, and the clocks in business hours.

Both start low. Each signal that fires adds its grades; so do the tier, the contract and having had
to ask again. Tone alone moves nothing: whoever writes politely about smoke goes first. All weights
stand in sla.yaml.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, get_args

from assist.domain.issue import Grade, Priority, PriorityLevel, PrioritySignal
from assist.domain.policy import PolicySet
from assist.domain.sla import History, Signal, Sla
from assist.domain.ticket import Message
from assist.language.phrases import Mention, find
from assist.policies.clocks import OPEN, Done, read_clocks
from assist.policies.contracts import contract_of, terms_of
from assist.policies.sla import zoned

GRADES: tuple[Grade, ...] = get_args(Grade)
TOP = len(GRADES) - 1
OLDEST = timedelta(days=3650)
"""A ticket dated before this has a wrong date; its clocks are long overdue either way."""
FRUSTRATION = "frustration"


class Heard(NamedTuple):
    """A signal and the words it was heard in."""

    signal: Signal
    mention: Mention


class Standing(NamedTuple):
    """What raises a customer's tickets whatever they say: tier and contract, by name."""

    tier: str = ""
    contract: str = ""


def prioritize(
    policy_set: PolicySet,
    *,
    text: str,
    now: datetime,
    created_at: datetime | None = None,
    messages: Sequence[Message] = (),
    tier: str | None = None,
    contract: str | None = None,
    region: str | None = None,
    earlier: int = 0,
    frustration: str = "",
    unread: str = "",
    settled: Done = OPEN,
) -> Priority:
    """The priority of a text.

    `earlier` counts the customer's earlier tickets about the same matter; with one, `frustration`,
    the words that show it, weighs too. `unread` says why nobody has read the text, which may hide
    anything. Clocks start at `created_at`, at the latest at `now`; `messages` tell when they stood
    still and when the customer was first answered, `settled` whether the matter is over. Times
    without a zone are read as UTC.
    """
    sla = policy_set.sla
    signals = [_signal(heard) for heard in hear(sla, text)]
    if earlier > 0 and frustration:
        signals.append(_lost_patience(sla.history, frustration))
    urgency, reasons = sum(s.urgency for s in signals), [_reason(s) for s in signals if _moves(s)]
    for grades, reason in _raised(sla, Standing(tier or "", contract or ""), earlier, unread):
        urgency += grades
        reasons.append(reason)
    level, impact_grade, urgency_grade = graded(sla, sum(s.impact for s in signals), urgency)
    terms = terms_of(sla, region, contract or "", level)
    present = zoned(now)
    return Priority(
        level=level,
        impact=impact_grade,
        urgency=urgency_grade,
        reasons=tuple(reasons) or (NOTHING,),
        signals=tuple(signals),
        clocks=read_clocks(
            sla,
            terms.calendar,
            terms.target,
            messages,
            start=_start(created_at, present),
            now=present,
            settled=settled,
            reasons=terms.reasons,
        ),
    )


NOTHING = "nothing in the message points to harm, loss or a deadline"


def hear(sla: Sla, text: str) -> tuple[Heard, ...]:
    """The signals that fire in the text, each once, with the first words that made it fire."""
    found = [(signal, find(signal.phrases, text, signal.not_phrases)) for signal in sla.signals]
    return tuple(Heard(signal, mentions[0]) for signal, mentions in found if mentions)


def graded(sla: Sla, impact: int, urgency: int) -> tuple[PriorityLevel, Grade, Grade]:
    """Points above low, each capped at high, as priority, impact and urgency."""
    across, down = (TOP - min(max(points, 0), TOP) for points in (urgency, impact))
    level = sla.matrix[GRADES[down]][across]
    return _LEVELS[level], GRADES[down], GRADES[across]


_LEVELS: dict[str, PriorityLevel] = {"P1": "P1", "P2": "P2", "P3": "P3", "P4": "P4"}


def _signal(heard: Heard) -> PrioritySignal:
    signal = heard.signal
    return PrioritySignal(
        name=signal.name,
        span=heard.mention.text,
        impact=signal.impact,
        urgency=signal.urgency,
        reason=signal.reason or signal.name,
    )


def _lost_patience(history: History, span: str) -> PrioritySignal:
    reason = "the customer has lost patience over having to write again"
    return PrioritySignal(name=FRUSTRATION, span=span, urgency=history.frustration, reason=reason)


def _moves(signal: PrioritySignal) -> bool:
    return signal.impact + signal.urgency > 0


def _reason(signal: PrioritySignal) -> str:
    return f"“{signal.span}”: {signal.reason}"


def _raised(sla: Sla, standing: Standing, earlier: int, unread: str) -> Iterator[tuple[int, str]]:
    """Grades of urgency that no word of the text adds, each with its reason."""
    if boost := sla.tier_boost.get(standing.tier, 0):
        yield boost, f"customer tier {standing.tier}: urgency raised by {boost}"
    if boost := contract_of(sla, standing.contract).urgency:
        yield boost, f"contract “{standing.contract}”: urgency raised by {boost}"
    history = sla.history
    if earlier > 0 and history.earlier:
        tickets = "one earlier ticket" if earlier == 1 else f"{earlier} earlier tickets"
        yield history.earlier, f"the customer had to write again: {tickets} about this"
    if unread and history.unread:
        yield history.unread, f"{unread}, and it may be urgent"


def _start(created_at: datetime | None, present: datetime) -> datetime:
    started = zoned(created_at) if created_at is not None else present
    return max(min(started, present), present - OLDEST)
