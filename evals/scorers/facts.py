"""Is what ticket and records tell known, with its value?"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from assist.domain.eval_case import EvalCase
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from evals.scorers.knowing import own_values, record_of
from evals.scorers.scorer import Part, Scorer, fold, share_met

_ZEROS = "T00:00:00"


def judge(case: EvalCase, suggestion: Suggestion, grounds: Grounds) -> CaseScore:
    """The share of facts that are known with the value expected, in whichever issue.

    `129.00 USD`, `{amount: "129.00", currency: USD}` and `129.0 USD` are the same; so are a day
    and its midnight, and texts in upper and lower case.
    """
    known: dict[str, set[str]] = {}
    for path, value in _known(case, suggestion, grounds):
        known.setdefault(path, set()).add(_same(value))
    return share_met(
        [
            Part(
                _same(value) in known.get(path, set()),
                f"{path} is {' or '.join(sorted(known.get(path, {'not known'})))}, not {value}",
            )
            for path, value in case.expect.facts.items()
        ]
    )


def _known(
    case: EvalCase, suggestion: Suggestion, grounds: Grounds
) -> Iterator[tuple[str, object]]:
    yield from own_values(case, record_of(case, grounds)).items()
    yield from ((fact.path, fact.value) for issue in suggestion.issues for fact in issue.facts)


def _same(value: object) -> str:
    """Equal for values that mean the same."""
    if isinstance(value, dict):
        amount, currency = value.get("amount"), value.get("currency")
        if amount is not None and currency is not None and len(value) == 2:
            return _same(f"{amount} {currency}")
    text = fold(str(value)).casefold().removesuffix(_ZEROS.casefold())
    number, _, unit = text.partition(" ")
    try:
        return f"{Decimal(number).normalize():f} {unit}".strip()
    except InvalidOperation:
        return text


SCORER = Scorer("facts", lambda expect: bool(expect.facts), judge)
