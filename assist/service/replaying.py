"""Use case: what was suggested once -> the same again by what serves now, and what differs.

What colleagues answered and what was granted since is left out. The customer's record is as it is
now; where it told something else, the facts differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from assist import __version__
from assist.domain.base import Model
from assist.domain.policy import PolicySet
from assist.domain.suggestion import Suggestion, WantedMode
from assist.errors import BadInput
from assist.graph.casework.compared import Difference, VersionChange, differences, model_changes
from assist.service.parts import Parts
from assist.service.recording import rules_of
from assist.service.replay_inputs import Inputs, as_of, inputs_of, suggestion_named
from assist.service.suggest import Run

if TYPE_CHECKING:
    from assist.service.desk import Desk

POLICY, GENERATION, RELEASE = "policy version", "generation", "release of assist"
MODEL, RECORD = "model or prompt", "the customer's record"
NOTHING_KNOWN = "no version that was written down"
_INDEXED_BY = frozenset({GENERATION, "embedder", "chunking"})


class Replay(Model):
    """A suggestion made again. `same`: nothing that an agent would notice differs.

    `versions` are all that differ, whether or not they made a difference; `notes` say what could
    not be compared.
    """

    case_id: str
    suggestion_id: str
    ticket_id: str
    revision: int
    judged_at: datetime
    level: str
    same: bool
    differences: tuple[Difference, ...] = ()
    versions: tuple[VersionChange, ...] = ()
    notes: tuple[str, ...] = ()


async def replay(desk: "Desk", which: str) -> Replay:
    """The newest suggestion of a case, or the one of this id, made again, compared and not kept.

    Raises `NotFound`, `NoIndex`, and `BadInput` for a suggestion whose inputs no case keeps.
    """
    case_id, then = suggestion_named(desk.parts, which)
    inputs = inputs_of(desk.parts, case_id, then, desk.opened().policy_set)
    run = _begun(desk, inputs, then)
    now = run.suggestion(await run.last())
    rules = rules_of(desk.parts.knowledge, then.generation)
    versions = (
        *_versions(desk.parts, then, now, inputs.release),
        *_policy_change(then, now, rules, run),
    )
    found = differences(then, now)
    if found:
        found = await _explained(found, versions, then, rules, run)
    return Replay(
        case_id=case_id,
        suggestion_id=then.id,
        ticket_id=then.ticket_id,
        revision=then.revision,
        judged_at=then.created_at,
        level=inputs.case.level,
        same=not found,
        differences=found,
        versions=versions,
        notes=tuple(_notes(desk.parts, then, now, rules, inputs)),
    )


async def replay_of(desk: "Desk", case_id: str, suggestion_id: str | None) -> Replay:
    """One of a case's suggestions made again, else its newest. Raises as `replay` does."""
    desk.parts.cases.get(case_id)
    if suggestion_id is not None:
        case, _ = suggestion_named(desk.parts, suggestion_id)
        if case != case_id:
            raise BadInput(
                f"suggestion {suggestion_id} is of case {case!r}",
                where="suggestion",
                cure="leave it out for the newest of this case",
            )
    return await replay(desk, suggestion_id or case_id)


def _begun(desk: "Desk", inputs: Inputs, then: Suggestion) -> Run:
    """The run on the recorded inputs. A model is asked only where one was to help then."""
    case = inputs.case
    mode: WantedMode = "auto" if then.made else "extractive"
    run = desk.begin(case.ticket, at=case.now, level=case.level, mode=mode)
    start = run.start.model_copy(update={"work": case.work})
    return replace(run, start=start, tools=as_of(run.tools, case.now))


def _versions(
    parts: Parts, then: Suggestion, now: Suggestion, release: str
) -> Iterator[VersionChange]:
    """What made the two, where it has a version and that is another now."""
    kept = {one.id: one for one in parts.knowledge.generations()}
    old, new = kept.get(then.generation), kept.get(now.generation)
    pairs = [(GENERATION, then.generation, now.generation), ("mode", then.mode, now.mode)]
    if old and new:
        pairs += [("embedder", old.embedder, new.embedder)]
        pairs += [("chunking", old.chunking, new.chunking)]
    if release:
        pairs.append((RELEASE, release, __version__))
    yield from (VersionChange(name=n, then=a, now=b) for n, a, b in pairs if a != b)
    yield from model_changes(then, now)


def _policy_change(
    then: Suggestion, now: Suggestion, rules: PolicySet | None, run: Run
) -> Iterator[VersionChange]:
    """The version of the rules is that of all that was published: they may be the same in both."""
    served = run.tools.policy_set
    same = rules is not None and rules.model_copy(update={"version": served.version}) == served
    if then.policy_version != now.policy_version and not same:
        yield VersionChange(name=POLICY, then=then.policy_version, now=now.policy_version)


async def _explained(
    found: Sequence[Difference],
    versions: Sequence[VersionChange],
    then: Suggestion,
    rules: PolicySet | None,
    run: Run,
) -> tuple[Difference, ...]:
    """Each difference with the version that made it.

    What is as it was once the old rules judge again, the rules have made. With a model that is not
    asked twice: it need not say the same again.
    """
    names = {version.name for version in versions}
    by_rules: set[str] = set()
    if POLICY in names and rules is not None and not then.made:
        before = replace(run, tools=replace(run.tools, policy_set=rules))
        left = differences(then, before.suggestion(await before.last()))
        by_rules = {one.what for one in found} - {one.what for one in left}
    other = _other_cause(found, names)
    return tuple(
        one.model_copy(update={"because": POLICY if one.what in by_rules else other})
        for one in found
    )


def _other_cause(found: Sequence[Difference], names: set[str]) -> str:
    if names & _INDEXED_BY:
        return GENERATION
    if any(name.startswith(("model", "prompt", "mode")) for name in names):
        return MODEL
    if any(one.what == "facts" for one in found):
        return RECORD
    return RELEASE if RELEASE in names else NOTHING_KNOWN


def _notes(
    parts: Parts, then: Suggestion, now: Suggestion, rules: PolicySet | None, inputs: Inputs
) -> Iterator[str]:
    if rules is None and then.generation != now.generation:
        yield f"generation {then.generation} is not kept any more: its rules were not compared"
    if then.made and parts.chat is None:
        yield "a language model was to help then, and none is set now"
    if not inputs.release:
        yield "which release of assist made it was not written down"
