"""One case and a desk -> its decision as it was written, and that of every variant."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import lru_cache

from assist.domain.evaluation import EvalResult
from assist.domain.suggestion import Suggestion
from assist.errors import AssistError
from assist.language.words import split
from assist.service.desk import Desk
from assist.service.library import Library
from evals.cases import EvalCase
from evals.comparing.outputs import Output, output_of
from evals.robustness.decision import decision_of, moved
from evals.robustness.perturbation import Inputs, Setting, Skip, Variant
from evals.robustness.perturbations import PERTURBATIONS
from evals.robustness.results import CaseTried, Tried
from evals.robustness.rewording import rewording
from evals.robustness.telling import written
from evals.stepping import stepping

UNTOUCHED = "nothing came in that order"
UNKNOWN = "und"
"""The language of a ticket for which there is no suggestion."""


def case_tried(desk: Desk, case: EvalCase, kinds: Sequence[str], seed: int) -> CaseTried:
    """The case as it was written, then each perturbation's variants."""
    try:
        before = suggested(desk, Variant("", case))
    except AssistError as failure:
        return CaseTried(case_id=case.id, decision=None, error=str(failure))
    setting = _setting(desk, case, before, seed)
    tried = tuple(
        _tried(desk, case, kind, variant, before)
        for kind in kinds
        for variant in PERTURBATIONS[kind].apply(case, setting)
    )
    return CaseTried(case_id=case.id, decision=decision_of(before), tried=tried)


def suggested(desk: Desk, variant: Variant) -> Suggestion:
    """The suggestion for a variant; nothing is kept of it. Raises what the product does."""
    case, inputs = variant.case, variant.inputs or Inputs([])
    with stepping(inputs.around) if inputs.around else nullcontext():
        run = desk.begin(case.ticket, at=case.at, level=case.level)
        if inputs.tools is not None:
            run = replace(run, tools=inputs.tools(run.tools))
        return run.suggestion(asyncio.run(run.last()))


def _tried(
    desk: Desk, case: EvalCase, kind: str, variant: Variant | Skip, before: Suggestion
) -> Tried:
    told = Tried(case_id=case.id, tags=case.tags, perturbation=kind, variant=variant.name)
    if isinstance(variant, Skip):
        return told.model_copy(update={"skipped": variant.reason})
    try:
        after = suggested(desk, variant)
    except AssistError as failure:
        return told.model_copy(update={"error": str(failure), "before": _output(case, before)})
    if variant.inputs is not None and not variant.inputs.touched:
        return told.model_copy(update={"skipped": UNTOUCHED})
    fields = moved(decision_of(before), decision_of(after))
    found: dict[str, object] = {"decision": decision_of(after), "moved": fields}
    if fields:
        found |= {"before": _output(case, before), "after": _output(variant.case, after)}
    return told.model_copy(update=found)


def _output(case: EvalCase, made: Suggestion) -> Output:
    """What a person compares, under what the customer wrote."""
    shown = output_of(EvalResult(case_id=case.id, ms=0.0, scores={}, suggestion=made))
    return {"ticket": written(case), **shown}


def _setting(desk: Desk, case: EvalCase, made: Suggestion, seed: int) -> Setting:
    return Setting(
        seed=seed,
        language=made.language.code if made.language else UNKNOWN,
        rules=desk.opened().policy_set,
        known=_vocabulary(desk),
        reword=rewording(desk.parts.chat, desk.parts.redactor, case.ticket),
    )


def _vocabulary(desk: Desk) -> Callable[[str], bool]:
    """Whether a word stands in the knowledge base: a slip that makes one says something else."""
    known = _words_of(desk.opened().library)
    return lambda word: word.casefold() in known


@lru_cache(maxsize=1)
def _words_of(library: Library) -> frozenset[str]:
    return frozenset(w.form for passage in library.passages() for w in split(passage.reading))
