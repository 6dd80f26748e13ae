"""Is every promise kept account of, with its day, and the right ones made?"""

from collections.abc import Iterator
from datetime import date

from assist.domain.draft import Promise
from assist.domain.eval_case import EvalCase, ExpectedPromise
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.scorer import Part, Scorer, always, fold, holds, none_of, not_eligible, share_met


def judge(case: EvalCase, suggestion: Suggestion, _: Grounds) -> CaseScore:
    """0 where an expected promise is not made in time, or one is made that must not be.

    Else the share of the account that is in order: each promise of the reply is listed, each listed
    one is in the reply and has a day.
    """
    expected = [_made(suggestion.promises, wanted) for wanted in case.expect.promises]
    expected += [
        Part(not any(holds(p.text, words) for p in suggestion.promises), f"promises “{words}”")
        for words in case.expect.no_promises
    ]
    if faults := [part.otherwise for part in expected if not part.met]:
        return none_of(faults)
    account = [*_listed(suggestion), *_dated(suggestion)]
    if not (account or expected):
        return not_eligible("promises nothing")
    return share_met([*account, *expected])


def _listed(suggestion: Suggestion) -> Iterator[Part]:
    made = [fold(s.text) for s in suggestion.draft.sentences if s.kind == "promise"]
    listed = [fold(promise.text) for promise in suggestion.promises]
    for text in made:
        yield Part(any(one in text for one in listed), f"promised and not listed: “{text}”")
    for one in listed:
        yield Part(any(one in text for text in made), f"listed and not promised: “{one}”")


def _dated(suggestion: Suggestion) -> Iterator[Part]:
    for promise in suggestion.promises:
        yield Part(promise.due is not None, f"has no day: “{promise.text}”")
        if promise.due is not None:
            late = promise.due < suggestion.created_at
            yield Part(not late, f"was due before it was made: “{promise.text}”")


def _made(promises: tuple[Promise, ...], wanted: ExpectedPromise) -> Part:
    found = [promise for promise in promises if holds(promise.text, wanted.words)]
    by = f" by {wanted.by}" if wanted.by else ""
    met = any(_in_time(promise, wanted.by) for promise in found)
    due = ", ".join(f"{p.due:%Y-%m-%d}" for p in found if p.due)
    return Part(
        met, f"does not promise “{wanted.words}”{by}" + (f", only for {due}" if due else "")
    )


def _in_time(promise: Promise, by: date | None) -> bool:
    return by is None or (promise.due is not None and promise.due.date() <= by)


SCORER = Scorer("promises", always, judge)
