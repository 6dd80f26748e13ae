"""`assist try-policies`: what the rules say to actions on made-up facts, for support leads."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from assist.cli.options import All, Home, Json, Workspace, fails_cleanly, say
from assist.cli.past_grants import past_grants
from assist.cli.proofs import ProofWriter, folded, named, proof_lines, said, short_lines
from assist.domain.facts import FactSource
from assist.domain.policy import PolicySet
from assist.domain.verdict import Level
from assist.errors import BadInput
from assist.policies.levels import another
from assist.settings import read_settings

if TYPE_CHECKING:
    from assist.service.trials import Trial, Tried, TriedAction

SOURCES: dict[FactSource, str] = {
    "customer": "the customer",
    "records": "the records",
    "agent": "the agent",
    "colleague": "a colleague",
}
"""Who knows a fact, in words."""
UNPUBLISHED = "unpublished"
"""The version of rules that are read from a folder and serve nowhere."""
MAX_BYTES = 10_000_000
AS_FACTS_SAY = "as the facts say"


@fails_cleanly
def try_policies_command(
    root: Annotated[
        Path | None,
        typer.Argument(
            metavar="KB_ROOT",
            help="A knowledge base's folder, as it is now.",
            show_default="the rules that serve in the home",
        ),
    ] = None,
    on: Annotated[
        str,
        typer.Option("--date", metavar="DATE", help="The day the case is of: 2026-11-20. Needed."),
    ] = "",
    actions: Annotated[
        list[str] | None,
        typer.Option(
            "--action",
            metavar="ACTION",
            help="What to try: refund:amount=120,currency=GBP, or a kind alone. Needed; may be "
            "given again.",
        ),
    ] = None,
    facts: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="JSON object of facts by path; - reads stdin.", show_default="none"
        ),
    ] = None,
    level: Annotated[str, typer.Option(help="Who asks: a level of authority.yaml.")] = "agent",
    region: Annotated[
        str | None, typer.Option(help="Where the customer is.", show_default=AS_FACTS_SAY)
    ] = None,
    product: Annotated[
        str | None, typer.Option(help="What it is about.", show_default=AS_FACTS_SAY)
    ] = None,
    tier: Annotated[
        str | None, typer.Option(help="The customer's tier.", show_default=AS_FACTS_SAY)
    ] = None,
    granted: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="JSON list of what the customer was granted before; - reads stdin.",
            show_default="unknown",
        ),
    ] = None,
    whole: All = False,
    as_json: Json = False,
    home: Home = None,
    workspace: Workspace = None,
) -> None:
    """Ask the rules about actions in a made-up case: the verdict, why, what to offer instead."""
    from assist.cli.action_syntax import parse_action
    from assist.service.trials import try_policies

    if not on or not actions:
        missing = "--date" if not on else "--action"
        cure = "e.g. --date 2026-11-20 --action refund:amount=120,currency=GBP"
        raise BadInput("is missing", where=missing, cure=cure)
    if facts == granted == "-":
        raise BadInput("stdin is read once", where="--granted", cure="give a file for one of them")
    rules, source = _rules(root, home, workspace)
    trial = _trial(
        {
            "date": on,
            "level": level,
            "actions": [parse_action(text, rules) for text in actions],
            "facts": _read(facts, "--facts", dict) if facts else {},
            "scope": {"region": region, "product": product, "tier": tier},
            "granted": past_grants(_read(granted, "--granted", list)) if granted else None,
        }
    )
    tried = try_policies(trial, rules)
    if rules.defaults:
        say(f"packaged defaults stand in for {', '.join(rules.defaults)}")
    if as_json:
        print(tried.model_dump_json())
        return
    print("\n".join(_shown(tried, source, rules, proof_lines if whole else short_lines)))


def _rules(root: Path | None, home: Path | None, workspace: str | None) -> tuple[PolicySet, str]:
    """The rules to try, and where they are from, in words."""
    from assist.policies.reading import read_policy_set
    from assist.service.policies import rules_serving
    from assist.wiring import kb_source, kept

    if root is None:
        with kept(read_settings(home, workspace)) as store:
            rules = rules_serving(store.knowledge)
        return rules.policy_set, str(rules.named)
    reading = kb_source().read(root, None)
    for problem in reading.problems:
        if problem.severity == "warning":
            continue  # a file that holds no rules is for `check-policies` to name
        say(f"{problem.severity}: {problem.where}: {problem.problem} ({problem.cure})")
    policy_set = read_policy_set(reading.files, reading.documents, UNPUBLISHED)
    return policy_set, f"{root} as it is now, not published"


def _trial(given: dict[str, Any]) -> "Trial":
    from assist.service.trials import Trial

    try:
        return Trial.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        if where == "date":
            problem, cure = f"{given['date']!r} is no date", "write it as 2026-11-20"
            raise BadInput(problem, where="--date", cure=cure) from error
        problem = "unknown field" if first["type"] == "extra_forbidden" else first["msg"]
        raise BadInput(problem, where=where, cure="correct it") from error


def _read(source: str, option: str, shape: type) -> Any:
    """The JSON in a file or on stdin, of this shape."""
    try:
        text = sys.stdin.read(MAX_BYTES) if source == "-" else Path(source).read_text("utf-8")
        value = json.loads(text)
    except OSError as error:
        problem = f"{source}: {error.strerror or 'cannot be read'}"
        raise BadInput(problem, where=option, cure="check the path") from error
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{source} is not JSON: {error}", where=option, cure="correct it") from error
    if not isinstance(value, shape):
        kind = "object of facts by path" if shape is dict else "list of grants"
        raise BadInput(f"{source} holds no JSON {kind}", where=option, cure=f"write a JSON {kind}")
    return value


def _shown(tried: "Tried", source: str, rules: PolicySet, lines: ProofWriter) -> Iterator[str]:
    yield f"Judged for {tried.date} at level {tried.level}, by {source}"
    for one in tried.actions:
        yield ""
        yield from _action(one, lines)
    if len(tried.actions) > 1:
        yield ""
        yield from folded("All together: ", f"{said(tried.verdict)}; {tried.verdict.reason}")
        for line in tried.verdict.arithmetic:
            yield from folded("  · ", line)
    if tried.verdict.value == "needs_approval" and tried.verdict.level:
        yield f"Approved by: {_approver(tried.verdict.level, tried.level, rules)}"
    for ask in tried.questions:
        yield from folded("ask: ", f"{ask.question} [{ask.fact}, from {SOURCES[ask.source]}]")


def _approver(needed: Level, asking: Level, rules: PolicySet) -> str:
    return another(needed) if needed == asking else rules.authority.approvers.get(needed, needed)


def _action(one: "TriedAction", lines: ProofWriter) -> Iterator[str]:
    yield f"{named(one.action)}: {said(one.action.verdict)}"
    yield from lines(one.action.proof)
    if one.alternative.action.model_copy(update={"verdict": None, "proof": ()}) != (
        one.action.model_copy(update={"verdict": None, "proof": ()})
    ):
        other = one.alternative
        yield from folded("  → instead ", f"{named(other.action)}: {other.reason}")
