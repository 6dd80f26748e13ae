"""What the tests of policies share."""

import pytest

from assist.policies import condition_money, conditions, index
from assist.policies.audit import compared


@pytest.fixture(scope="session", autouse=True)
def nothing_compiled_before() -> None:
    """A run begins with nothing remembered: mutants are forked from a run that has compiled all."""
    remembered = (conditions._compiled, condition_money.decimals, index._made, compared.compared_in)
    for function in remembered:
        function.cache_clear()
