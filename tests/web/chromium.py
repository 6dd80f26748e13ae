"""A real browser at a real server: the system's Chromium, driven by Playwright."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from assist.service.desk import Desk
from assist.web.app import create_app

CHROMIUM = (
    os.environ.get("ASSIST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
HEIGHT = 900
expect.set_options(timeout=20_000)  # the first page of a desk opens its library: seconds, when busy
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-features=LocalNetworkAccessChecks"]
"""A page of a made-up site is no page of this machine, and may not frame one without the last."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address of a server of this desk."""
    # Its own settings of logging would stay, for every test after.
    config = uvicorn.Config(create_app(desk), port=0, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def window(browser: Browser, width: int = 1440, scheme: str = "light") -> Iterator[Page]:
    """A page of this width, which fails where a script does."""
    broken: list[str] = []
    size: ViewportSize = {"width": width, "height": HEIGHT}
    dark = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport=size, color_scheme=dark)
    page = context.new_page()
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on("dialog", lambda dialog: broken.append(dialog.message))
    yield page
    context.close()
    assert broken == []
