"""A model's paraphrase over real HTTP: data stays hidden, and what it may not lose decides."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from assist.adapters.chat.chat import OpenAIChat
from assist.adapters.privacy.redactor import PatternRedactor
from assist.domain.endpoint import ChatSettings, Retries, Timeouts
from evals.robustness.rewording import rewording
from evals.scripted_llm.server import ScriptedServer
from tests.evals.robustness.setting import a_case, skips, text_of, variants

CASE = a_case("My hub shows E-217. Write to ana@example.com.", name="Ana Lima")


@contextmanager
def a_model(said: Callable[[dict[str, Any]], str], behavior: str = "good") -> Iterator[Any]:
    """The server, and what rewords by it."""
    with ScriptedServer(good=said, behavior=behavior) as server:
        chat = OpenAIChat(
            ChatSettings(
                base_url=server.url,
                model="scripted",
                retries=Retries(most=0),
                timeouts=Timeouts(first_token_seconds=1, between_tokens_seconds=1),
            )
        )
        yield server, rewording(chat, PatternRedactor(), CASE.ticket)
        chat.close()


def _shown(request: dict[str, Any]) -> str:
    """What stands between the marks of the text."""
    asked = str(request["messages"][-1]["content"])
    return asked.split(">>\n", 1)[1].split("\n<<end", 1)[0]


def test_a_ticket_is_told_in_the_models_words_with_its_data_put_back() -> None:
    with a_model(lambda asked: f"Dear all, {_shown(asked)}") as (server, reword):
        told = variants("reworded", CASE, reword=reword)
        assert text_of(told["model"]) == ("Dear all, My hub shows E-217. Write to ana@example.com.")
        assert b"ana@example.com" not in b"".join(server.requests)


def test_a_paraphrase_that_loses_a_code_is_left_out() -> None:
    with a_model(lambda _: "My hub shows something.") as (_, reword):
        left_out = skips("reworded", CASE, reword=reword)
    assert left_out["model"].startswith("the paraphrase lost 'E-217.'") or (
        left_out["model"].startswith("the paraphrase lost 'E-217'")
    )


def test_a_model_that_says_nothing_is_left_out_with_its_reason() -> None:
    with a_model(lambda _: " ") as (_, reword):
        assert set(skips("reworded", CASE, reword=reword)) == {"model"}


def test_without_a_model_nothing_is_reworded() -> None:
    assert rewording(None, PatternRedactor(), CASE.ticket) is None
    assert skips("reworded", CASE) == {"model": "no model is set"}
