"""Knowledge bases that calibrate themselves, and those that do not."""

import numpy as np
import pytest

from assist.retrieval.covering.own import left_out, self_calibrated
from tests.retrieval.covering.builders import REFUND, RESET, a_coverer

PROSE = tuple(f"{line}." for line in RESET)


TOPICS = ("lamp", "lock", "hub", "plug", "bell", "camera", "sensor", "remote", "siren")


def a_list(topic: str) -> tuple[str, ...]:
    """Six questions that share two words of five."""
    return tuple(f"{topic} {topic}box {topic}{n}x {topic}{n}y {topic}{n}z" for n in range(6))


def test_lists_whose_questions_are_little_alike_lower_the_bar() -> None:
    lists = a_coverer(**{topic: a_list(topic) for topic in TOPICS})
    own = self_calibrated(lists)
    assert own.bar < lists.scale.bar
    (before,) = lists.judge_each(["lamp lampbox flickers"])
    (after,) = lists.on(own).judge_each(["lamp lampbox flickers"])
    assert after.value > before.value


def test_the_bar_is_never_raised() -> None:
    lists = a_coverer(**{topic: a_list(topic) for topic in TOPICS})
    low = lists.on(lists.scale.model_copy(update={"bar": -0.5}))
    assert self_calibrated(low).bar <= -0.5


def test_prose_and_a_single_list_keep_the_scale() -> None:
    prose = a_coverer(reset=PROSE, refund=tuple(f"{line}." for line in REFUND))
    assert self_calibrated(prose) == prose.scale
    single = a_coverer(reset=RESET)
    assert self_calibrated(single) == single.scale


def test_a_line_left_out_leaves_more_than_its_whole_article_left_out() -> None:
    coverer = a_coverer()
    rows = np.arange(len(coverer.lines))
    covered, gaps = left_out(coverer, rows)
    assert (covered >= gaps).all()
    assert covered.mean() > gaps.mean()


def test_a_line_left_out_is_judged_as_if_it_had_never_been_there() -> None:
    coverer = a_coverer()
    (best,) = coverer.measure_vectors(coverer.vectors[:1]).best
    covered, _ = left_out(coverer, np.array([0]))
    assert best == pytest.approx(1.0, abs=1e-5)
    assert covered[0] < coverer.evidence(coverer.measure_vectors(coverer.vectors[:1]))[0]
