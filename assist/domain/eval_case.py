"""A curated case: a ticket, the time it is judged at, and what a good suggestion must hold."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, AwareDatetime, Field, JsonValue, model_validator
from pydantic.json_schema import SkipJsonSchema

from assist.domain.base import Model
from assist.domain.escalation import TriggerCode
from assist.domain.issue import AbstentionCode, PriorityLevel
from assist.domain.ticket import Ticket
from assist.domain.verdict import Level, VerdictValue

EITHER = "|"
"""Stands between words of which any will do."""
NO_ACTION = "none"
"""Among acceptable actions: that nothing need be done."""


def either(words: str) -> tuple[str, ...]:
    """The forms of which any will do: `30 seconds|half a minute` are two."""
    return tuple(" ".join(form.split()) for form in words.split(EITHER))


def _no_blank_form(words: str) -> str:
    """A blank form stands in every text."""
    if not all(either(words)):
        raise ValueError("holds no words, or none beside a |")
    return words


def _a_reference(reference: str) -> str:
    document, mark, heading = reference.partition("#")
    if not document.strip() or (mark and not heading.strip()):
        raise ValueError("must be a document's id, or id#Heading")
    return reference


Words = Annotated[str, AfterValidator(_no_blank_form)]
"""Words that must, or must not, stand somewhere; `a|b` is either. Case does not matter."""
Reference = Annotated[str, AfterValidator(_a_reference)]
"""Passages: `document-id` is all of it, `document-id#Heading` those below that heading."""
Relevance = Annotated[int, Field(ge=1, le=3)]
"""3 answers it, 2 is needed beside, 1 is related."""


class ExpectedPath(Model):
    """Who must take over; what is left out does not matter."""

    team: str | None = None
    role: str | None = None


class ExpectedEscalation(Model):
    """Whether the case must be escalated, triggers that must be among those found, to whom."""

    needed: bool
    codes: tuple[TriggerCode, ...] = ()
    path: ExpectedPath | None = None

    @model_validator(mode="after")
    def _nothing_without_need(self) -> Self:
        if self.codes and not self.needed:
            raise ValueError("codes are given although no escalation is needed")
        if self.path and not self.needed:
            raise ValueError("a path is given although no escalation is needed")
        return self


class ExpectedPromise(Model):
    """A promise that holds the words, due not later than the end of `by`."""

    words: Words
    by: date | None = None


class Expect(Model):
    """What must be true of the suggestion. What is left out is not scored.

    outcome: an answer, or an abstention; `abstention` is its reason code.
    category: of the main issue; `issues`: how many issues there are.
    priority: the acceptable levels of the main issue.
    issue: words that must stand in an issue's statement, text or symptoms.
    facts: what can be read from ticket and records, by path.
    points: what the customer raised, by its words; each is answered, asked back or left open.
    gold: the passages that answer it, by how relevant they are.
    documents: at least one is cited in the draft; an internal one counts when it is among the
        hits. None of `never_documents` is cited in the draft.
    says, never_says: words that must, or must not, stand in the draft; case does not matter.
    verdicts: action kind -> the verdict every proposed action of that kind bears.
    clauses: ids among the requirements or the clauses of a verdict.
    acceptable, unacceptable: kinds of action of which one, or none, may be chosen.
    asks, never_asks: fact paths that are, or must not be, asked for, or words of a question.
    promises: what must be promised; `no_promises`: words that no promise may hold.
    language: what the reply must be written in.
    """

    outcome: Literal["answer", "abstain"] | None = None
    abstention: AbstentionCode | None = None
    category: str | None = None
    priority: tuple[PriorityLevel, ...] = ()
    issues: int | None = Field(default=None, ge=1)
    issue: tuple[Words, ...] = ()
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    points: tuple[Words, ...] = ()
    gold: dict[Reference, Relevance] = Field(default_factory=dict)
    documents: tuple[str, ...] = ()
    never_documents: tuple[str, ...] = ()
    says: tuple[Words, ...] = ()
    never_says: tuple[Words, ...] = ()
    verdicts: dict[str, VerdictValue] = Field(default_factory=dict)
    clauses: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    unacceptable: tuple[str, ...] = ()
    escalation: ExpectedEscalation | None = None
    asks: tuple[Words, ...] = ()
    never_asks: tuple[Words, ...] = ()
    promises: tuple[ExpectedPromise, ...] = ()
    no_promises: tuple[Words, ...] = ()
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")

    @model_validator(mode="after")
    def _codes_fit_the_outcome(self) -> Self:
        if self.abstention and self.outcome != "abstain":
            raise ValueError("abstention is a code for outcome: abstain")
        return self

    @model_validator(mode="after")
    def _nothing_is_wanted_and_not(self) -> Self:
        for wanted, barred in (
            ("documents", "never_documents"),
            ("acceptable", "unacceptable"),
            ("asks", "never_asks"),
        ):
            for both in set(getattr(self, wanted)) & set(getattr(self, barred)):
                raise ValueError(f"{both!r} is among {wanted} and among {barred}")
        return self


class Review(Model):
    """A second reading by somebody who did not write it."""

    by: str
    on: date
    outcome: Literal["accepted", "changed"]
    note: str = ""


class CasePlace(Model):
    """Where a case was read: its file, and the line of each dotted path in it."""

    file: str
    lines: dict[str, int] = Field(default_factory=dict, repr=False)

    def of(self, *path: str) -> str:
        """`file:line` of what stands at the path, else of the nearest part around it."""
        dotted = (".".join(path[:end]) for end in range(len(path), 0, -1))
        line = next((self.lines[part] for part in dotted if part in self.lines), 1)
        return f"{self.file}:{line}"


class EvalCase(Model):
    """One curated case. `at` is the time it is judged at, `level` the agent's authority.

    `author` wrote it, and `saw` either the knowledge base's prose alone or the code as well.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    ticket: Ticket
    at: AwareDatetime
    level: Level = "agent"
    tags: tuple[str, ...] = ()
    note: str = ""
    author: str = ""
    provenance: Literal["written", "imported", "decided-case", "generated"] = "written"
    saw: Literal["prose", "code"] | None = None
    review: Review | None = None
    expect: Expect
    place: SkipJsonSchema[CasePlace | None] = Field(default=None, exclude=True, repr=False)
    """Only for messages about it; not stored."""

    def where(self, *path: str) -> str:
        """`file:line` of a part of the case, else its id: for whoever has to correct it."""
        return self.place.of(*path) if self.place else ".".join((self.id, *path))
