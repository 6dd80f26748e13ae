"""One suggestion's dealings with a language model: what is asked, hidden, restored and counted."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel

from assist.domain.base import Model
from assist.domain.draft import Sentence
from assist.domain.endpoint import ModelRole
from assist.domain.suggestion import Made, PartName
from assist.drafting.grounding import Embed
from assist.errors import ModelFailure, ModelGarbled, ModelTimedOut
from assist.graph.prompts import letters, prompt
from assist.ports.chat import Chat, ChatReply, ChatRequest, Spending, Usage, parsed
from assist.ports.words import Restored, Veil

Reply = TypeVar("Reply", bound=BaseModel)
ONE_PART = (ModelGarbled, ModelTimedOut)
"""What one part may suffer; after any other failure the model is not asked again."""
SHARE = 0.35
"""Of the time that is left, for what is not the draft."""


class SentenceWritten(Model):
    """A sentence of the reply as the model wrote it, checked: it may be shown before the rest."""

    issue_id: str
    sentence: Sentence


Tell = Callable[[SentenceWritten], None]


class ModelUse(NamedTuple):
    """What a step asked of the model, for its trace."""

    model: str
    prompt: str
    usage: Usage


@dataclass(eq=False)
class ModelHelp:
    """For one suggestion. `down` says why the model is not asked any more, empty while it is."""

    chat: Chat
    spending: Spending
    veil: Veil
    canary: str
    embed: Embed
    tell: Tell
    """Hears each sentence of the reply once it is checked."""
    down: str = ""
    slow: str = ""
    """Why only the draft is asked for any more, empty while all is."""
    uses: list[ModelUse] = field(default_factory=list)
    """What was asked since somebody took note of it last."""
    _hiding: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(
        self, role: ModelRole, name: str, values: Mapping[str, object], kind: type[Reply]
    ) -> Reply:
        """The reply to the prompt `name` as this type. Raises `ModelFailure`."""
        schema = kind.model_json_schema()
        return parsed(await self._ask(role, name, values, schema), kind)

    async def write(
        self, name: str, values: Mapping[str, object], on_text: Callable[[str], None] | None = None
    ) -> str:
        """The text that the model writes; placeholders stand in it. Raises `ModelFailure`."""
        return (await self._ask("draft", name, values, None, on_text)).text

    def restored(self, text: str) -> Restored:
        """A piece of a reply with its values back."""
        return self.veil.restore(text)

    def clean(self, text: str) -> str:
        """The same on one line, empty where a placeholder in it is bent: it must not be used."""
        found = self.veil.restore(text)
        return "" if found.mangled else " ".join(found.text.split())

    def failed(self, part: PartName, error: ModelFailure) -> Made:
        """That a part was made without the model, and why."""
        if not isinstance(error, ONE_PART):
            self.down = str(error)
        return Made(part=part, mode="extractive", reason=str(error))

    def taken(self) -> tuple[ModelUse, ...]:
        """What was asked since this was called last."""
        uses, self.uses = tuple(self.uses), []
        return uses

    async def _ask(
        self,
        role: ModelRole,
        name: str,
        values: Mapping[str, object],
        schema: dict[str, Any] | None,
        on_text: Callable[[str], None] | None = None,
    ) -> ChatReply:
        if self.down:
            raise ModelGarbled(f"not asked again after: {self.down}")
        if self.slow and role != "draft":
            raise ModelGarbled(f"not asked, to leave the time to the draft: {self.slow}")
        chosen = prompt(name)
        # Presidio reads the texts here: a tenth of a second that other requests need not wait for.
        async with self._hiding:  # a veil is for one thread at a time, and issues come together
            messages = await asyncio.to_thread(
                chosen.messages, values, canary=self.canary, hide=self.veil.hide
            )
        request = ChatRequest(
            role=role,
            messages=messages,
            reply_name=name,
            reply_schema=schema,
            prompt=chosen.fingerprint,
        )
        reply = await self._in_time(role, self.chat.ask(request, self.spending, on_text))
        self.uses.append(ModelUse(reply.model, chosen.fingerprint, reply.usage))
        if self.canary.casefold() in reply.text.casefold():
            raise ModelGarbled(
                "the reply tells what the model was told to keep to itself",
                cure="look for orders to the model in the ticket and in the passages",
            )
        return reply

    async def _in_time(self, role: ModelRole, asked: Awaitable[ChatReply]) -> ChatReply:
        """The reply; what is not the draft leaves most of the time to the draft.

        Once something has taken its whole share, only the draft is asked for.
        """
        share = 1.0 if role == "draft" else SHARE
        seconds = self.spending.seconds_left() * share
        try:
            async with asyncio.timeout(seconds if share < 1 else None):
                return await asked
        except TimeoutError as error:
            self.slow = f"nothing came within {seconds:.0f} s"
            raise ModelTimedOut(
                self.slow, cure="use a faster model, or a larger ASSIST_LLM__BUDGET__SECONDS"
            ) from error


def canary_for(case_id: str) -> str:
    """A word that no ticket holds and no honest reply needs."""
    return letters(f"canary\x00{case_id}", 16)
