"""What every `Bulk` does."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from assist.errors import BadInput
from assist.ports import Bulk, Work


@dataclass(frozen=True)
class Doubling:
    """Starts work that doubles numbers, and refuses one of them."""

    refused: int = -1

    def __call__(self) -> Work[int, int]:
        return self._doubled

    def _doubled(self, numbers: Sequence[int]) -> Sequence[int]:
        if self.refused in numbers:
            raise BadInput(f"{self.refused} is refused", where="here", cure="leave it out")
        return [2 * number for number in numbers]


class BulkContract:
    """Give it a fixture `bulk`."""

    def test_results_stand_in_the_order_of_the_items(self, bulk: Bulk) -> None:
        found = [*bulk.each(range(1_000), Doubling(), at_once=16)]
        assert found == [2 * number for number in range(1_000)]

    def test_nothing_gives_nothing(self, bulk: Bulk) -> None:
        assert [*bulk.each([], Doubling(), at_once=16)] == []

    def test_items_may_come_one_by_one(self, bulk: Bulk) -> None:
        found = bulk.each((number for number in (3, 1)), Doubling(), at_once=1)
        assert [*found] == [6, 2]

    def test_what_work_refuses_is_refused_here_in_the_same_words(self, bulk: Bulk) -> None:
        with pytest.raises(BadInput, match="7 is refused") as refused:
            list(bulk.each(range(10), Doubling(refused=7), at_once=4))
        assert refused.value.where == "here"
        assert refused.value.cure == "leave it out"
