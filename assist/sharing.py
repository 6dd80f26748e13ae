"""A desk's work, shared among the workers of a Ray cluster, each of which joins the home."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from assist.adapters.indexes import Share
from assist.adapters.ray_bulk import ray_cluster
from assist.service.bulk_covering import BulkCovering, shared
from assist.service.desk import Desk
from assist.settings import Settings
from assist.wiring import joined


@contextmanager
def shared_covering(settings: Settings, desk: Desk) -> Iterator[BulkCovering]:
    """What judges and embeds for this desk by workers, until the block ends.

    Raises `NotReady` where ray is not installed, `Unavailable` where no cluster answers.
    """
    here = settings.model_copy(update={"home": settings.home.resolve()})  # workers start elsewhere
    with ray_cluster(settings.ray_address) as bulk:
        yield shared(desk, bulk, partial(joined, here, Share.READS))
