"""All of it, for one ticket revision: what the agent sees beside the ticket."""

from datetime import datetime
from typing import Literal

from assist.domain.base import Model
from assist.domain.completeness import Completeness
from assist.domain.consultation import Consultation
from assist.domain.draft import Draft, Promise
from assist.domain.escalation import Escalation
from assist.domain.issue import Abstention, Issue, Priority
from assist.domain.knowledge import Hit
from assist.domain.language import TicketLanguage
from assist.domain.policy import Requirement
from assist.domain.solution import Candidate, Choice

Mode = Literal["extractive", "llm"]
WantedMode = Literal["extractive", "llm", "auto"]
"""How a suggestion is to be made; `auto` is with a model where one is set."""
PartName = Literal["identify", "propose", "evaluate", "communicate"]


class Question(Model):
    """Asked only where the answer would change the decision. `settles` says how."""

    fact: str
    text: str
    settles: str


class TicketSignal(Model):
    """Something noticed in the ticket (mood, praise, injection, abuse, safety), with its span."""

    name: str
    span: str
    reason: str = ""


class PlanItem(Model):
    """One thing to do, by whom, by when."""

    action: str
    owner: str
    due: datetime | None = None


class FollowUp(Model):
    """What to verify, on which channel, when."""

    what: str
    channel: str
    due: datetime


class Made(Model):
    """How a part of the suggestion was made, and, where a model was to help and did not, why."""

    part: PartName
    mode: Mode
    reason: str = ""


class Trace(Model):
    """What one step did: how long it took, with which model and prompt, what it decided and why.

    `tokens` of prompts and replies and their `cost`, in the currency of the prices set, are those
    of all calls of the step; `prompt` is the fingerprint of the last.
    """

    step: str
    ms: float
    model: str | None = None
    prompt: str | None = None
    tokens: int | None = None
    cost: float | None = None
    note: str = ""


class Suggestion(Model):
    """Everything suggested for one ticket revision, judged by one generation of the knowledge base.

    `choice` is null exactly when `abstention` is set; escalation is independent of both; a draft
    always exists.
    """

    id: str
    ticket_id: str
    revision: int
    generation: str
    policy_version: str
    created_at: datetime
    mode: Mode
    """`llm` where a language model made any part of it; `made` says which."""
    made: tuple[Made, ...] = ()
    language: TicketLanguage | None = None
    """What the customer writes in, and what the reply is written in."""
    issues: tuple[Issue, ...]
    issue: Issue
    priority: Priority
    choice: Choice | None
    abstention: Abstention | None
    signals: tuple[TicketSignal, ...] = ()
    completeness: Completeness | None = None
    """Which of the things that a clear, detailed ticket holds this one does."""
    questions: tuple[Question, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    """Whom to ask in the company, and what was asked before: the answer becomes a fact."""
    requirements: tuple[Requirement, ...] = ()
    hits: tuple[Hit, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    draft: Draft
    promises: tuple[Promise, ...] = ()
    escalation: Escalation
    plan: tuple[PlanItem, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader should know about how this came about, e.g. packaged defaults in use."""
    trace: tuple[Trace, ...] = ()
