"""What the load bench finds out. Times in seconds unless named `_ms`."""

from collections.abc import Sequence
from math import ceil

from assist.domain.base import Model

TARGET_RATE = 15.0
"""Suggestions a second that are to be sustained on two cores."""
TARGET_P95_MS = 500.0
TARGET_RECOVERY = 10.0
SHED = frozenset({429, 503})
"""Statuses of a request that was turned away, to be tried again."""
WINDOW = 3.0
"""Seconds of calm that count as recovered."""
CALM_SHARE = 0.95
"""Of the requests of such a window so many must be answered within the target."""


class Answered(Model):
    """One request: when it was due to be sent, from the start of its phase, and what came of it.

    `status` is 0 where no answer came. `fault` says what is wrong with an answer that is none of
    success and well-formed refusal.
    """

    at: float
    ms: float
    status: int
    fault: str = ""
    suggestion_id: str = ""
    retry_after: int | None = None


class Phase(Model):
    """Requests that arrived at one rate, whether answers had come or not."""

    name: str
    rate: float
    seconds: float
    sent: int
    answered: int
    shed: int
    faults: int
    first_faults: tuple[str, ...]
    answered_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    shed_p95_ms: float
    """How long those turned away had to wait for it."""


class Growth(Model):
    """Memory of the server's processes during the steady phase, shared pages divided."""

    first_mb: float
    last_mb: float
    slope_mb_per_minute: float
    samples: int


class Load(Model):
    """Everything measured. `cpu_ms` is what the server took of the processors per suggestion.

    `recovered_after` is none where it did not within the phase after the overload. `lost` are
    suggestions that were answered and cannot be asked for again.
    """

    machine: str
    workers: int
    passages: int
    phases: tuple[Phase, ...]
    memory: Growth
    cpu_ms: float
    database_cpu_ms: float
    recovered_after: float | None
    lost: int
    looked_up: int

    @property
    def passed(self) -> bool:
        """Whether it keeps what is promised of two processes on two cores."""
        steady, overload, *_ = self.phases
        return (
            steady.faults == steady.shed == overload.faults == self.lost == 0
            and steady.rate >= TARGET_RATE
            and steady.p95_ms < TARGET_P95_MS
            and overload.shed > 0
            and self.recovered_after is not None
            and self.recovered_after < TARGET_RECOVERY
        )


def phase_of(name: str, rate: float, seconds: float, answers: Sequence[Answered]) -> Phase:
    """The answers of one phase, counted."""
    good = sorted(one.ms for one in answers if one.status == 200 and not one.fault)
    shed = sorted(one.ms for one in answers if one.status in SHED and not one.fault)
    faults = [one.fault for one in answers if one.fault]
    return Phase(
        name=name,
        rate=rate,
        seconds=seconds,
        sent=len(answers),
        answered=len(good),
        shed=len(shed),
        faults=len(faults),
        first_faults=tuple(dict.fromkeys(faults))[:5],
        answered_per_second=round(len(good) / seconds, 2),
        p50_ms=_at(good, 50),
        p95_ms=_at(good, 95),
        p99_ms=_at(good, 99),
        shed_p95_ms=_at(shed, 95),
    )


def recovered_after(answers: Sequence[Answered], limit_ms: float = TARGET_P95_MS) -> float | None:
    """When calm began: the start of the first window in which nearly all is answered in time.

    None is refused in it either. `answers` are of the phase after the overload.
    """
    starts = sorted({float(int(one.at)) for one in answers})
    last = max((one.at for one in answers), default=0.0)
    for start in starts:
        within = [one for one in answers if start <= one.at < start + WINDOW]
        calm = sum(one.status == 200 and one.ms < limit_ms for one in within)
        refused = any(one.status != 200 for one in within)
        if last >= start + WINDOW and not refused and calm >= CALM_SHARE * len(within):
            return start
    return None


def slope(samples: Sequence[tuple[float, float]]) -> Growth:
    """The line of least squares through (seconds, MB)."""
    count = len(samples)
    if not count:
        return Growth(first_mb=0, last_mb=0, slope_mb_per_minute=0, samples=0)
    mean_t = sum(t for t, _ in samples) / count
    mean_m = sum(m for _, m in samples) / count
    spread = sum((t - mean_t) ** 2 for t, _ in samples)
    rise = sum((t - mean_t) * (m - mean_m) for t, m in samples)
    return Growth(
        first_mb=round(samples[0][1], 1),
        last_mb=round(samples[-1][1], 1),
        slope_mb_per_minute=round(60 * rise / spread, 2) if spread else 0.0,
        samples=count,
    )


def _at(ordered: Sequence[float], percent: int) -> float:
    """The nearest rank; 0 of nothing."""
    if not ordered:
        return 0.0
    return round(ordered[max(0, ceil(len(ordered) * percent / 100) - 1)], 1)
