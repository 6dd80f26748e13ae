"""What `assist doctor` says of an endpoint, with the cure."""

import asyncio
from typing import Any

import pytest

from assist.adapters.chat.probe import Finding, probe
from assist.domain.endpoint import Budget, ChatSettings
from evals.scripted_llm.server import ScriptedServer
from tests.adapters.chat.asking import KEY, settings_for


def probed(behavior: str, **changes: Any) -> tuple[Finding, ...]:
    with ScriptedServer(lambda _: '{"ready": true}', behavior) as server:
        return asyncio.run(probe(settings_for(server.url, **changes)))


@pytest.mark.parametrize(
    ("behavior", "words"),
    [
        ("good", "answers by JSON schema"),
        ("object_only", "takes no schema"),
        ("plain_only", "has no JSON mode"),
    ],
)
def test_a_model_that_works_is_told_with_how_it_gives_json(behavior: str, words: str) -> None:
    (finding,) = probed(behavior)

    assert finding.ok
    assert finding.check == "language model scripted"
    assert words in finding.detail


@pytest.mark.parametrize(
    ("behavior", "words"),
    [
        ("wrong_key", "refuses the key (401) (set a key that may use this model)"),
        ("unknown_model", "name a model that the endpoint has"),
        ("embedding_model", "name a chat model; this one may be for embeddings"),
        ("html_page", "check that the address is that of an OpenAI-compatible API"),
        ("prose", "use a model that keeps to a JSON schema"),
        ("no_headers", "no reply began within 0.6 s"),
    ],
)
def test_one_that_does_not_is_told_with_the_cure(behavior: str, words: str) -> None:
    (finding,) = probed(behavior)

    assert not finding.ok
    assert words in finding.detail
    assert KEY not in finding.detail


def test_a_model_the_endpoint_does_not_list_is_told_with_those_it_does() -> None:
    (finding,) = probed("unknown_model", model="gone")

    assert finding.detail.endswith("; it lists scripted")


def test_each_model_named_for_a_role_is_tried_once() -> None:
    findings = probed("good", models={"judge": "strict-one"})

    assert [finding.check for finding in findings] == [
        "language model scripted",
        "language model strict-one",
    ]


def test_an_empty_address_is_told_with_an_example() -> None:
    (finding,) = asyncio.run(probe(ChatSettings(model="m")))

    assert not finding.ok
    assert finding.detail.startswith("ASSIST_LLM__BASE_URL: empty (set it to the address")


def test_a_budget_of_money_without_prices_is_told() -> None:
    (finding,) = probed("good", budget=Budget(cost=1.0))

    assert not finding.ok
    assert "no price of scripted" in finding.detail
