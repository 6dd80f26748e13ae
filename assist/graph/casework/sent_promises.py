"""A text that was sent -> the promises in it, each by the one that knows it best: draft or text.

The draft knows to the minute when the next contact is due, where the text is read to the day. What
an agent typed, only the text knows.
"""

from collections.abc import Iterator, Sequence, Set

from assist.domain.case import Case
from assist.domain.draft import Promise
from assist.domain.policy import PolicySet
from assist.drafting.commitments import Checked, FoundPromise
from assist.graph.checking import promises_judged
from assist.language.statements import fold


def sent_promises(text: str, case: Case, rules: PolicySet) -> tuple[Checked, ...]:
    """The promises that the customer can rely on, in the order of the text.

    Where nothing reads its language, only those of the draft that stand in it verbatim.
    """
    drafted = [promise for promise in case.promises if fold(promise.text) in fold(text)]
    found = promises_judged(text, case, rules) or ()
    return tuple(_known_best(found, drafted, case, rules))


def _known_best(
    found: Sequence[Checked], drafted: Sequence[Promise], case: Case, rules: PolicySet
) -> Iterator[Checked]:
    left = list(drafted)
    facts = case.draft.sentences if case.draft else ()
    quotes = {fold(fact.text) for fact in facts if fact.kind == "fact"}
    for one in found:
        same = next((p for p in drafted if _same(p.text, one.promise.text)), None)
        if same is None:
            yield from () if _only_quoted(one.promise, quotes) else (one,)
        elif not _as_drafted(one.promise, same):
            left = [promise for promise in left if promise is not same]
            yield one
        elif same in left:
            left = [promise for promise in left if promise is not same]
            yield _as_found(same, rules)
    yield from (_as_found(promise, rules) for promise in left)


def _same(one: str, other: str) -> bool:
    """A notice of the draft holds several sentences; each is read by itself."""
    return fold(one) in fold(other) or fold(other) in fold(one)


def _as_drafted(promise: FoundPromise, drafted: Promise) -> bool:
    """Whether the text names no other day: one counted from when it was sent is the text's own."""
    if promise.due is None or drafted.due is None:
        return promise.due is None
    return drafted.due.astimezone(promise.due.tzinfo).date() == promise.due.date()


def _only_quoted(promise: FoundPromise, quotes: Set[str]) -> bool:
    """Whether an article says it to everybody, of a case that may come or without naming a time.

    “Write to us if it has not arrived, and we will trace it” is no debt until they write.
    """
    quoted = fold(promise.text) in quotes
    return quoted and (promise.due is None or bool(promise.condition))


def _as_found(promise: Promise, rules: PolicySet) -> Checked:
    """A promise of the draft, with the action whose title it bears: it was judged when drafted."""
    kind = next((action.kind for action in rules.actions if action.title == promise.what), None)
    return Checked(promise=FoundPromise(**promise.model_dump(), kind=kind))
