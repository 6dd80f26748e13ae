"""`/policies`: what the company decided, for people: a list, each policy's page, a try-out."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool

from assist.domain.policy import Clause, Policy, PolicySet
from assist.errors import AssistError, BadInput
from assist.service.desk import Desk
from assist.service.policies import State, editions, policy_documents, policy_or_gone
from assist.service.trials import try_policies
from assist.web.api.policies import PolicyHead, head, rules_of
from assist.web.errors import status_of
from assist.web.pages.condition_words import in_words
from assist.web.pages.prose import blocks_of
from assist.web.pages.sample import HEADERS, templates
from assist.web.pages.trial_form import TrialForm, trial_of

router = APIRouter(include_in_schema=False)
STATES: Mapping[State, str] = {
    "in_force": "in force",
    "future": "not yet in force",
    "superseded": "superseded",
    "expired": "expired",
}
ANY = "any"
Context = dict[str, Any]


@router.get("/policies")
async def policies(
    request: Request, q: str = "", region: str = "", state: str = "in_force", on: str = ""
) -> HTMLResponse:
    """The policies, filtered; those in force today unless asked otherwise."""

    def found(desk: Desk) -> Context:
        rules, day = rules_of(desk), _day(on, desk)
        known = rules.policy_set.policies
        wanted = state if state in get_args(State) else ANY
        heads = [(head(policy, rules, day), policy) for policy in known]
        shown = [
            one
            for one, policy in sorted(heads, key=lambda pair: (pair[0].title, pair[0].id))
            if wanted in (ANY, one.state)
            and (not region or not one.regions or region in one.regions)
            and _says(policy, q)
        ]
        return {
            "rules": rules,
            "on": day,
            "q": q,
            "region": region,
            "state": wanted,
            "regions": _regions(rules.policy_set),
            "policies": shown,
            "all": len(known),
            "clauses": sum(one.clauses for one in shown),
        }

    return await _page(request, "policies.html", found)


@router.get("/policies/try")
async def tried(request: Request) -> HTMLResponse:
    """A form for made-up facts, and what the rules say to them. Nothing is kept."""
    form = TrialForm.of(request.query_params)

    def found(desk: Desk) -> Context:
        rules = rules_of(desk)
        today = desk.parts.clock.now().date()
        context = {"rules": rules, "policy_set": rules.policy_set, "form": form, "today": today}
        if form.kind:
            try:
                trial = trial_of(form, rules.policy_set)
                context["tried"] = try_policies(trial, rules.policy_set)
            except BadInput as error:
                context |= {"wrong": error, "status": status_of(type(error))}
        return context | {
            "regions": _regions(rules.policy_set),
            "policy_of": {
                clause.id: one.id for one in rules.policy_set.policies for clause in one.clauses
            },
        }

    return await _page(request, "policy_try.html", found)


@router.get("/policies/{policy_id:path}")
async def policy(request: Request, policy_id: str, on: str = "") -> HTMLResponse:
    """A policy as a person reads it: the prose, and beside each sentence the rule it stands for."""

    def found(desk: Desk) -> Context:
        rules, day = rules_of(desk), _day(on, desk)
        knowledge, policy_set = desk.parts.knowledge, rules.policy_set
        chosen = policy_or_gone(knowledge, rules, policy_id)
        text = policy_documents(knowledge, rules.generation.id)[chosen.id].text
        all_of_it = [head(one, rules, day) for one in editions(chosen, policy_set.policies)]
        return {
            "rules": rules,
            "on": day,
            "policy": chosen,
            "state": next(one.state for one in all_of_it if one.id == chosen.id),
            "editions": all_of_it,
            "current": _current(all_of_it),
            "blocks": blocks_of(chosen.title, text, chosen.clauses),
            "when": _when(policy_set),
            "approvers": policy_set.authority.approvers,
            "labels": {one.path: one.label or one.path for one in policy_set.facts},
        }

    return await _page(request, "policy.html", found)


async def _page(request: Request, template: str, found: Callable[[Desk], Context]) -> HTMLResponse:
    desk: Desk = request.app.state.desk
    context: Context = {"error": None, "states": STATES, "status": 200}
    try:
        context |= await run_in_threadpool(found, desk)
    except AssistError as error:
        context["status"] = status_of(type(error))
        context["error"] = {"problem": error.problem, "cure": error.cure}
    return templates.TemplateResponse(
        request, template, context, status_code=context["status"], headers=HEADERS
    )


def _day(text: str, desk: Desk) -> date:
    """The day asked for, else today. Raises `BadInput`."""
    if not text:
        return desk.parts.clock.now().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"{text[:40]!r} is no date", cure="write it as 2026-11-20") from error


def _regions(policy_set: PolicySet) -> list[str]:
    """Regions that the rules speak of."""
    named = {region for policy in policy_set.policies for region in policy.regions}
    return sorted(named | set(policy_set.currency))


def _says(policy: Policy, words: str) -> bool:
    """Whether the policy has all these words somewhere in its titles, purposes and clauses."""
    said = [policy.id, policy.title, policy.purpose, policy.owner]
    said += [text for clause in policy.clauses for text in (clause.id, clause.text, clause.reason)]
    text = " ".join(said).casefold()
    return all(word in text for word in words.casefold().split())


def _current(all_of_it: list[PolicyHead]) -> PolicyHead | None:
    return next((one for one in all_of_it if one.state == "in_force"), None)


def _when(policy_set: PolicySet) -> Callable[[Clause], str | None]:
    return lambda clause: in_words(clause.when, policy_set.facts)
