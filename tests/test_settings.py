"""Secrets may stand in files: the environment of a process is seen by others."""

from pathlib import Path

import pytest

from assist.errors import BadSetting
from assist.settings import read_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASSIST_LLM__API_KEY", raising=False)


def a_file(folder: Path, text: str) -> str:
    file = folder / "secret"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_setting_is_read_from_the_file_that_is_named_without_the_line_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_LLM__API_KEY_FILE", a_file(tmp_path, "sk-1\n"))
    url = tmp_path / "url"
    url.write_text("postgresql://assist:secret@db/assist\n")
    monkeypatch.setenv("ASSIST_DATABASE_URL_FILE", str(url))

    settings = read_settings()

    assert settings.llm.api_key.get_secret_value() == "sk-1"
    assert settings.database_url == "postgresql://assist:secret@db/assist"


def test_the_same_by_value_and_by_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_LLM__API_KEY_FILE", a_file(tmp_path, "sk-1"))
    monkeypatch.setenv("ASSIST_LLM__API_KEY", "sk-2")

    with pytest.raises(BadSetting, match=r"ASSIST_LLM__API_KEY: given twice") as caught:
        read_settings()
    assert "sk-" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSIST_DATABASE_URL_FILE", str(tmp_path / "nothing"))

    with pytest.raises(BadSetting, match=r"ASSIST_DATABASE_URL_FILE.*nothing cannot be read"):
        read_settings()


def test_what_is_no_text_is_refused_without_repeating_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"\xff\xfe\x00secret")
    monkeypatch.setenv("ASSIST_LLM__API_KEY_FILE", str(file))

    with pytest.raises(BadSetting, match="not text in UTF-8"):
        read_settings()
