"""A greeting before, a sign-off after, or the greeting that was there left out."""

from assist.language.greetings import without_greeting
from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting
from evals.robustness.telling import around, one, with_messages


def _greeted(case: EvalCase, _: Setting) -> Found:
    yield from one("greeting", case, around(case, before="Hello,\n\n"))
    name = (case.ticket.customer.name or "J.").split()[0]
    yield from one("sign-off", case, around(case, after=f"\n\nBest regards\n{name}"))
    yield from one("no greeting", case, _ungreeted(case))


def _ungreeted(case: EvalCase) -> EvalCase:
    told = [
        m.model_copy(update={"text": without_greeting(m.text) or m.text})
        if m.author == "customer"
        else m
        for m in case.ticket.messages
    ]
    return with_messages(case, told)


PERTURBATION = Perturbation(
    "greeting", "noise", "a greeting, a sign-off, or the greeting left out", _greeted
)
