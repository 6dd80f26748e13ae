"""What leaves the process, and what never does."""

import json
import logging
import pickle
from pathlib import Path

import pytest

from assist.adapters.chat.chat import OpenAIChat
from assist.domain.endpoint import Budget, ChatSettings
from assist.errors import BadSetting, ModelFailure, ModelRefused
from tests.adapters.chat.asking import ANSWER, KEY, REPLY, a_chat, a_request, ask, served


def bodies(requests: list[bytes]) -> list[dict[str, object]]:
    return [json.loads(body) for body in requests]


def test_a_request_says_what_was_asked_and_nothing_else() -> None:
    with served("good") as (chat, server):
        ask(chat)
        (body,) = bodies(server.requests)

    form = body.pop("response_format")
    assert body == {
        "model": "scripted",
        "messages": [
            {"role": "system", "content": "You help support agents."},
            {"role": "user", "content": "The hub is offline."},
        ],
        "max_tokens": 1_000,
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 0,
    }
    assert form == {
        "type": "json_schema",
        "json_schema": {
            "name": "answer",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {
                    "answer": {"type": "string"},
                    "cites": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["answer", "cites"],
                "additionalProperties": False,
            },
        },
    }


def test_headers_tell_the_key_and_not_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Spy: me\nAuthorization: Bearer other")
    with served("good") as (chat, server):
        ask(chat)
        lines = server.heads[0].decode().lower().split("\r\n")[1:-2]

    sent = dict(line.split(": ", 1) for line in lines)
    assert sent["authorization"] == f"bearer {KEY}"
    assert sent["accept-encoding"] == "identity"
    assert sent["user-agent"] == "assist"
    assert set(sent) <= {
        "host", "accept", "accept-encoding", "authorization", "connection", "content-length",
        "content-type", "user-agent",
    }  # fmt: skip


def test_without_a_key_none_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    with served("good", api_key="") as (chat, server):
        ask(chat)

    assert b"authorization" not in server.heads[0].lower()


@pytest.mark.parametrize(
    ("behavior", "forms"),
    [
        ("object_only", ["json_schema", "json_object", "json_object"]),
        ("plain_only", ["json_schema", "json_object", None, None]),
        ("ignores_form", ["json_schema", None, None]),
    ],
)
def test_a_form_that_is_refused_or_ignored_is_not_asked_for_again(
    behavior: str, forms: list[str | None]
) -> None:
    with served(behavior) as (chat, server):
        ask(chat)
        ask(chat)
        sent = bodies(server.requests)

    kinds = [body.get("response_format", {}).get("type") for body in sent]  # type: ignore[attr-defined]
    assert kinds == forms
    told = [body["messages"][0]["content"] for body in sent]  # type: ignore[index]
    assert ["JSON Schema" in words for words in told] == [kind != "json_schema" for kind in kinds]


@pytest.mark.parametrize("form", ["schema", "object"])
def test_a_form_that_was_set_is_kept_and_its_refusal_told(form: str) -> None:
    with served("plain_only", form=form) as (chat, server):
        with pytest.raises(ModelRefused, match="not permitted: response_format"):
            ask(chat)

        assert len(server.requests) == 1


def test_plain_by_setting_asks_in_words_from_the_first_request() -> None:
    with served("plain_only", form="plain") as (chat, server):
        assert json.loads(ask(chat).text)["answer"] == ANSWER
        assert len(server.requests) == 1


def test_plain_text_is_asked_for_without_a_form() -> None:
    with served("plain_only") as (chat, server):
        assert ask(chat, a_request(reply_schema=None)).text == REPLY
        assert len(server.requests) == 1


def test_each_role_has_its_model() -> None:
    with served("good", models={"judge": "strict-one"}) as (chat, server):
        assert ask(chat, a_request(role="judge")).model == "strict-one"
        assert ask(chat, a_request(role="draft")).model == "scripted"
        assert [body["model"] for body in bodies(server.requests)] == ["strict-one", "scripted"]


@pytest.mark.parametrize("behavior", ["wrong_key", "key_echoed", "reset_before", "good"])
def test_the_key_is_in_no_log_error_or_printed_object(
    behavior: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with served(behavior) as (chat, _):
        try:
            shown = repr(ask(chat))
        except ModelFailure as failure:
            shown = _all_about(failure)
        shown += repr(chat) + repr(chat._settings)

    assert KEY not in shown
    assert KEY not in caplog.text


def _all_about(error: BaseException | None) -> str:
    """An error with every error that led to it, as a careless logger might print it."""
    if error is None:
        return ""
    shown = f"{error!r} {error} {vars(error)}"
    return shown + _all_about(error.__cause__) + _all_about(error.__context__)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"base_url": ""}, "ASSIST_LLM__BASE_URL"),
        ({"base_url": "localhost:8000"}, "ASSIST_LLM__BASE_URL"),
        ({"base_url": f"http://{KEY}@localhost/v1"}, "ASSIST_LLM__BASE_URL"),
        ({"model": ""}, "ASSIST_LLM__MODEL"),
        ({"api_key": f"{KEY}\n"}, "ASSIST_LLM__API_KEY"),
        ({"api_key": f"{KEY}é"}, "ASSIST_LLM__API_KEY"),
        ({"budget": Budget(cost=1.0)}, "ASSIST_LLM__PRICES"),
    ],
)
def test_settings_that_cannot_work_are_refused_by_name_without_the_key(
    changes: dict[str, object], where: str
) -> None:
    given = {"base_url": "http://localhost:9/v1", "model": "m", "api_key": KEY} | changes

    with pytest.raises(BadSetting) as raised:
        OpenAIChat(ChatSettings.model_validate(given))

    assert raised.value.where == where
    assert KEY not in str(raised.value)


@pytest.mark.parametrize("address", ["http://[::1", "http://a\tb/v1"])
def test_an_address_that_is_none_is_refused_before_anything_is_sent(address: str) -> None:
    with (
        a_chat(ChatSettings(base_url=address, model="m")) as chat,
        pytest.raises(BadSetting, match="cannot be used"),
    ):
        chat.begin()


def test_a_proxy_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://proxy.example:70")
    with (
        a_chat(ChatSettings(base_url="https://models.example/v1", model="m")) as chat,
        pytest.raises(BadSetting, match="a proxy in the environment"),
    ):
        chat.begin()


def test_a_process_that_asks_no_model_does_not_import_the_sdk(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = (
        "import sys; from assist.adapters.chat.chat import OpenAIChat; "
        "from assist.adapters.chat import probe; "
        "from assist.domain.endpoint import ChatSettings; "
        "OpenAIChat(ChatSettings(base_url='http://localhost/v1', model='m')).close(); "
        "sys.exit('openai' in sys.modules or 'httpx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_settings_travel_between_processes_and_are_printed_without_the_key() -> None:
    settings = ChatSettings(base_url="http://localhost/v1", model="m", api_key=KEY)

    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301 - our own bytes
    assert KEY not in settings.model_dump_json()


def test_an_endpoint_can_be_closed_before_it_was_ever_asked() -> None:
    with a_chat(ChatSettings(base_url="http://localhost/v1", model="m")) as chat:
        assert chat.model_of("draft") == "m"
