"""A comparison of a condition, without `&& || ! ?:`: run in CEL on the values of its facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assist.domain.base import Money
from assist.policies.condition_money import NotComparable, same_currency
from assist.policies.condition_program import CelValue, Computation
from assist.policies.condition_terms import Term
from assist.policies.condition_tree import Facts, Reason, Truth
from assist.policies.values import Value

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Leaf:
    """`text` is how it reads; `reads` maps its names to what they stand for in `computation`.

    `currency` is that of the literal it compares money with, none where there is no such literal.
    """

    text: str
    computation: Computation
    reads: tuple[tuple[str, Term], ...]
    currency: str | None = None

    def weigh(self, facts: Facts, on: date) -> Truth:
        """Unknown while a fact is missing, does not fit its type, or cannot be computed with."""
        values: dict[str, Value] = {}
        for name, term in self.reads:
            value = term.read(facts, on)
            if value is None:
                return self._lacking(facts, on)
            values[name] = value
        try:
            return _TRUTHS[self.computation.run(self._context(values))]
        except NotComparable as error:
            return Truth(None, (), (str(error),))
        except ZeroDivisionError:
            return Truth(None, (), (f"{self.text} divides by zero",))
        except OverflowError:
            return Truth(None, (), (f"{self.text} is too large to compute",))

    def terms(self) -> Iterator[Term]:
        """What it reads, in order."""
        return (term for _, term in self.reads)

    def explained(self, facts: Facts, on: date) -> Iterator[Reason]:
        """The values it reads and its truth; nothing where it reads none."""
        if self.reads:
            truth = self.weigh(facts, on)
            words = (*(term.shown(facts, on) for term in self.terms()), *truth.problems)
            yield Reason("; ".join(dict.fromkeys(words)), truth.value, self.text)

    def _lacking(self, facts: Facts, on: date) -> Truth:
        lacking = [term for term in self.terms() if term.read(facts, on) is None]
        unfit = [t.shown(facts, on) for t in lacking if facts.get(t.path) is not None]
        paths = dict.fromkeys(term.path for term in lacking)
        return Truth(None, tuple(paths), tuple(dict.fromkeys(unfit)))

    def _context(self, values: Values) -> dict[str, CelValue]:
        amounts = [
            (name, term.path, value)
            for name, term in self.reads
            if isinstance(value := values[name], Money)
        ]
        if amounts:
            units = same_currency([(path, money) for _, path, money in amounts], self.currency)
            return dict(zip((name for name, _, _ in amounts), units, strict=True))
        return {name: _to_cel(v) for name, v in values.items() if not isinstance(v, Money)}


_TRUTHS = {True: Truth(True), False: Truth(False)}


def _to_cel(value: CelValue | date) -> CelValue:
    return value.isoformat() if isinstance(value, date) else value
