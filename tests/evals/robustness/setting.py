"""What perturbations may look at, without a home: the sample company's rules, a few known words."""

from functools import cache
from typing import Any

from assist.domain.policy import PolicySet
from evals.cases import EvalCase
from evals.decisions.company import read_company
from evals.robustness.perturbation import Setting, Skip, Variant
from evals.robustness.perturbations import PERTURBATIONS
from tests.builders import NOW, a_ticket
from tests.conftest import KB_CORPUS


@cache
def rules() -> PolicySet:
    """The sample company's."""
    return read_company(KB_CORPUS).policy_set


def a_setting(**fields: Any) -> Setting:
    """English, seed 1, and no word is known."""
    given: dict[str, Any] = {
        "seed": 1,
        "language": "en",
        "rules": rules(),
        "known": lambda _: False,
    }
    return Setting(**(given | fields))


def a_case(*texts: str, **fields: Any) -> EvalCase:
    """A case of these messages of the customer."""
    messages = [{"text": text} for text in texts]
    return EvalCase.model_validate(
        {"id": "case", "ticket": a_ticket(messages=messages, **fields), "at": NOW, "expect": {}}
    )


def variants(name: str, case: EvalCase, **fields: Any) -> dict[str, EvalCase]:
    """The variants of a perturbation by name, without those it leaves out."""
    found = PERTURBATIONS[name].apply(case, a_setting(**fields))
    return {one.name: one.case for one in found if isinstance(one, Variant)}


def skips(name: str, case: EvalCase, **fields: Any) -> dict[str, str]:
    """What a perturbation leaves out, with its reason."""
    found = PERTURBATIONS[name].apply(case, a_setting(**fields))
    return {one.name: one.reason for one in found if isinstance(one, Skip)}


def text_of(case: EvalCase) -> str:
    """All messages of a case."""
    return "\n".join(message.text for message in case.ticket.messages)
