"""A question that only a reader can answer -> a model's answer, or a counted failure.

The model sees the question, its instructions and the conversation in marked blocks, with personal
data hidden. Its answer counts only where it is one of those allowed and quotes words that stand in
the conversation. What it said is kept by the hash of what it was asked, so that the same question
about the same conversation is asked once.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assist.errors import BadInput, ModelFailure
from assist.graph.prompts import FINGERPRINT, PARTED, Prompt, letters
from assist.ports.chat import Chat, ChatMessage, ChatRequest, parsed
from assist.ports.words import Redactor, Veil
from assist.understanding.customer_values import known_values
from evals.rubrics.grading import Answer
from evals.rubrics.rubric import AutoFail, Question
from evals.simulating.conversation import Conversation, fold

NOT_APPLICABLE = "n.a."
MOST_EVIDENCE = 8
"""Passages shown: those that were found best."""


class Judged(BaseModel):
    """What the model fills in."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    answer: Annotated[str, Field(max_length=80)]
    quote: Annotated[str, Field(max_length=2_000)] = ""
    reason: Annotated[str, Field(max_length=600)] = ""


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """Asks `chat` in its role of judge. `cache` is a folder; `redactor` hides what is personal."""

    chat: Chat
    redactor: Redactor
    cache: Path

    async def __call__(self, item: Question | AutoFail, one: Conversation) -> Answer:
        """The answer, or one in state `failed` that says why."""
        veil = self.redactor.veil(known_values(one.ticket) if one.ticket else {})
        shown = _Shown(veil)
        messages, canary = _asked(item, one, shown)
        try:
            said = await self._said(messages)
            if canary.casefold() in f"{said.answer} {said.quote} {said.reason}".casefold():
                return _failed(item, "tells what it was told to keep to itself")
        except ModelFailure as error:
            return _failed(item, str(error))
        return _read(item, said, shown)

    async def _said(self, messages: tuple[ChatMessage, ...]) -> Judged:
        """What was said to this before, else what is said now. Raises `ModelFailure`."""
        kept = self.cache / f"{self._key(messages)}.json"
        if (before := _kept(kept)) is not None:
            return before
        request = ChatRequest(
            role="judge",
            messages=messages,
            reply_name="judged",
            reply_schema=Judged.model_json_schema(),
            prompt=_prompt().fingerprint,
        )
        said = parsed(await self.chat.ask(request, self.chat.begin()), Judged)
        _keep(kept, said)
        return said

    def _key(self, messages: tuple[ChatMessage, ...]) -> str:
        told = [self.chat.model_of("judge"), *(f"{m.role}\x00{m.content}" for m in messages)]
        return hashlib.sha256("\x01".join(told).encode("utf-8", "replace")).hexdigest()[:32]


class _Shown:
    """What the model was shown of the conversation, in which a quote must stand."""

    def __init__(self, veil: Veil) -> None:
        self.veil = veil
        self._texts: list[str] = []

    def hide(self, text: str) -> str:
        """The text with personal data hidden, remembered."""
        hidden = self.veil.hide(text)
        self._texts.append(fold(hidden))
        return hidden

    def holds(self, quote: str) -> bool:
        """Whether these words stand in one of the texts."""
        return bool(fold(quote)) and any(fold(quote) in text for text in self._texts)


def _asked(
    item: Question | AutoFail, one: Conversation, shown: _Shown
) -> tuple[tuple[ChatMessage, ...], str]:
    """The prompt, filled in, and the word that no honest reply holds."""
    canary = letters(f"rubric\x00{item.id}\x00{one.id}", 16)
    options = item.options if isinstance(item, Question) else ()
    meant = {option.id: option.means for option in options if option.means}
    hits = one.suggestion.hits[:MOST_EVIDENCE]
    values: Mapping[str, object] = {
        "ask": item.ask,
        "instructions": item.instructions.strip(),
        "answers": [f"{a}: {meant[a]}" if a in meant else a for a in item.answers],
        "customer": one.asked,
        "reply": one.text,
        "evidence": "\n\n".join(hit.passage.reading for hit in hits) or "(nothing was found)",
    }
    return _prompt().messages(values, canary=canary, hide=shown.hide), canary


def _read(item: Question | AutoFail, said: Judged, shown: _Shown) -> Answer:
    """The model's answer as ours: only where it is allowed and rests on words that stand there."""
    answer = said.answer.strip().casefold()
    reason = " ".join(shown.veil.restore(said.reason).text.split())
    if answer == NOT_APPLICABLE:
        return Answer(item=item.id, state="not applicable", by="judge", reason=reason)
    allowed = {one.casefold(): one for one in item.answers}
    if answer not in allowed:
        return _failed(item, f"answered {said.answer!r}, not one of {', '.join(item.answers)}")
    if not shown.holds(said.quote):
        return _failed(item, f"rests on words that do not stand there: “{said.quote[:80]}”")
    return Answer(
        item=item.id,
        state="answered",
        answer=allowed[answer],
        by="judge",
        reason=reason,
        quote=shown.veil.restore(said.quote).text,
    )


def _failed(item: Question | AutoFail, why: str) -> Answer:
    return Answer(item=item.id, state="failed", by="judge", reason=f"the judge {why}")


@cache
def _prompt() -> Prompt:
    """Our prompt, followed by the rules that all prompts of the product share."""
    text = files(__package__).joinpath("judge.md").read_text(encoding="utf-8")
    shared = files("assist.graph.prompts").joinpath("rules.md").read_text(encoding="utf-8")
    system, _, user = text.partition(PARTED)
    fingerprint = hashlib.sha256(f"{shared}\x00{text}".encode()).hexdigest()[:FINGERPRINT]
    return Prompt("rubric", fingerprint, f"{system.strip()}\n\n{shared.strip()}", user.strip())


def _kept(file: Path) -> Judged | None:
    """What was kept; none where nothing was, or what was is damaged: then it is asked again."""
    try:
        return Judged.model_validate_json(file.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _keep(file: Path, said: Judged) -> None:
    """Whole or not at all: a process that dies leaves no half of a reply."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_suffix(f".{os.getpid()}")
        half.write_text(json.dumps(said.model_dump()), encoding="utf-8")
        half.replace(file)
    except OSError as error:
        raise BadInput(
            f"cannot be written: {error.strerror or error}",
            where=str(file),
            cure="choose another folder with --judge-cache",
        ) from error
