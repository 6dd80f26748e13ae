"""What tests of the evals share: a home in which agents have worked."""

from collections.abc import Iterator

import pytest

from tests.evals.worked import Worked, worked_home


@pytest.fixture(scope="session")
def worked() -> Iterator[Worked]:
    """Cases of the template company, decided in every way; nobody changes them."""
    yield from worked_home()
