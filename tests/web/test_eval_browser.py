"""The report in a browser: nothing of it is wider than a phone."""

import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

from evals.reports.gathering import Gathered
from evals.reports.html import html
from tests.evals.builders import a_suggestion
from tests.web.eval_pages import an_eval_run

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
FRAMED = """<title></title><iframe width="{width}" height="800" srcdoc="{page}"
 onload="document.title = this.contentDocument.documentElement.scrollWidth"></iframe>"""
"""A window is never as narrow as a phone, and a frame is."""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [320, 1200])
def test_a_report_is_no_wider_than_the_window(tmp_path: Path, width: int) -> None:
    run = an_eval_run(a_suggestion(), (1.0, 0.0, 0.0))
    file = tmp_path / "framed.html"
    framed = FRAMED.format(width=width, page=escape(html(Gathered(run))))
    file.write_text(framed, encoding="utf-8")

    given = (f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom")
    shown = subprocess.run(
        [str(CHROMIUM), *FLAGS, *given, file.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip

    title = re.search(r"<title>(.*?)</title>", shown)
    assert title is not None
    assert 0 < int(title[1]) <= width
