"""Curated cases: a ticket, the time it is judged at, and what a good suggestion must hold."""

from pathlib import Path
from typing import Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from assist.domain.base import Model
from assist.domain.escalation import TriggerCode
from assist.domain.issue import AbstentionCode, PriorityLevel
from assist.domain.ticket import Ticket
from assist.domain.verdict import Level, VerdictValue
from assist.errors import BadInput, BadKnowledgeBase
from assist.policies.located import load_page


class ExpectedEscalation(Model):
    """Whether the case must be escalated, and triggers that must be among those found."""

    needed: bool
    codes: tuple[TriggerCode, ...] = ()

    @model_validator(mode="after")
    def _no_codes_without_need(self) -> Self:
        if self.codes and not self.needed:
            raise ValueError("codes are given although no escalation is needed")
        return self


class Expect(Model):
    """What must be true of the suggestion. What is left out is not scored.

    outcome: an answer, or an abstention; `abstention` is its reason code.
    category: of the main issue; `issues`: how many issues there are.
    priority: the acceptable levels of the main issue.
    documents: at least one is cited in the draft; an internal one counts when it is among the
        hits. None of `never_documents` is cited in the draft.
    says, never_says: words that must, or must not, stand in the draft; case does not matter.
    verdicts: action kind -> the verdict every proposed action of that kind bears.
    clauses: ids among the requirements or the clauses of a verdict.
    asks: fact paths that are asked for, or words of a question.
    """

    outcome: Literal["answer", "abstain"] | None = None
    abstention: AbstentionCode | None = None
    category: str | None = None
    priority: tuple[PriorityLevel, ...] = ()
    issues: int | None = Field(default=None, ge=1)
    documents: tuple[str, ...] = ()
    never_documents: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    never_says: tuple[str, ...] = ()
    verdicts: dict[str, VerdictValue] = Field(default_factory=dict)
    clauses: tuple[str, ...] = ()
    escalation: ExpectedEscalation | None = None
    asks: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _codes_fit_the_outcome(self) -> Self:
        if self.abstention and self.outcome != "abstain":
            raise ValueError("abstention is a code for outcome: abstain")
        return self


class EvalCase(Model):
    """One curated case. `at` is the time it is judged at, `level` the agent's authority."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    ticket: Ticket
    at: AwareDatetime
    level: Level = "agent"
    tags: tuple[str, ...] = ()
    note: str = ""
    expect: Expect


def load_cases(folder: Path) -> tuple[EvalCase, ...]:
    """The cases of a folder, one `.yaml` file each, by file name.

    Raises `BadInput` naming file, line and field where one is wrong or an id stands twice.
    """
    cases: dict[str, EvalCase] = {}
    files: dict[str, Path] = {}
    for file in sorted(folder.glob("*.yaml")):
        case = _read(file)
        if case.id in cases:
            raise BadInput(
                f"the case id {case.id!r} stands twice",
                where=str(file),
                cure=f"rename it; the first is in {files[case.id].name}",
            )
        cases[case.id], files[case.id] = case, file
    if not cases:
        raise BadInput("no .yaml file with a case", where=str(folder), cure="see evals/README.md")
    return tuple(cases.values())


def _read(file: Path) -> EvalCase:
    try:
        return load_page(str(file), file.read_text(encoding="utf-8")).read(EvalCase)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {error}", where=str(file), cure="save UTF-8") from error
    except BadKnowledgeBase as error:
        raise BadInput(error.problem, where=error.where, cure=error.cure) from error
