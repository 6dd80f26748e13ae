"""The pages of gaps in a browser: nothing of them is wider than a phone."""

import re
import subprocess
from html import escape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import STATIC, create_app
from tests.contracts.gap_store import a_gap_run
from tests.service.parts import some_parts
from tests.web.gap_pages import some_gaps
from tests.web.test_eval_browser import CHROMIUM, FLAGS, FRAMED

SHEET = re.compile(r'<link rel="stylesheet" href="/static/([a-z_]+\.css)">')


def self_contained(page: str) -> str:
    """The page with its stylesheets in it."""
    return SHEET.sub(
        lambda link: f"<style>{(STATIC / link[1]).read_text(encoding='utf-8')}</style>", page
    )


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("path", ["/gaps?state=any", "/gaps/gap-1", "/gaps", "/gaps/gap-9"])
def test_a_page_is_no_wider_than_the_window(tmp_path: Path, path: str, width: int) -> None:
    desk = Desk(parts=some_parts(), records_for=lambda _files: None)
    if path == "/gaps":  # the empty list, after a look that failed
        desk.parts.gaps.add_run(a_gap_run(error="the-disk-is-full" * 8))
    else:
        some_gaps(desk)
    with TestClient(create_app(desk)) as client:
        page = self_contained(client.get(path).text)
    file = tmp_path / "framed.html"
    file.write_text(FRAMED.format(width=width, page=escape(page)), encoding="utf-8")

    given = (f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom")
    shown = subprocess.run(
        [str(CHROMIUM), *FLAGS, *given, file.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip

    title = re.search(r"<title>(\d+)</title>", shown)
    assert title is not None
    assert 0 < int(title[1]) <= width
