"""A ticket and a mode -> the language model's help, or none, and what must be said about it."""

import hashlib
from contextlib import suppress
from typing import NamedTuple

from assist.domain.suggestion import WantedMode
from assist.domain.ticket import Ticket
from assist.errors import BadSetting
from assist.graph.llm.model import ModelHelp, SentenceWritten, canary_for
from assist.ports import Embedder
from assist.service.parts import Parts
from assist.understanding.customer_values import known_values

NO_MODEL = "set ASSIST_LLM__BASE_URL and ASSIST_LLM__MODEL, or use extractive or auto"


class Helped(NamedTuple):
    """The model's help, if there is any, and notes on why there is not."""

    model: ModelHelp | None
    notes: tuple[str, ...] = ()


def help_for(ticket: Ticket, mode: WantedMode, parts: Parts, embedder: Embedder) -> Helped:
    """The help for one ticket revision. Raises `BadSetting` for `llm` where no model can be asked.

    In `auto` a model whose settings cannot work is said and done without.
    """
    if mode == "extractive":
        return Helped(None)
    if parts.chat is None:
        if mode == "llm":
            raise BadSetting("no language model is set", where="mode", cure=NO_MODEL)
        return Helped(None)
    try:
        veil = parts.redactor.veil(known_values(ticket))
        spending = parts.chat.begin()
    except BadSetting as error:
        if mode == "llm":
            raise
        return Helped(None, (f"made without the language model: {error}",))
    digest = hashlib.sha256(ticket.model_dump_json().encode()).hexdigest()
    model = ModelHelp(
        chat=parts.chat,
        spending=spending,
        veil=veil,
        canary=canary_for(digest),
        embed=embedder.embed,
        tell=_unheard,
    )
    return Helped(model)


def prepare_model(parts: Parts) -> None:
    """Load what the first call of the model would wait for."""
    if parts.chat is not None:
        with suppress(BadSetting):  # every suggestion says it, and does without
            parts.chat.prepare()


def _unheard(_: SentenceWritten) -> None:
    """Nobody follows the suggestion as it comes about."""
