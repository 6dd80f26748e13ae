"""Everything one workspace can do, over the ports it was given: what commands and routes call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from assist.domain.doors import Doors
from assist.domain.endpoint import ChatSettings
from assist.domain.gap_work import GapSettings
from assist.domain.handling import HandlingSettings
from assist.domain.helpdesk_settings import HelpdeskSettings
from assist.domain.jobs import IngestReport
from assist.domain.knowledge import Hit, Kind, Passage
from assist.ports import Progress, Reading, Telemetry
from assist.service.freshness import Freshness
from assist.service.index_repair import mend
from assist.service.ingest import ingest, ingest_reading
from assist.service.jobs import Builder
from assist.service.library import Care
from assist.service.merging import Prune
from assist.service.open_generation import OpenGeneration
from assist.service.parts import Parts
from assist.service.policy_check import check_policies
from assist.service.remembering import Remembering
from assist.service.serving_now import RecordsFor, ServingNow
from assist.service.turns import First, Turns
from assist.service.unheard import Unheard

if TYPE_CHECKING:  # a search needs none of it, and should not wait for it
    from assist.domain.case import Case
    from assist.domain.draft_check import CheckedDraft, DraftToCheck
    from assist.domain.inquiries import Inquiries
    from assist.domain.spending import MonthSpent
    from assist.domain.suggestion import Suggestion, WantedMode
    from assist.domain.ticket import Ticket
    from assist.service.casework import Cases
    from assist.service.errands import Errands
    from assist.service.gaps.desk import GapDesk
    from assist.service.kb_health.desk import HealthDesk
    from assist.service.suggest import Run
    from assist.service.trends.desk import TrendDesk

__all__ = ["Desk", "RecordsFor"]


@dataclass
class Desk:
    """One workspace, open. Thread-safe: a library is opened once per generation."""

    parts: Parts
    records_for: RecordsFor
    notes: tuple[str, ...] = ()
    mode: "WantedMode" = "auto"
    """How suggestions are made where nobody says."""
    doors: Doors = field(default_factory=Doors)
    """How people come in over HTTP."""
    llm: ChatSettings = field(default_factory=ChatSettings)
    """How a language model is asked, and what it may cost."""
    gap_settings: GapSettings = field(default_factory=GapSettings)
    """When gaps are looked for."""
    handling: HandlingSettings = field(default_factory=HandlingSettings)
    """What handling a case costs."""
    helpdesks: Mapping[str, HelpdeskSettings] = field(default_factory=dict)
    """What is written into each helpdesk, by name."""
    turns: Turns = field(default_factory=Turns)
    care: Care = mend
    """Who sees to the indexes before they are opened: where another process does, nobody here."""
    telemetry: Telemetry = field(default_factory=Unheard)
    """Who hears of suggestions and their steps."""
    asked: Freshness = field(default_factory=Freshness)
    """When it was asked last which generation serves."""

    def __post_init__(self) -> None:
        self._serving = ServingNow(
            self.parts, self.records_for, lambda: self._remembering, self.care, self.asked
        )

    def ingest(
        self,
        path: Path,
        *,
        kind: Kind | None = None,
        prune: Prune = Prune.NOTHING,
        progress: Progress,
    ) -> IngestReport:
        """Read a path into a new generation and make it the one that serves."""
        try:
            return ingest(
                self.parts,
                path,
                kind=kind,
                prune=prune,
                progress=progress,
                check=check_policies,
                in_use=self._serving.in_use,
            )
        finally:  # the new one may serve, however it ended
            self.asked.forget()

    def publish(
        self, parts: Parts, reading: Reading, prune: Prune, progress: Progress, started: datetime
    ) -> IngestReport:
        """Make what was read part of what serves, by these parts of this desk.

        Where a generation is open, the new one is open too once this returns, and requests go on
        with the old one until then.
        """
        return ingest_reading(
            parts,
            reading,
            check=check_policies,
            progress=progress,
            prune=prune,
            started=started,
            switch=self._serving.switch,
            in_use=self._serving.in_use,
        )

    def builder(self, parts: Parts | None = None) -> Builder:
        """Who builds the jobs that were sent to this desk, by its parts or by these."""
        chosen = parts or self.parts
        return Builder(chosen, partial(self.publish, chosen))

    def search(
        self, query: str, *, kind: Kind | None = None, top_k: int = 10, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """Best passages first."""
        return self.opened().library.search(query, kind=kind, top_k=top_k, filters=filters)

    def documents(
        self, query: str, *, kind: Kind | None = None, top_k: int = 10, filters: Mapping[str, str]
    ) -> tuple[Hit, ...]:
        """Best documents first, each by its best passage."""
        return self.opened().library.documents(query, kind=kind, top_k=top_k, filters=filters)

    def passage(self, passage_id: str) -> Passage:
        """Raises `NotFound`."""
        return self.opened().library.passage(passage_id)

    async def suggest(
        self,
        ticket: "Ticket",
        *,
        at: datetime | None = None,
        level: str = "agent",
        mode: "WantedMode | None" = None,
    ) -> "Suggestion":
        """The suggestion for a ticket, kept; `at` is the time it is judged at, default now."""
        run = self.begin(ticket, at=at, level=level, mode=mode)
        return self.finish(run, await run.last())

    def begin(
        self,
        ticket: "Ticket",
        *,
        at: datetime | None = None,
        level: str = "agent",
        mode: "WantedMode | None" = None,
    ) -> "Run":
        """A suggestion begun, to be followed step by step. Raises `NoIndex`, `BadSetting`."""
        from assist.graph.build import build_suggest_graph  # langgraph takes a second
        from assist.service.helping import help_for
        from assist.service.suggest import begin, tools_for

        opened = self.opened()
        helped = help_for(ticket, mode or self.mode, self.parts, self._remembering)
        tools = tools_for(
            opened.library,
            self._remembering,
            opened.policy_set,
            opened.records,
            opened.categories,
            model=helped.model,
        )
        return begin(
            ticket,
            build_suggest_graph(),
            tools,
            generation=opened.library.generation.id,
            now=at or self.parts.clock.now(),
            level=level,
            notes=(*self.refusal_notes(), *helped.notes),
            telemetry=self.telemetry,
        )

    async def check_draft(
        self, draft: "DraftToCheck", *, at: datetime | None = None, level: str = "agent"
    ) -> "CheckedDraft":
        """What stands of a draft that `level` sends. Raises `NoIndex`, `BadSetting`, `TooLarge`."""
        from assist.service.draft_checks import check_passages, check_reply, require_checkable

        require_checkable(draft)
        if draft.ticket is None:
            return check_passages(draft, self._remembering.embed)
        run = self.begin(draft.ticket, at=at, level=level, mode="extractive")
        return await check_reply(draft, run, self._remembering.embed)

    def refusal_notes(self) -> tuple[str, ...]:
        """What to say where a newer knowledge base was handed in and refused. Raises `NoIndex`."""
        refusal = self.parts.knowledge.refused()
        return (refusal.told(self.opened().library.generation),) if refusal else ()

    def finish(self, run: "Run", case: "Case") -> "Suggestion":
        """The suggestion that a run came to with its last case, kept."""
        suggestion = run.suggestion(case)
        self.telemetry.suggested(suggestion)
        self.parts.suggestions.save(suggestion, case.ticket.customer.id)
        return suggestion

    def suggestion(self, suggestion_id: str) -> "Suggestion":
        """Raises `NotFound`."""
        return self.parts.suggestions.get(suggestion_id)

    def spent(self) -> "MonthSpent | None":
        """What models cost this month; none where no budget is set."""
        from assist.service.spending import stands

        return stands(self.parts.spending, self.parts.clock, self.llm)

    def inquiries(self, weeks: int, top: int) -> "Inquiries":
        """The most frequent inquiries of the last `weeks`. Raises `BadInput`, `NoIndex`."""
        from assist.service.inquiries import inquiries_of  # scikit-learn takes a second

        opened = self.opened()
        return inquiries_of(
            self.parts,
            opened.library,
            self._remembering,
            categories={category.id for category in opened.policy_set.categories},
            weeks=weeks,
            top=top,
        )

    def warm(self) -> None:
        """Load what the first ticket would wait for. Raises `NoIndex`."""
        from assist.graph.build import build_suggest_graph
        from assist.service.helping import prepare_model

        self.parts.embedder.embed(["ready"])
        self.parts.detector.likely("ready")
        prepare_model(self.parts)
        build_suggest_graph()
        self.opened().prepare()

    @cached_property
    def cases(self) -> "Cases":
        """The durable cases of this workspace."""
        from assist.service.casework import Cases  # langgraph takes a second

        return Cases(self)

    @cached_property
    def gaps(self) -> "GapDesk":
        """What is done with the gaps of this workspace's knowledge base."""
        from assist.service.gaps.desk import GapDesk  # scikit-learn takes a second

        return GapDesk(self)

    @cached_property
    def errands(self) -> "Errands":
        """What is done at the helpdesks of this workspace."""
        from assist.service.errands import Errands

        return Errands(self)

    @cached_property
    def health(self) -> "HealthDesk":
        """How this workspace's knowledge base does."""
        from assist.service.kb_health.desk import HealthDesk

        return HealthDesk(self)

    @cached_property
    def trends(self) -> "TrendDesk":
        """What this workspace's cases tell over a time."""
        from assist.service.trends.desk import MOST_IN_A_REQUEST, TrendDesk

        return TrendDesk(self.parts, self.handling, MOST_IN_A_REQUEST)

    @cached_property
    def _remembering(self) -> Remembering:
        return Remembering(First(self.parts.embedder, self.turns))

    def opened(self) -> OpenGeneration:
        """The generation that serves now, ready to search. Raises `NoIndex`."""
        return self._serving.opened()

    def follow(self, parts: Parts) -> bool:
        """Open what another process published since; see `ServingNow.follow`."""
        return self._serving.follow(parts)

    def tidy(self) -> None:
        """Delete what was derived from generations that nobody searches any more.

        For whoever builds, between two builds; where others do, it only lets go of them.
        """
        self._serving.tidy()
