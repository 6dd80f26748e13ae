"""What a run over curated cases found: scores by scorer, case by case, and what it ran with.

The harness that makes these is a package of its own; the service keeps and shows them.
"""

from datetime import datetime

from pydantic import Field, JsonValue

from assist.domain.base import Model, Unit
from assist.domain.suggestion import Suggestion


class CaseScore(Model):
    """How well one suggestion does by one scorer: 0..1, or none where the case is not eligible.

    `explanation` says what is missing; empty when everything is there. `failed`: the scorer
    itself failed (a judge timed out, said no number); the value is then 0 and counted apart.
    `amount` is what was measured where that is no share: milliseconds, money, a reading grade.
    """

    value: Unit | None
    explanation: str = ""
    failed: bool = False
    amount: float | None = None


class EvalResult(Model):
    """One trial of one case: its scores by scorer, and the suggestion, or why there is none.

    `case` is the fingerprint of the case as it was read. `detail` is what a run of another kind
    keeps in place of a suggestion: of a decision its title, file, reason and what was judged.
    """

    case_id: str
    case: str = ""
    trial: int = 1
    tags: tuple[str, ...] = ()
    ms: float
    scores: dict[str, CaseScore]
    suggestion: Suggestion | None
    error: str | None = None
    detail: dict[str, JsonValue] = Field(default_factory=dict)


class EvalSummary(Model):
    """One scorer over a run or a slice: `n` cases are eligible, `mean` is none where none is.

    `low` and `high` bound the mean by a 95 % bootstrap interval over cases. `failures` counts
    what the scorer itself could not judge. `threshold` is the least mean that passes.
    """

    scorer: str
    n: int
    mean: float | None
    low: float | None = None
    high: float | None = None
    failures: int = 0
    threshold: Unit | None = None

    @property
    def passed(self) -> bool:
        """A threshold that nothing was scored for is missed: a gate must not open by itself."""
        return self.threshold is None or (self.mean is not None and self.mean >= self.threshold)


class EvalSlice(Model):
    """The cases that bear one tag."""

    tag: str
    cases: int
    summaries: tuple[EvalSummary, ...]


class EvalVersions(Model):
    """Everything that can move a score. `grader` is the fingerprint of scorers and their version.

    `prompts` by name -> fingerprint; `models` by role -> name; `settings` those that matter.
    `cases` is the fingerprint of the cases as they were read; `code` that of the product's own
    files, which tells two states of a checkout apart that bear the same commit; `corpus` that of
    all that was ingested, wherever it lay: a generation's id tells two places of it apart.
    """

    assist: str
    code: str = ""
    git_sha: str | None = None
    git_dirty: bool = False
    corpus: str | None = None
    generation: str | None = None
    policy_version: str | None = None
    embedder: str | None = None
    prompts: dict[str, str] = Field(default_factory=dict)
    models: dict[str, str] = Field(default_factory=dict)
    settings: dict[str, JsonValue] = Field(default_factory=dict)
    grader: str
    cases: str
    seed: int = 0


class EvalRun(Model):
    """One run of a suite: enough to judge it, to gate on it, to compare it with another."""

    id: str
    suite: str
    kind: str
    started_at: datetime
    seconds: float
    trials: int = 1
    workers: int = 1
    versions: EvalVersions
    summaries: tuple[EvalSummary, ...]
    slices: tuple[EvalSlice, ...] = ()
    pass_k: dict[int, float] = Field(default_factory=dict)
    """k -> the share of cases of which k trials drawn at random all pass."""
    refusals: tuple[str, ...] = ()
    """Why the gate does not open, one sentence each; empty where it does."""
    notes: tuple[str, ...] = ()
    """What a reader should know about how it came about: taken up again, scored anew."""
    results: tuple[EvalResult, ...]

    @property
    def passed(self) -> bool:
        """Whether every threshold, of the whole and of each slice, is met and nothing refuses."""
        sliced = (summary for part in self.slices for summary in part.summaries)
        return not self.refusals and all(s.passed for s in (*self.summaries, *sliced))
