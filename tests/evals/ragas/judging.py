"""A judge that says what a test makes it say, over real HTTP."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assist.adapters.chat.chat import OpenAIChat
from assist.domain.endpoint import ChatSettings, Retries, Timeouts
from evals.ragas_run.judge import Judge
from evals.ragas_run.versions import KNOWN
from evals.scripted_llm.server import ScriptedServer
from tests.evals.ragas.builders import QUESTION

STATEMENTS = ("one", "two")
NEW = "Now perform the same with the following input"


@dataclass
class Script:
    """What is said: by context, the statements that hold there; of a passage, whether it helps.

    `changed` takes the place of a reply: by a field of its schema, the text of the whole reply.
    """

    hold: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    helps: tuple[str, ...] = ()
    attributed: tuple[int, ...] = (1, 0)
    question: str = QUESTION
    noncommittal: int = 0
    changed: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, asked: dict[str, Any]) -> str:
        schema = asked["response_format"]["json_schema"]["schema"]
        for name, text in self.changed.items():
            if name in str(schema):
                return text
        return json.dumps(self._said(schema["properties"], asked["messages"][-1]["content"]))

    def _said(self, wanted: Mapping[str, Any], prompt: str) -> dict[str, Any]:
        given = prompt.rsplit(NEW, 1)[-1]
        if "question" in wanted:
            return {"question": self.question, "noncommittal": self.noncommittal}
        if "classifications" in wanted:
            each = [{"statement": "s", "reason": "r", "attributed": a} for a in self.attributed]
            return {"classifications": each}
        if "verdict" in wanted:
            return {"reason": "r", "verdict": int(any(one in given for one in self.helps))}
        if wanted["statements"]["items"].get("type") == "string":
            return {"statements": list(STATEMENTS)}
        held = next((held for context, held in self.hold.items() if context in given), ())
        return {
            "statements": [
                {"statement": one, "reason": "r", "verdict": int(one in held)} for one in STATEMENTS
            ]
        }


@contextmanager
def a_judge(
    folder: Path, script: Script, behavior: str = "good", model: str = "scripted"
) -> Iterator[tuple[Judge, ScriptedServer]]:
    """A judge that keeps its replies in the folder, and the server that speaks for it."""
    with ScriptedServer(good=script, behavior=behavior) as server:
        chat = OpenAIChat(
            ChatSettings(
                base_url=server.url,
                model=model,
                form="schema",
                retries=Retries(most=0),
                timeouts=Timeouts(first_token_seconds=1, between_tokens_seconds=1),
            )
        )
        yield Judge(chat, folder, KNOWN), server
        chat.close()
