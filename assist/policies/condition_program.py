"""CEL text -> a program that computes it.

`celpy` reads what people write and gives the tree that we check; what is left of it, comparisons
without any logic, is written anew and run by `cel`, some two hundred times faster (ADR 0014).
"""

import functools
import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

CelValue = bool | int | float | str


class Program(Protocol):
    """Compiled CEL. Immutable; safe to share between threads."""

    def execute(self, context: dict[str, Any] | None = None) -> Any:
        """Its value for these names.

        Raises `ZeroDivisionError` or `OverflowError` where integers cannot be computed.
        """
        ...


class Steps(NamedTuple):
    """The numbers a comparison of floats computes on the way, each as CEL.

    CEL's floats have infinities, so nothing would be raised: `divisors` must not be zero, and the
    `results` must be finite.
    """

    divisors: tuple[str, ...] = ()
    results: tuple[str, ...] = ()

    def __or__(self, other: "Steps") -> "Steps":
        return Steps(self.divisors + other.divisors, self.results + other.results)


NO_STEPS = Steps()


class Computation(NamedTuple):
    """A comparison that can be run; `steps` gives its divisors and results on the way, if any."""

    program: Program
    steps: Program | None = None

    def run(self, context: dict[str, CelValue]) -> bool:
        """True or false. Raises `ZeroDivisionError` or `OverflowError`."""
        if self.steps is not None:
            divisors, results = self.steps.execute(context)
            if 0.0 in divisors:
                raise ZeroDivisionError
            if not all(math.isfinite(result) for result in results):
                raise OverflowError
        return bool(self.program.execute(context))


def computation(cel: str, steps: Steps) -> Computation:
    """The comparison, compiled. Raises `ValueError` where the text is no CEL."""
    if not steps.results:
        return Computation(compiled(cel))
    divisors, results = ", ".join(steps.divisors), ", ".join(steps.results)
    return Computation(compiled(cel), compiled(f"[[{divisors}], [{results}]]"))


def compiled(cel: str) -> Program:
    """The program of a text. Raises `ValueError` where it is no CEL."""
    return _compiler()(cel)


@functools.cache
def _compiler() -> Callable[[str], Program]:
    import cel  # 0.2 s: it brings a command line of its own

    return cel.compile


def text_literal(value: str) -> str:
    """A text as CEL writes it, with the escapes that leave no doubt."""
    return "'" + "".join(_ESCAPES.get(character, character) for character in value) + "'"


_ESCAPES: Mapping[str, str] = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r"}
