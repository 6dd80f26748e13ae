"""What the service does with the gaps of a workspace: look for them, decide, prove, list."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from assist.domain.gap_work import GapDecision, GapRun, TrackedGap
from assist.errors import AssistError, NotReady
from assist.ports import Progress
from assist.service.covering import Covering
from assist.service.gaps.deciding import decide
from assist.service.gaps.mining import Mining
from assist.service.gaps.nightly import ASKED
from assist.service.gaps.shadow import prove
from assist.service.indexing import silent

if TYPE_CHECKING:
    from assist.service.desk import Desk


@dataclass
class GapDesk:
    """The gaps of one workspace, and what judges tickets, made once per generation."""

    desk: "Desk"
    covering: Covering = field(init=False)

    def __post_init__(self) -> None:
        self.covering = Covering(self.desk)

    def mine(self, progress: Progress = silent) -> GapRun:
        """Look for gaps now; what came of it is kept, a failure too.

        Raises `NotReady` where another process does, `NoIndex`, and what else kept it from it.
        """
        parts, at = self.desk.parts, self.desk.parts.clock.now()
        with parts.gaps.hold() as held:
            if not held:
                raise NotReady("another process looks for gaps now", cure="see what it finds")
            try:
                run = Mining(self.covering, self.desk.gap_settings, at).run(progress)
            except AssistError as error:
                parts.gaps.add_run(
                    GapRun(started_at=at, ended_at=parts.clock.now(), error=str(error))
                )
                raise
            parts.gaps.add_run(run)
            return run

    def ask(self) -> datetime:
        """Have whoever attends to timers look for gaps at once; when it was asked."""
        at = self.desk.parts.clock.now()
        self.desk.parts.timers.set("gaps", f"{ASKED}{at.isoformat()}", at)
        return at

    def decide(self, gap_id: str, decision: GapDecision, by: str) -> TrackedGap:
        """Raises `NotFound`, `BadInput`, `WrongState`, `AlreadyDone`."""
        parts = self.desk.parts
        return decide(parts.gaps, gap_id, decision, by, parts.clock.now())

    def prove(self, gap_id: str, key: str, by: str) -> TrackedGap:
        """Raises `NotFound`, `NoIndex`, `WrongState`."""
        at = self.desk.parts.clock.now()
        return prove(self.covering, self.desk.gap_settings, gap_id, key=key, by=by, at=at)
