"""The measurement of the desk in a browser: what it says where it cannot be made."""

import pytest
from typer import Typer
from typer.testing import CliRunner

from evals.bench.panel import panel_command


def test_without_a_browser_it_says_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSIST_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    app = Typer()
    app.command()(panel_command)
    found = CliRunner().invoke(app, ["--tickets", "10"])
    assert found.exit_code == 2
    assert "there is no Chromium" in found.stderr
    assert "ASSIST_CHROMIUM" in found.stderr
