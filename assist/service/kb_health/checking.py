"""A generation on a day -> what is wrong with each article, and how its own words find it.

That takes half a minute for a hundred documents, so a service does it once, beside its requests.
"""

from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from threading import Lock

from assist.domain.kb_health import Fault, OwnWords
from assist.insights.kb_health.own_words import own_words
from assist.insights.kb_lint.shelf import in_force
from assist.service.kb_bench import KnowledgeBase, serving
from assist.service.kb_lint import lint
from assist.service.library import Library

MOST_UNASKED = 1_000
"""Documents up to which a service checks them for a page; more are for `assist kb-health`."""


@dataclass(frozen=True)
class Checked:
    """By document: faults, and how it is found."""

    faults: Mapping[str, tuple[Fault, ...]]
    own_words: Mapping[str, OwnWords]


def check(base: KnowledgeBase, on: date) -> Checked:
    """Look at all articles and policies in force."""
    faults: defaultdict[str, list[Fault]] = defaultdict(list)
    for finding in lint(base, on):
        for document in finding.documents:
            faults[document].append(Fault(kind=finding.kind, message=finding.message))
    documents = [d for d in base.documents if d.kind != "precedent" and in_force(d, on)]
    return Checked(
        {name: tuple(found) for name, found in faults.items()},
        own_words(documents, base.finding(on), base.rarity),
    )


class Checks:
    """What was found out last, for one generation and day. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: tuple[str, date] | None = None
        self._work: Future[Checked] | None = None
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="kb-health")

    def begun(self, library: Library, on: date) -> Checked | None:
        """What was found, or none yet: then it is being looked for. Raises what kept it from it."""
        of = (library.generation.id, on)
        with self._lock:
            if self._work is None or self._of != of:
                self._of, self._work = of, self._worker.submit(_check, library, on)
            work = self._work
            if not work.done():
                return None
            if work.exception() is not None:
                self._work = None  # the next one who asks has it tried again
        return work.result()

    def settle(self) -> None:
        """Wait until what began has ended, however it ended."""
        with self._lock:
            work = self._work
        if work is not None:
            wait([work])


def _check(library: Library, on: date) -> Checked:
    return check(serving(library), on)
