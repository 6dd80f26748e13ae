"""A text -> the same in a language model's words, where one is set; personal data stays hidden."""

import asyncio
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from assist.domain.ticket import Ticket
from assist.errors import BadSetting, ModelGarbled
from assist.graph.prompts import FINGERPRINT, PARTED, Prompt, letters
from assist.ports.chat import Chat, ChatRequest
from assist.ports.words import Redactor
from assist.understanding.customer_values import known_values

MOST_TOKENS = 2_000


def rewording(chat: Chat | None, redactor: Redactor, ticket: Ticket) -> Callable[[str], str] | None:
    """What rewords the texts of this ticket; none where no model is set, or its settings fail.

    It raises `ModelFailure` where the model fails or gives nothing back.
    """
    if chat is None:
        return None
    try:
        veil = redactor.veil(known_values(ticket))
    except BadSetting:
        return None

    def reword(text: str) -> str:
        said = asyncio.run(_asked(chat, text, veil.hide))
        return veil.restore(said).text

    return reword


async def _asked(chat: Chat, text: str, hide: Callable[[str], str]) -> str:
    """In the role of the judge: whoever drafts the reply shall not have worded what it answers."""
    canary = letters(f"reword\x00{text}", 16)
    messages = _prompt().messages({"text": text}, canary=canary, hide=hide)
    request = ChatRequest(
        role="judge",
        messages=messages,
        max_tokens=MOST_TOKENS,
        prompt=_prompt().fingerprint,
    )
    reply = await chat.ask(request, chat.begin())
    said = reply.text.strip()
    if not said or canary.casefold() in said.casefold():
        raise ModelGarbled("gave no paraphrase back")
    return said


@cache
def _prompt() -> Prompt:
    text = files(__package__).joinpath("reword.md").read_text(encoding="utf-8")
    system, _, user = text.partition(PARTED)
    fingerprint = hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT]
    return Prompt("reword", fingerprint, system.strip(), user.strip())
