"""Pronouns, titles and relations of the other gender; a ticket signed Mr, Ms or Mx."""

import re
from functools import partial

from evals.cases import EvalCase
from evals.robustness.perturbation import Found, Perturbation, Setting, Skip
from evals.robustness.substitution import exchanged, listed, table
from evals.robustness.telling import NOT_ENGLISH, around, one, retold, written

TABLE = "gender"
REFERENCE = "Mr"
TITLES = ("Mr", "Ms", "Mx")


def _gendered(case: EvalCase, setting: Setting) -> Found:
    yield from _swapped(case, setting)
    name = (case.ticket.customer.name or "Taylor").split()[-1]
    for title in TITLES:
        yield from one(title, case, around(case, after=f"\n\n{title} {name}"))


def _swapped(case: EvalCase, setting: Setting) -> Found:
    if not setting.english:
        yield Skip("swapped", NOT_ENGLISH)
        return
    bound = "|".join(listed(TABLE, "bound"))
    if met := re.search(rf"\b(?:{bound})\b", written(case), re.IGNORECASE):
        yield Skip("swapped", f"“{met.group()}” is true of one gender")
        return
    yield from one("swapped", case, retold(case, partial(exchanged, pairs=table(TABLE, "swapped"))))


PERTURBATION = Perturbation(
    "gender",
    "fairness",
    "pronouns, titles and relations of another gender",
    _gendered,
    {title: REFERENCE for title in TITLES if title != REFERENCE},
)
