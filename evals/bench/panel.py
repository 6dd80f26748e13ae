"""`python -m evals.bench.panel`: how long from a ticket to its reply in the field, in a browser?

Tickets of the core suite are pasted into `/desk/new`. The clock runs from the press of the button
until the reply stands, ready to be sent, in the field that one more key opens. The
first paint of a case's page, as the browser itself tells it, is beside it.
"""

import os
import shutil
import time
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli.options import Json, fails_cleanly, say
from assist.domain.base import Model
from assist.errors import BadInput
from evals.bench.load_server import serving
from evals.homes import own_settings, temporary_home
from evals.running.choosing import cases_of
from evals.running.ingesting import ingested
from evals.suites import find, load_suite

if TYPE_CHECKING:
    from playwright.sync_api import Page

KEY = "e"
"""Opens the reply in the field; it is the only key between."""
SHOWN = "tickets/answerable.json"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


class PanelTimes(Model):
    """Milliseconds. `paint` is of a case's page, asked for again."""

    cores: int
    tickets: int
    opened_p50: float
    opened_p95: float
    paint_p50: float
    keys: int


@fails_cleanly
def panel_command(
    *,
    tickets: Annotated[int, typer.Option(min=10, max=200, help="How many are opened.")] = 50,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a picture of the desk here.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measure the desk in Chromium, and draw it. Exit 2 where there is no Chromium."""
    found = measured(tickets, picture)
    if as_json:
        print(found.model_dump_json())
        return
    print(
        f"{found.tickets} tickets on {found.cores} cores: from the button to the reply in the "
        f"field p50 {found.opened_p50:.0f} ms, p95 {found.opened_p95:.0f} ms, {found.keys} key; "
        f"first paint of a case p50 {found.paint_p50:.0f} ms"
    )


def measured(tickets: int, picture: Path | None) -> PanelTimes:
    """The times. Raises `BadInput` where there is no Chromium."""
    from playwright.sync_api import sync_playwright

    path = os.environ.get("ASSIST_CHROMIUM") or shutil.which("chromium")
    if path is None:
        cure = "install one, or name it in ASSIST_CHROMIUM"
        raise BadInput("there is no Chromium", where="ASSIST_CHROMIUM", cure=cure)
    suite = load_suite("core")
    texts = [case.ticket.messages[0].text for case in cases_of(suite)][:tickets]
    with temporary_home() as home:
        say(f"ingest {suite.corpus}")
        with ingested(own_settings(home), find(suite.corpus)):
            pass
        with serving(home, 1) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1440, "height": 1100})
            say(f"open {len(texts)} tickets")
            _opened(page, server.url, texts[0])  # the first one loads what is loaded once
            times = [_opened(page, server.url, text) for text in texts]
            paints = _paints(page, server.url)
            if picture is not None:
                _draw(page, server.url, find(suite.corpus) / SHOWN, picture)
            browser.close()
    return PanelTimes(
        cores=os.cpu_count() or 1,
        tickets=len(times),
        opened_p50=median(times),
        opened_p95=quantiles(times, n=20)[-1],
        paint_p50=median(paints),
        keys=len(KEY),
    )


def _opened(page: "Page", address: str, text: str) -> float:
    page.goto(f"{address}/desk/new")
    page.fill("#text", text)
    began = time.perf_counter()
    page.click("main button")
    page.wait_for_selector("[data-do=keys]", state="visible")
    page.keyboard.press(KEY)
    page.wait_for_selector("#text", state="visible")
    return (time.perf_counter() - began) * 1000


def _draw(page: "Page", address: str, ticket: Path, picture: Path) -> None:
    """The case of a sample ticket as an agent sees it first."""
    told = ticket.read_text(encoding="utf-8")
    answer = page.request.post(
        f"{address}/v1/cases", data=told, headers={"Content-Type": "application/json"}
    )
    page.goto(f"{address}/desk/cases/{answer.json()['case']['id']}")
    page.wait_for_selector("[data-do=keys]", state="visible")
    page.screenshot(path=str(picture))


def _paints(page: "Page", address: str) -> list[float]:
    """The first paint of the pages that the queue leads to."""
    page.goto(f"{address}/desk")
    hrefs = [link.get_attribute("href") for link in page.query_selector_all(".queue .what a")]
    found = []
    for href in hrefs[:20]:
        page.goto(f"{address}{href}")
        paint = page.evaluate(
            "new Promise((done) => requestAnimationFrame(() => setTimeout(() => done("
            f"{PAINT}), 50)))"
        )
        if paint is not None:
            found.append(float(paint))
    return found


if __name__ == "__main__":
    typer.run(panel_command)
