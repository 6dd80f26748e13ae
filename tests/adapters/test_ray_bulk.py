"""Work on a Ray cluster of two nodes, both started on this machine."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from assist.adapters.ray_bulk import RayBulk, ray_cluster
from assist.errors import NotReady, Unavailable
from assist.ports import Work
from tests.contracts.bulk import BulkContract
from tests.two_nodes import its_own_warnings, needs_ray, two_nodes

pytestmark = its_own_warnings


@pytest.fixture(scope="module")
def bulk() -> Iterator[RayBulk]:
    with two_nodes() as address, ray_cluster(address) as joined:
        yield joined


@dataclass(frozen=True)
class Placing:
    """Starts work that says in which process it was done, and on which node."""

    def __call__(self) -> Work[int, tuple[str, int]]:
        import ray

        node = ray.get_runtime_context().get_node_id()
        return lambda numbers: [(node, os.getpid()) for _ in numbers]


@dataclass(frozen=True)
class Breaking:
    """Starts work that fails in a way that nobody foresaw."""

    def __call__(self) -> Work[int, int]:
        def work(numbers: Sequence[int]) -> Sequence[int]:
            raise ZeroDivisionError(numbers)

        return work


@needs_ray
class TestRayBulk(BulkContract):
    def test_both_nodes_work_and_this_process_does_not(self, bulk: RayBulk) -> None:
        places = set(bulk.each(range(400), Placing(), at_once=2))
        assert len({node for node, _ in places}) == 2
        assert os.getpid() not in {process for _, process in places}

    def test_what_fails_unforeseen_is_told_as_a_failure_of_the_cluster(self, bulk: RayBulk) -> None:
        with pytest.raises(Unavailable, match="ZeroDivisionError"):
            list(bulk.each([1], Breaking(), at_once=1))


@needs_ray
def test_a_cluster_that_is_not_there_is_said() -> None:
    with pytest.raises(Unavailable, match="no Ray cluster can be joined"), ray_cluster("x"):
        pass


def test_without_ray_the_cure_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assist.adapters.ray_bulk.find_spec", lambda name: None)
    with pytest.raises(NotReady) as refused, ray_cluster():
        pass
    assert "assist-desk[scale]" in refused.value.cure


def test_ray_is_not_imported_before_it_is_asked_for() -> None:
    code = "import sys, assist.adapters.ray_bulk, assist.wiring; sys.exit('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
