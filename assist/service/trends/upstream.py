"""Use cases: have something mended where it begins, and say how that stands."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from assist.domain.base import Model
from assist.domain.systemic import (
    IssueKey,
    UpstreamAct,
    UpstreamEvent,
    UpstreamHappening,
    UpstreamItem,
    UpstreamState,
)
from assist.errors import BadInput, WrongState
from assist.ports import UpstreamStore
from assist.service.grant_requests import Key

Words = Annotated[str, Field(max_length=2_000)]
Short = Annotated[str, Field(max_length=200)]
MOVES: Mapping[UpstreamAct, Mapping[UpstreamState, UpstreamState]] = {
    "assign": {"open": "open", "done": "done"},
    "note": {"open": "open", "done": "done", "dropped": "dropped"},
    "done": {"open": "done"},
    "drop": {"open": "dropped"},
    "reopen": {"done": "open", "dropped": "open"},
}
"""In which state it is afterwards, by the state it is in."""
TOLD: Mapping[UpstreamAct, UpstreamHappening] = {
    "assign": "assigned",
    "note": "noted",
    "done": "done",
    "drop": "dropped",
    "reopen": "reopened",
}


class UpstreamRequest(Model):
    """What is to be mended. An issue that has an item already keeps that one."""

    key: Key = Field(description="Chosen by the caller; sent again with it, it is done once")
    issue: IssueKey = Field(description="The issue, as the report names it")
    title: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        description="What is to be mended, in a few words"
    )
    owner: Short = Field(default="", description="Who mends it: a team or somebody in it")
    note: Words = ""


class UpstreamDecision(Model):
    """What becomes of an item. The same `key` again is the same decision."""

    key: Key = Field(description="Chosen by the caller; sent again with it, it is done once")
    act: UpstreamAct
    owner: Short = Field(default="", description="For assign: who has it from now on")
    note: Words = Field(default="", description="For note, drop and reopen: what there is to say")
    on: date | None = Field(
        default=None, description="For done: from which day on it is mended; else today"
    )

    @model_validator(mode="after")
    def _has_what_its_act_needs(self) -> Self:
        if self.act == "assign" and not self.owner.strip():
            raise ValueError("assign needs `owner`")
        if self.act in ("note", "drop", "reopen") and not self.note.strip():
            raise ValueError(f"{self.act} needs `note`: say why")
        if self.on is not None and self.act != "done":
            raise ValueError("`on` is for done")
        return self

    @property
    def digest(self) -> str:
        """The same for the same decision."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def open_item(
    store: UpstreamStore, request: UpstreamRequest, by: str, at: datetime
) -> UpstreamItem:
    """The item of an issue: a new one, or the one that there is."""
    digest = hashlib.sha256(request.model_dump_json().encode()).hexdigest()
    item = UpstreamItem(
        id=request.issue.id.replace("issue", "upstream", 1),
        issue=request.issue,
        title=request.title.strip(),
        owner=request.owner.strip(),
        opened_by=by,
        opened_at=at,
        changed_at=at,
    )
    event = UpstreamEvent(
        key=request.key, at=at, by=by, what="opened", note=request.note, digest=digest
    )
    return store.add(item, event)


def decide(
    store: UpstreamStore, item_id: str, decision: UpstreamDecision, by: str, at: datetime
) -> UpstreamItem:
    """The item afterwards; the same key again changes nothing.

    Raises `NotFound`, `WrongState` where its state does not allow it, `AlreadyDone` where the key
    is that of another decision, and `BadInput` for a day that has not come.
    """
    if decision.on is not None and decision.on > at.date():
        problem = f"{decision.on} has not come"
        raise BadInput(problem, where="on", cure="say it is done once it is")
    event = UpstreamEvent(
        key=decision.key,
        at=at,
        by=by,
        what=TOLD[decision.act],
        note=decision.note or decision.owner,
        digest=decision.digest,
    )
    return store.change(item_id, event, lambda item: _decided(item, decision, at))


def _decided(item: UpstreamItem, decision: UpstreamDecision, at: datetime) -> UpstreamItem:
    moves = MOVES[decision.act]
    if item.state not in moves:
        raise WrongState(
            f"the item is {item.state}; {decision.act} needs one that is {', '.join(moves)}",
            cure="look at it again: somebody else may have changed it",
        )
    told: dict[str, object] = {"state": moves[item.state], "changed_at": at}
    if decision.act == "assign":
        told["owner"] = decision.owner.strip()
    if decision.act == "done":
        told["done_on"] = decision.on or at.date()
    if decision.act == "reopen":
        told["done_on"] = None
    return item.model_copy(update=told)
