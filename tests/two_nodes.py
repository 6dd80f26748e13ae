"""A Ray cluster of two nodes with a processor each, on this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

from assist.adapters.ray_bulk import QUIET

WITHOUT = "ray is not installed: pip install 'assist-desk[scale]'"
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason=WITHOUT)
its_own_warnings = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning:ray", "ignore::ResourceWarning"
)
"""Ray warns of how it uses itself, and leaves files of its processes to the collector."""


@contextmanager
def two_nodes() -> Iterator[str]:
    """Its address, until the block ends."""
    os.environ.update(QUIET)
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1})
    try:
        cluster.add_node(num_cpus=1)
        yield cluster.address
    finally:
        cluster.shutdown()
