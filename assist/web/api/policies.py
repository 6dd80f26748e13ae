"""`/v1/policies`: what the company decided, what that says to an action, and why."""

import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from assist.domain.base import Model
from assist.domain.policy import Policy
from assist.errors import NotFound
from assist.service.desk import Desk
from assist.service.explaining import Explanation, explain
from assist.service.policies import (
    Rules,
    State,
    VersionSet,
    editions,
    policy_documents,
    policy_or_gone,
    state_on,
)
from assist.service.trials import Trial, Tried, try_policies
from assist.web.api.answers import ANY, BODY, KNOWLEDGE, STORE, problems
from assist.web.negotiation import only_json

router = APIRouter(prefix="/v1")
On = Annotated[
    datetime.date | None,
    Query(description="The day to tell the state on; else today, UTC", examples=["2026-11-20"]),
]


class PolicyHead(Model):
    """A policy without its clauses, and the state it is in on the day asked for."""

    id: str
    title: str
    version: str
    owner: str
    purpose: str
    effective: datetime.date
    expires: datetime.date | None
    regions: tuple[str, ...]
    products: tuple[str, ...]
    tiers: tuple[str, ...]
    supersedes: str | None
    clauses: int
    state: State


class PolicyList(Model):
    """All policies of the rules that serve, by title, and how many clauses they have together."""

    version_set: VersionSet
    on: datetime.date
    clauses: int
    policies: tuple[PolicyHead, ...]


class PolicyAnswer(Model):
    """A policy with its clauses, its prose, and all its editions, the latest first."""

    version_set: VersionSet
    on: datetime.date
    state: State
    policy: Policy
    text: str
    editions: tuple[PolicyHead, ...]


def rules_of(desk: Desk) -> Rules:
    """The rules that suggestions are judged by now. Raises `NoIndex`."""
    opened = desk.opened()
    return Rules(opened.library.generation, opened.policy_set)


def head(policy: Policy, rules: Rules, on: datetime.date) -> PolicyHead:
    """What a list shows of a policy."""
    known = {name: getattr(policy, name) for name in PolicyHead.model_fields if name != "state"}
    known |= {"clauses": len(policy.clauses)}
    return PolicyHead(**known, state=state_on(policy, rules.policy_set.policies, on))


@router.get(
    "/policies",
    operation_id="list_policies",
    summary="The policies there are",
    tags=["policies"],
    responses=problems(*ANY, *KNOWLEDGE),
)
def policies(request: Request, on: On = None) -> PolicyList:
    """Every policy and edition of the version set that serves, and its state on a day."""
    desk: Desk = request.app.state.desk
    rules, day = rules_of(desk), on or desk.parts.clock.now().date()
    known = sorted(rules.policy_set.policies, key=lambda p: (p.title, p.effective, p.id))
    return PolicyList(
        version_set=rules.named,
        on=day,
        clauses=sum(len(policy.clauses) for policy in known),
        policies=tuple(head(policy, rules, day) for policy in known),
    )


@router.post(
    "/policies/try",
    operation_id="try_policies",
    summary="Try actions on made-up facts",
    tags=["policies"],
    responses=problems(*ANY, *BODY, *KNOWLEDGE),
    dependencies=[Depends(only_json)],
)
def tried(trial: Trial, request: Request) -> Tried:
    """What the rules say: verdict, proof and best alternative of each action, and what to ask.

    Nothing is kept and nothing is granted. Without `granted` nobody knows what the customer was
    granted before, and an action with a cap is unknown; with an empty list it was nothing.
    """
    return try_policies(trial, rules_of(request.app.state.desk).policy_set)


@router.get(
    "/policies/{policy_id:path}",
    operation_id="get_policy",
    summary="A policy, its clauses and its editions",
    tags=["policies"],
    responses=problems(*ANY, NotFound, *KNOWLEDGE),
)
def policy(
    policy_id: Annotated[str, Path(description="The `id` of a policy", examples=["returns"])],
    request: Request,
    version: Annotated[
        str | None, Query(description="Of its editions the one of this version", max_length=100)
    ] = None,
    on: On = None,
) -> PolicyAnswer:
    """The policy word for word, and the rules a machine reads in it."""
    desk: Desk = request.app.state.desk
    rules, day = rules_of(desk), on or desk.parts.clock.now().date()
    knowledge, known = desk.parts.knowledge, rules.policy_set.policies
    found = policy_or_gone(knowledge, rules, policy_id, version)
    return PolicyAnswer(
        version_set=rules.named,
        on=day,
        state=state_on(found, known, day),
        policy=found,
        text=policy_documents(knowledge, rules.generation.id)[found.id].text,
        editions=tuple(head(one, rules, day) for one in editions(found, known)),
    )


@router.get(
    "/suggestions/{suggestion_id}/proof",
    operation_id="get_proof",
    summary="Why a suggestion's candidates were judged as they were",
    tags=["suggestions"],
    responses=problems(*ANY, NotFound, *STORE),
)
def proof(
    suggestion_id: Annotated[
        str, Path(description="The `id` of a suggestion", examples=["s-3c1f0f2a9b7d4e58"])
    ],
    request: Request,
    candidate: Annotated[
        str | None,
        Query(description="Only this candidate", max_length=200, examples=["i1.c1"]),
    ] = None,
) -> Explanation:
    """Each candidate's verdict as a short proof, by the rules of the day it was suggested."""
    parts = request.app.state.desk.parts
    return explain(parts.suggestions, parts.knowledge, suggestion_id, candidate)
