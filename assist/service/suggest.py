"""Use case: one ticket revision -> one suggestion, kept by id."""

import hashlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from assist.domain.case import Case
from assist.domain.knowledge import Hit, Kind
from assist.domain.policy import PolicySet
from assist.domain.suggestion import Suggestion
from assist.domain.ticket import Ticket
from assist.errors import BadSetting
from assist.graph.build import SuggestGraph, run_suggest
from assist.graph.llm.model import ModelHelp, SentenceWritten
from assist.graph.tools import Tools
from assist.ports import Embedder, Records, Telemetry
from assist.service.handing_over import asked_inside
from assist.service.library import Library
from assist.service.unheard import Unheard
from assist.understanding.injection import fitted_for, suspicions
from assist.understanding.language import language_of


def tools_for(
    library: Library,
    embedder: Embedder,
    policy_set: PolicySet,
    records: Records | None,
    categories: Mapping[str, str],
    *,
    model: ModelHelp | None = None,
) -> Tools:
    """The tools of one generation; `categories` are what its documents are filed under, by id.

    `model` is a language model's help with this one suggestion.
    """

    def search(
        query: str, kind: Kind | None, top_k: int, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        return library.search(query, kind=kind, top_k=top_k, filters=filters)

    parts = library.parts
    return Tools(
        search=search,
        search_each=library.search_each,
        judge_coverage=library.coverage,
        similarity=library.similarity,
        document=library.document,
        category_of=categories.get,
        policy_set=policy_set,
        language_of=lambda ticket: language_of(ticket, parts.detector, library.abilities),
        abilities=library.abilities,
        granted=parts.grants.of_customer,
        consultations=partial(asked_inside, parts),
        approvals=parts.approvals.of_ticket,
        suspicions=partial(suspicions, embed=embedder.embed if fitted_for(embedder.name) else None),
        records=records,
        model=model,
    )


@dataclass(frozen=True, slots=True)
class Run:
    """One ticket revision on its way to its suggestion, on the generation it began with."""

    start: Case
    graph: SuggestGraph
    tools: Tools
    generation: str
    telemetry: Telemetry = Unheard()  # noqa: RUF009 - it keeps nothing

    async def progress(self) -> AsyncGenerator[Case | SentenceWritten, None]:
        """The case after each step, as it finishes, and each sentence as a model has written it."""
        async with aclosing(run_suggest(self.graph, self.start, self.tools)) as found:
            async for one in found:
                if isinstance(one, Case):
                    self.telemetry.stepped(one.trace[-1])
                yield one

    async def last(self) -> Case:
        """The case after the last step."""
        case = self.start
        async with aclosing(self.progress()) as found:
            async for one in found:
                case = one if isinstance(one, Case) else case
        return case

    def suggestion(self, case: Case) -> Suggestion:
        """What the last of the cases comes to."""
        return suggestion_of(case, self.generation, self.tools.policy_set.version)


def begin(
    ticket: Ticket,
    graph: SuggestGraph,
    tools: Tools,
    *,
    generation: str,
    now: datetime,
    level: str,
    notes: tuple[str, ...] = (),
    telemetry: Telemetry | None = None,
) -> Run:
    """A run for this ticket revision, judged at `now` and at this authority level.

    `notes` are what must be said about what it is judged by. Raises `BadSetting` for a level that
    there is not.
    """
    levels = tools.policy_set.authority.levels
    if level not in levels:
        raise BadSetting(
            f"there is no level {level!r}", where="level", cure=f"use {', '.join(levels)}"
        )
    start = Case(ticket=ticket, now=now, level=level, notes=(*_notes(tools.policy_set), *notes))
    return Run(start, graph, tools, generation, telemetry or Unheard())


def _notes(policy_set: PolicySet) -> tuple[str, ...]:
    if not policy_set.defaults:
        return ()
    return (f"packaged defaults stand in for {', '.join(policy_set.defaults)}",)


def suggestion_of(case: Case, generation: str, policy_version: str) -> Suggestion:
    """What a case comes to after its last step, judged by this generation and policy set."""
    main = case.main_issue
    if main.priority is None or case.draft is None or case.escalation is None:
        raise AssertionError("a step of the graph did not run")
    hits = {hit.passage_id: hit for found in case.hits.values() for hit in found}
    return Suggestion(
        id=suggestion_id(case, generation, "llm" if case.made else ""),
        ticket_id=case.ticket.id,
        revision=case.ticket.revision,
        generation=generation,
        policy_version=policy_version,
        created_at=case.now,
        mode="llm" if any(made.mode == "llm" for made in case.made) else "extractive",
        made=case.made,
        language=case.language,
        issues=case.issues,
        issue=main,
        priority=main.priority,
        choice=main.choice,
        abstention=main.abstention,
        signals=case.signals,
        completeness=case.completeness,
        questions=case.questions,
        consultations=case.consultations,
        requirements=case.requirements,
        hits=tuple(hits.values()),
        candidates=case.candidates,
        draft=case.draft,
        promises=case.promises,
        escalation=case.escalation,
        plan=case.plan,
        follow_ups=case.follow_ups,
        notes=case.notes,
        trace=case.trace,
    )


def suggestion_id(case: Case, generation: str, mode: str = "") -> str:
    """The same ticket, judged at the same time by the same generation, has the same id.

    Its content counts too: a helpdesk that does not count revisions gets an id for each. `mode`
    is empty unless a model was to help.
    """
    parts = (
        case.ticket.id,
        case.ticket.model_dump_json(),
        str(case.ticket.revision),
        generation,
        case.now.isoformat(),
        case.level,
        *filter(None, (mode,)),
    )
    return "s-" + hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]
