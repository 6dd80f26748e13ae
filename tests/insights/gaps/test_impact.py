"""Impact is a product of factors that are shown."""

from pathlib import Path
from typing import Any

import pytest

from assist.errors import BadInput
from assist.insights.gaps.impact import factors, impact, packaged, read_weights
from assist.insights.gaps.uncovered import Uncovered
from tests.insights.gaps.building import an_issue, day


def some(count: int, **told: Any) -> list[Uncovered]:
    return [an_issue(f"t-{n}", **told) for n in range(count)]


def named(issues: list[Uncovered]) -> dict[str, float]:
    return {one.name: one.value for one in factors(issues, packaged())}


def test_impact_is_the_product_of_the_factors_by_their_weights(tmp_path: Path) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text("volume: 0.5\nhandling: 0\n")
    found = factors(some(4, answers=3), read_weights(path))
    assert impact(found) == pytest.approx(2.0)
    assert impact(factors(some(4, answers=3), packaged())) == pytest.approx(12.0)


def test_a_ticket_with_two_issues_counts_once() -> None:
    assert named([an_issue("t-1", "one"), an_issue("t-1", "two")])["volume"] == 1


def test_urgent_tickets_and_dear_customers_weigh_more() -> None:
    urgent = [*some(1, tags=("Urgent",)), an_issue("t-9")]
    assert named(urgent)["priority"] == pytest.approx(2.5)
    assert named(some(1, tier="Gold"))["priority"] == pytest.approx(1.5)


def test_customers_who_write_again_weigh_more() -> None:
    twice = some(2, customer_id="c-1")
    assert named(twice)["repeat_contact"] == pytest.approx(2.0)
    assert named(some(2, came_back=True))["repeat_contact"] == pytest.approx(2.0)
    assert named(some(2))["repeat_contact"] == pytest.approx(1.0)


def test_what_grows_weighs_more_than_what_fades() -> None:
    growing = [an_issue(f"t-{n}", at=day(30 + n if n else 0)) for n in range(6)]
    fading = [an_issue(f"t-{n}", at=day(n or 60)) for n in range(6)]
    assert named(growing)["trend"] > 1 > named(fading)["trend"]


def test_without_dates_the_trend_counts_for_nothing_and_says_so() -> None:
    found = {one.name: one for one in factors(some(5), packaged())}["trend"]
    assert (found.value, found.says) == (1.0, "no dates to tell by")


@pytest.mark.parametrize("text", ["volume: -1", "loudness: 2", "- a", "volume: [", "volume: much"])
def test_weights_that_mean_nothing_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.yaml"
    path.write_text(text)
    with pytest.raises(BadInput, match=r"weights\.yaml"):
        read_weights(path)
