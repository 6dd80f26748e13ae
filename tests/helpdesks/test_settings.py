"""Helpdesks in the settings: which are taken, and what is said of those that are not."""

import json

import pytest

from assist.adapters.helpdesks.chatwoot import Chatwoot
from assist.adapters.helpdesks.django_helpdesk import DjangoHelpdesk
from assist.adapters.helpdesks.generic import Generic
from assist.adapters.helpdesks.zendesk import Zendesk
from assist.adapters.outside import helpdesks_of
from assist.errors import BadSetting
from assist.settings import read_settings

CHAT = {"kind": "chatwoot", "url": "https://chat.example.org", "account": "1"}


def set_to(monkeypatch, **helpdesks):
    monkeypatch.setenv("ASSIST_HELPDESKS", json.dumps(helpdesks))
    return read_settings().helpdesks


def test_each_kind_has_its_adapter(monkeypatch):
    told = set_to(
        monkeypatch,
        chat=CHAT,
        zen={"kind": "zendesk", "url": "https://zen.example.org", "user": "a@example.org"},
        dj={"kind": "django_helpdesk", "url": "https://dj.example.org", "user": "a"},
        zammad={"kind": "generic", "url": "https://zammad.example.org"},
    )
    found = {name: type(one) for name, one in helpdesks_of(told).items()}
    assert found == {"chat": Chatwoot, "zen": Zendesk, "dj": DjangoHelpdesk, "zammad": Generic}


def test_a_secret_may_stand_in_a_file_of_its_own(monkeypatch, tmp_path):
    (tmp_path / "token").write_text("t-1\n")
    monkeypatch.setenv("ASSIST_HELPDESKS__CHAT__TOKEN_FILE", str(tmp_path / "token"))
    assert set_to(monkeypatch, chat=CHAT)["chat"].token.get_secret_value() == "t-1"


@pytest.mark.parametrize(
    ("name", "told", "where"),
    [
        ("Chat", CHAT, "ASSIST_HELPDESKS__CHAT"),
        ("chat:1", CHAT, "ASSIST_HELPDESKS__CHAT:1"),
        ("chat", CHAT | {"url": "chat.example.org"}, "ASSIST_HELPDESKS__CHAT__URL"),
        ("chat", CHAT | {"kind": "mail"}, "ASSIST_HELPDESKS__CHAT__KIND"),
        ("chat", CHAT | {"colour": "red"}, "ASSIST_HELPDESKS__CHAT__COLOUR"),
        ("chat", CHAT | {"secrets": ["a", "b", "c"]}, "ASSIST_HELPDESKS__CHAT__SECRETS"),
    ],
)
def test_what_does_not_fit_is_named(monkeypatch, name, told, where):
    with pytest.raises(BadSetting) as wrong:
        set_to(monkeypatch, **{name: told})
    assert wrong.value.where == where


def test_secrets_are_not_shown_where_settings_are(monkeypatch):
    told = set_to(monkeypatch, chat=CHAT | {"token": "t-1", "secrets": ["s-1"]})
    assert "t-1" not in repr(told)
    assert "s-1" not in repr(told)
