"""Plots: the same drawing is the same SVG, its colors are the page's, and its text is text."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from lxml import etree

from assist.insights.eval_figures.calibrating import Bin, Calibration
from assist.insights.eval_figures.resampling import Mean
from assist.insights.eval_figures.timing import Timing
from assist.insights.eval_figures.trending import Point, Trend
from assist.web.plots import steps, trend
from assist.web.plots.calibration import calibration_plot
from assist.web.plots.canvas import NAMES, WIDTH, drawn
from assist.web.plots.latency import in_words, latency_plot
from assist.web.plots.steps import Row, steps_plot
from assist.web.plots.trend import trend_plot
from tests.builders import NOW

ROWS = (Row("identify", 0.8, 0.7, 0.9, ((0.8, True), (0.8, False))), Row("decide", 1, 1, 1, ()))
POINTS = tuple(Point(f"r{n}", NOW + timedelta(days=n), 0.5, 0.4, None, n == 1) for n in range(3))
TIMING = Timing(3, (("median", 40.0), ("95 %", 90.0)), (10.0, 30.0, 100.0), (1, 2), ())
PLOTS = {
    "steps": lambda: steps._drawn.__wrapped__(ROWS, "steps"),
    "trend": lambda: trend._drawn.__wrapped__((Trend("a $x_1$ <b>", 0.9, POINTS),), "trend"),
    "confidence": lambda: calibration_plot(
        Calibration(3, (Bin(0.5, 0.6, 0.55, Mean(3, 0.5, 0.1, 0.9)),), 0.05), "how <sure>", "c"
    ),
    "latency": lambda: latency_plot(TIMING),
}


@pytest.fixture(params=PLOTS, ids=str)
def svg(request: pytest.FixtureRequest) -> str:
    return PLOTS[request.param]()


def test_a_plot_is_one_element_that_is_well_formed(svg: str) -> None:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    root = etree.fromstring(svg.replace("<svg ", f"<svg {spaces} ", 1).encode())
    assert root.get("viewBox").split()[2] == str(WIDTH)
    assert len(list(root.iter("{*}text"))) >= 4


def test_a_plot_brings_no_style_no_script_and_no_address(svg: str) -> None:
    for forbidden in ("style", "<script", "http", "<metadata", "<!--", "<!DOCTYPE", "<?xml"):
        assert forbidden not in svg, forbidden


def test_every_color_is_one_of_the_page(svg: str) -> None:
    assert not re.findall(r"#[0-9a-fA-F]{6}", svg)
    assert set(re.findall(r"var\(--(\w+)\)", svg)) <= set(NAMES.values())
    assert "var(--" in svg


@pytest.mark.parametrize("name", ["steps", "trend"])
def test_the_same_drawing_is_the_same_letter_by_letter_whoever_draws_it_beside(name: str) -> None:
    with ThreadPoolExecutor(4) as threads:
        drawings = {one.result() for one in [threads.submit(PLOTS[name]) for _ in range(8)]}
    assert len(drawings) == 1


def test_words_are_escaped_and_no_formula() -> None:
    svg = PLOTS["trend"]()
    assert "a $x_1$ &lt;b&gt;" in svg


def test_ids_of_two_plots_of_a_page_differ() -> None:
    ids = [set(re.findall(r'\bid="([^"]+)"', drawn(n, 90, lambda f: f.add_subplot())))
           for n in ("one", "two")]  # fmt: skip
    assert ids[0]
    assert not ids[0] & ids[1]


def test_nothing_is_drawn_where_there_is_nothing() -> None:
    assert steps_plot(()) == trend_plot(()) == ""


@pytest.mark.parametrize(
    ("ms", "words"), [(0.4, "0 ms"), (241.7, "242 ms"), (1_830, "1.83 s"), (90_000, "1.5 min")]
)
def test_a_length_of_time_is_said_shortly(ms: float, words: str) -> None:
    assert in_words(ms) == words
