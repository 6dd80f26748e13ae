"""Against `transformers serve`, which takes `response_format` and ignores it."""

import asyncio
from collections.abc import Iterator

import pytest

from assist.adapters.chat.chat import OpenAIChat
from assist.adapters.chat.probe import probe
from assist.domain.endpoint import ChatSettings
from assist.errors import ModelGarbled, ModelUnreachable
from tests.adapters.chat.asking import a_chat, a_request, ask
from tests.real_llm.server import RealServer, real_server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with real_server(tmp_path_factory.mktemp("real")) as running:
        yield running


@pytest.fixture
def chat(server: RealServer) -> Iterator[OpenAIChat]:
    with a_chat(ChatSettings(base_url=server.url, model=server.model)) as chat:
        yield chat


def test_text_streams_in_pieces_and_the_server_counts_its_tokens(chat: OpenAIChat) -> None:
    pieces: list[str] = []

    reply = ask(chat, a_request(reply_schema=None, max_tokens=400), pieces.append)

    assert len(pieces) > 1
    assert "".join(pieces).strip() == reply.text
    assert 0 < reply.usage.reply_tokens < 400
    assert reply.usage.prompt_tokens > 50
    assert not reply.usage.estimated


def test_gibberish_is_no_json_however_it_is_asked_for(chat: OpenAIChat) -> None:
    with pytest.raises(ModelGarbled, match="not a JSON object"):
        ask(chat, a_request(max_tokens=400))

    assert chat.form_of(chat.model_of("draft")) == "plain"


def test_a_reply_longer_than_was_allowed_is_no_reply(chat: OpenAIChat) -> None:
    with pytest.raises(ModelGarbled, match="limit on its length"):
        ask(chat, a_request(reply_schema=None, max_tokens=2))


def test_the_doctor_says_that_it_answers_but_not_in_json(server: RealServer) -> None:
    (finding,) = asyncio.run(probe(ChatSettings(base_url=server.url, model=server.model)))

    assert not finding.ok
    assert "use a model that keeps to a JSON schema" in finding.detail


def test_the_doctor_says_where_nothing_answers() -> None:
    (finding,) = asyncio.run(probe(ChatSettings(base_url="http://127.0.0.1:9/v1", model="x")))

    assert not finding.ok
    assert "check that the endpoint runs" in finding.detail
    assert ModelUnreachable.__name__ not in finding.detail
