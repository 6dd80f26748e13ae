"""The page of trends in a browser: nothing of it is wider than a phone."""

import re
import subprocess
from html import escape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assist.service.desk import Desk
from assist.web.app import create_app
from tests.service.trends.history import a_whole_history
from tests.web.test_eval_browser import CHROMIUM, FLAGS, FRAMED
from tests.web.test_gap_browser import self_contained


@pytest.fixture(scope="module")
def desk() -> Desk:
    return a_whole_history()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("path", ["/trends", "/trends?since=2025-01-01&until=2025-02-01"])
def test_the_page_is_no_wider_than_the_window(
    tmp_path: Path, desk: Desk, path: str, width: int
) -> None:
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
