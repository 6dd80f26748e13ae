"""Faults in the policy engine, shown on decisions: limits, caps, dates, levels, reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from assist.domain.solution import Alternative
from assist.domain.verdict import Verdict
from assist.policies.authority import Coverage
from assist.policies.caps import Held
from assist.policies.combining import Ways
from evals.faults.fault import Plant
from evals.faults.planting import instead, returns, together

ALL = "evals.decisions.judging:judge_all"
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class EngineFault:
    """One fault of the engine; one of the scorers `meant` has to catch it on some decision."""

    name: str
    about: str
    where: str
    meant: tuple[str, ...]
    plant: Plant


def _within(found: Held, *_: object) -> Held:
    return found._replace(within=True)


def _a_cent_short(found: Held, asked: Any, limits: Any, *_: object) -> Held:
    """An amount that is just the limit is beyond it."""
    money = asked.amount.money
    just = money is not None and money in limits
    return found._replace(within=False) if just else found


def _granted(found: Coverage, *_: object) -> Coverage:
    return found._replace(ways=Ways((Verdict(value="allowed"),)))


def _a_day_more(counts: Callable[..., int]) -> Callable[..., int]:
    return lambda start, end: counts(start, end) + 1


def _a_year_ago(sound: Callable[..., Any]) -> Callable[..., Any]:
    def standing(rules: Any, facts: Any, on: date, *rest: Any) -> Any:
        return sound(rules, facts, on - YEAR, *rest)

    return standing


def _above(found: Verdict, _: object, rules: Any, *__: object) -> Verdict:
    """Whoever stands one higher is to approve; of the highest, whoever stands lowest."""
    if found.value != "needs_approval" or found.level is None:
        return found
    levels = list(rules.authority.levels)
    other = levels[(levels.index(found.level) + 1) % len(levels)]
    return found.model_copy(update={"level": other})


def _asks_nothing(found: Verdict, *_: object) -> Verdict:
    return found.model_copy(update={"facts": ()})


def _of_another(found: Verdict, _: object, rules: Any, *__: object) -> Verdict:
    known = [one.id for policy in rules.policies for one in policy.clauses]
    other = tuple(known[known.index(c) - 1] if c in known else c for c in found.clauses)
    return found.model_copy(update={"clauses": other, "arithmetic": (), "reason": ""})


def _as_asked(found: Alternative, refused: Any, *_: object) -> Alternative:
    """What was refused, offered all the same."""
    return found.model_copy(update={"action": refused})


FAULTS = (
    EngineFault(
        "limit-ignored", "limits of clauses do not hold", "policies.limits.limit_held",
        ("verdict",), returns("assist.policies.limits:limit_held", _within),
    ),
    EngineFault(
        "cap-ignored", "what was granted before is not counted", "policies.caps.within_period",
        ("verdict",),
        together(
            returns("assist.policies.limits:within_period", _within),
            returns("assist.policies.authority:within_period", _within),
        ),
    ),
    EngineFault(
        "amount-at-limit", "an amount that is just the limit is beyond it",
        "policies.caps.within_limit", ("verdict",),
        together(
            returns("assist.policies.limits:within_limit", _a_cent_short),
            returns("assist.policies.authority:within_limit", _a_cent_short),
        ),
    ),
    EngineFault(
        "day-off", "days are counted one too many", "policies.condition_terms.DAY_COUNTS",
        ("verdict",),
        instead(
            "assist.policies.condition_terms:DAY_COUNTS",
            lambda counts: {name: _a_day_more(count) for name, count in counts.items()},
        ),
    ),
    EngineFault(
        "edition-off", "the policies of a year ago decide", "policies.clauses.standing",
        ("verdict", "clause"), instead("assist.policies.judgment:standing", _a_year_ago),
    ),
    EngineFault(
        "authority-off", "an agent may grant any amount", "policies.authority.coverage",
        ("verdict",), returns("assist.policies.judgment:coverage", _granted),
    ),
    EngineFault(
        "permission-off", "what clauses forbid is not looked at",
        "policies.permission.permission", ("verdict",),
        instead(
            "assist.policies.judgment:permission",
            lambda _: lambda *__: Ways((Verdict(value="allowed"),)),
        ),
    ),
    EngineFault(
        "level-off", "another level is to approve", "policies.verdicts.judge_all", ("level",),
        returns(ALL, _above),
    ),
    EngineFault(
        "facts-off", "what has to be known is not named", "policies.verdicts.judge_all",
        ("facts",), returns(ALL, _asks_nothing),
    ),
    EngineFault(
        "clause-off", "the clause before it is named", "policies.verdicts.judge_all",
        ("clause",), returns(ALL, _of_another),
    ),
    EngineFault(
        "alternative-off", "what was refused is offered", "policies.alternatives.best_alternative",
        ("alternative",), returns("evals.decisions.judging:best_alternative", _as_asked),
    ),
)  # fmt: skip
