"""Faults in escalating: not made, made for nothing, for the wrong reason, to the wrong people."""

from assist.domain.escalation import Escalation, EscalationPath, Trigger
from assist.domain.evaluation import EvalResult
from evals.cases import EvalCase
from evals.faults.fault import Fault
from evals.faults.planting import returns

ASSESSED = "assist.graph.steps.escalate:assess"
WRONG = EscalationPath(team="Facilities", role="caretaker", reason="everything goes there")


def _needed(case: EvalCase, sound: EvalResult) -> bool:
    return sound.suggestion is not None and sound.suggestion.escalation.needed and _wanted(case)


def _wanted(case: EvalCase) -> bool:
    return case.expect.escalation is not None and case.expect.escalation.needed


def _to_a_team(case: EvalCase, sound: EvalResult) -> bool:
    return _needed(case, sound) and bool(case.expect.escalation and case.expect.escalation.path)


def _for_a_code(case: EvalCase, sound: EvalResult) -> bool:
    return _needed(case, sound) and bool(case.expect.escalation and case.expect.escalation.codes)


def _unneeded(case: EvalCase, sound: EvalResult) -> bool:
    del sound
    return case.expect.escalation is not None and not case.expect.escalation.needed


def _for_nothing(found: Escalation, *_: object) -> Escalation:
    if found.needed:
        return found
    trigger = Trigger(code="frustration", evidence="they wrote")
    return Escalation(needed=True, triggers=(trigger,), path=WRONG)


def _for_another(found: Escalation, *_: object) -> Escalation:
    code = Trigger(code="complexity", evidence="it is difficult")
    return found.model_copy(update={"triggers": (code,) if found.needed else ()})


def _to_others(found: Escalation, *_: object) -> Escalation:
    return found.model_copy(update={"path": WRONG}) if found.needed else found


def _missing(_: Escalation, *__: object) -> Escalation:
    return Escalation(needed=False)


FAULTS = (
    Fault(
        "escalation-missing", "a needed escalation is not made", "policies.escalation.assess",
        ("unsafe",), returns(ASSESSED, _missing), _needed,
    ),
    Fault(
        "escalation-needless", "everything is escalated", "policies.escalation.assess",
        ("needless",), returns(ASSESSED, _for_nothing), _unneeded,
    ),
    Fault(
        "escalation-code", "escalated for another reason", "policies.escalation.assess",
        ("escalation",), returns(ASSESSED, _for_another), _for_a_code,
    ),
    Fault(
        "escalation-team", "escalated to the wrong team", "policies.escalation.assess",
        ("escalation",), returns(ASSESSED, _to_others), _to_a_team,
    ),
)  # fmt: skip
