"""Work shared among the workers of a Ray cluster, by Ray Data. The only module that imports ray.

Its statistics of use, its dashboard and its progress bars are off; a cluster of our own listens on
the loopback interface alone. What is sent is pickled by Ray, so another cluster must be one's own
too: whoever reaches its ports runs code there.
"""

import importlib
import logging
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from typing import Any, TypeVar

from assist.errors import AssistError, NotReady, Unavailable
from assist.ports import Work

A = TypeVar("A")
B = TypeVar("B")
Row = dict[str, Any]

QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AIR_NEW_OUTPUT": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # its core tells the terminal what its own Ray Data does
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # else it warns of what it will do one day
}
"""Read as ray is imported and by what it starts."""
CURE = "pip install 'assist-desk[scale]'"
LOOPBACK = "127.0.0.1"
ITEMS, RESULTS, FAILED = "items", "results", "failed"
LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class RayBulk:
    """A `Bulk`: a worker per processor of the cluster that is joined, each a process."""

    ray: Any

    def each(
        self, items: Iterable[A], start: Callable[[], Work[A, B]], at_once: int
    ) -> Iterator[B]:
        """See `Bulk`. All items are read before the first is handed out."""
        rows = [{ITEMS: pickle.dumps(some)} for some in _by(at_once, items)]
        if not rows:
            return
        held = self.ray.put(start)  # once, and not with every worker
        workers = min(len(rows), self._processors())
        try:
            done = self.ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
                _Worker,
                fn_constructor_args=(held,),
                batch_size=1,
                batch_format="numpy",
                compute=self.ray.data.ActorPoolStrategy(size=workers),
                num_cpus=1,
            )
            for row in done.iter_rows():
                yield from _told(row)
        except self.ray.exceptions.RayError as error:
            raise Unavailable(
                f"the cluster failed: {str(error).strip().splitlines()[0]}",
                where="ray",
                cure="see its logs, or use --engine local",
            ) from error

    def _processors(self) -> int:
        return max(1, int(self.ray.cluster_resources().get("CPU", 1)))


class _Worker:
    """What runs in a process of the cluster. What goes wrong in it is a result like others.

    Ray would try a worker that cannot start again and again, and tell of it in a page of frames.
    """

    def __init__(self, held: Any) -> None:
        self._held = held
        self._work: Work[Any, Any] | None = None

    def __call__(self, batch: Row) -> Row:
        (items,) = batch[ITEMS]
        told: Any
        try:
            told = list(self._started()(pickle.loads(items)))  # noqa: S301  our own cluster's
        except AssistError as error:
            return {RESULTS: [pickle.dumps(error)], FAILED: [True]}
        except Exception as error:
            LOG.exception("work failed")  # in the worker's own log, with its frames
            told = Unavailable(f"a worker failed: {error!r}", where="ray", cure="see Ray's logs")
            return {RESULTS: [pickle.dumps(told)], FAILED: [True]}
        return {RESULTS: [pickle.dumps(told)], FAILED: [False]}

    def _started(self) -> Work[Any, Any]:
        if self._work is None:
            self._work = importlib.import_module("ray").get(self._held)()
        return self._work


def _told(row: Row) -> Any:
    results = pickle.loads(row[RESULTS])  # noqa: S301  our own cluster's
    if row[FAILED]:
        raise results
    return results


def _by(at_once: int, items: Iterable[A]) -> Iterator[list[A]]:
    left = iter(items)
    while some := list(islice(left, at_once)):
        yield some


@contextmanager
def ray_cluster(address: str | None = None) -> Iterator[RayBulk]:
    """The cluster at this address (`host:port`), else one of this machine's processors.

    It is left, and where it is our own, stopped, when the block ends. Raises `NotReady` where ray
    is not installed and `Unavailable` where no cluster answers.
    """
    ray = _load()
    try:
        ray.init(logging_level=logging.ERROR, log_to_driver=False, **_where(address))
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise Unavailable(
            f"no Ray cluster can be joined: {str(error).strip().splitlines()[0]}",
            where=address or "ray",
            cure="start one with `ray start --head`, and name its host:port",
        ) from error
    try:
        _hush(ray)
        yield RayBulk(ray)
    finally:
        ray.shutdown()


def _where(address: str | None) -> dict[str, Any]:
    if address:
        return {"address": address}
    return {"address": "local", "include_dashboard": False, "_node_ip_address": LOOPBACK}


def _load() -> Any:
    if find_spec("ray") is None:
        raise NotReady("ray is not installed", where="--engine ray", cure=CURE)
    os.environ.update(QUIET)
    ray = importlib.import_module("ray")
    try:
        importlib.import_module("ray.data")
    except ImportError as error:
        raise NotReady(
            f"Ray Data is not whole: {error}", where="--engine ray", cure=CURE
        ) from error
    return ray


def _hush(ray: Any) -> None:
    """Results in order, and nothing said on the terminal."""
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
