"""Numbers that the database knows, asked for when Prometheus asks."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from assist.domain.gaps import GapState
from assist.errors import AssistError, NoIndex
from assist.service.desk import Desk

LOG = logging.getLogger(__name__)


class AskedNow(Collector):
    """What one workspace holds now. A part that does not answer is left out, and counted as down.

    `assist_up` tells which part answered: an alert on a missing number is easily forgotten.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterable[Metric]:
        """The numbers."""
        up = GaugeMetricFamily("assist_up", "Whether a part answers.", labels=["part"])
        parts: dict[str, Callable[[], Iterator[Metric]]] = {
            "knowledge": self._knowledge,
            "ingest": self._ingest,
            "promises": self._promises,
            "cases": self._cases,
            "spending": self._spending,
            "gaps": self._gaps,
            "helpdesks": self._helpdesks,
        }
        for name, ask in parts.items():
            try:
                yield from list(ask())
            except AssistError as error:
                LOG.warning("no numbers of %s: %s", name, error)
                up.add_metric([name], 0)
            else:
                up.add_metric([name], 1)
        yield up

    def _knowledge(self) -> Iterator[Metric]:
        try:
            generation = self._desk.opened().library.generation
        except NoIndex:
            return
        age = (self._desk.parts.clock.now() - generation.created_at).total_seconds()
        yield _one("assist_generation_age_seconds", "Since what serves was made.", age)
        yield _one("assist_generation_number", "Of what serves here.", generation.number)
        yield _one("assist_passages", "Passages of what serves.", generation.passages)

    def _ingest(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("assist_ingest_jobs", "Jobs not done yet.", labels=["state"])
        unfinished = self._desk.parts.jobs.unfinished()
        for state in ("waiting", "building"):
            jobs.add_metric([state], sum(job.state == state for job in unfinished))
        yield jobs

    def _promises(self) -> Iterator[Metric]:
        counts = self._desk.parts.cases.ledger_counts(self._desk.parts.clock.now())
        promises = GaugeMetricFamily(
            "assist_promises", "Promises to customers, by how they stand.", labels=["state"]
        )
        for state, count in counts.model_dump().items():
            promises.add_metric([state], count)
        yield promises

    def _cases(self) -> Iterator[Metric]:
        cases = GaugeMetricFamily("assist_cases", "Cases, by where they stand.", labels=["status"])
        for status, count in self._desk.parts.cases.status_counts().items():
            cases.add_metric([status], count)
        yield cases

    def _spending(self) -> Iterator[Metric]:
        spent = self._desk.spent()
        if spent is None:
            return
        yield _one("assist_model_spent", "Money spent on models this month.", float(spent.spent))
        if spent.budget is not None:
            yield _one("assist_model_budget", "Money that may be spent.", float(spent.budget))

    def _helpdesks(self) -> Iterator[Metric]:
        errands = GaugeMetricFamily(
            "assist_errands",
            "What is to be done at helpdesks and was not, or was given up.",
            labels=["helpdesk", "state"],
        )
        for one in self._desk.parts.errands.standings():
            errands.add_metric([one.helpdesk, "waiting"], one.waiting)
            errands.add_metric([one.helpdesk, "failed"], one.failed)
        yield errands

    def _gaps(self) -> Iterator[Metric]:
        gaps = GaugeMetricFamily("assist_gaps", "Gaps, by their state.", labels=["state"])
        store = self._desk.parts.gaps
        for state in get_args(GapState):
            gaps.add_metric([state], store.listed([state], None, 1).total)
        yield gaps
        last, good = store.last_run(), store.last_good_run()
        if last is not None:
            failed = float(bool(last.error))
            yield _one("assist_gap_look_failed", "Whether the last look for gaps did.", failed)
        if good is not None:
            age = (self._desk.parts.clock.now() - good.started_at).total_seconds()
            yield _one("assist_gap_look_age_seconds", "Since gaps were looked for.", age)


def _one(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=value)
