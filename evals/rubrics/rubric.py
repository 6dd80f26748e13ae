"""A rubric as its YAML says it: sections, questions, weights that sum to 100 %, auto-fail items."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from assist.domain.base import Model
from evals.rubrics.checks import CHECKS, WITHOUT_CHECK

Percent = Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False)]
WHOLE = Decimal(100)
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
QuestionType = Literal["yes_no", "choice", "text"]


def _word(value: object) -> object:
    """YAML reads a bare `yes` as true."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


YesNo = Annotated[Literal["yes", "no"], BeforeValidator(_word)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Words = Annotated[str, Field(min_length=1, max_length=500)]


class Option(Model):
    """One option of a choice, and the share of the question's weight that it earns, in percent."""

    id: Annotated[str, BeforeValidator(_word), Field(min_length=1, max_length=60)]
    points: Percent
    means: str = ""
    """When this option is the right one, for whoever answers."""


class Asked(Model):
    """What every item says: what is asked, how to tell, and who answers.

    `check` names one of the checks; `judge` lets a model answer what the check cannot tell, where
    one is set. What neither answers needs a person.
    """

    id: Id
    ask: Words
    instructions: str = Field(default="", max_length=4_000)
    check: str | None = None
    judge: bool = False

    @model_validator(mode="after")
    def _check_exists(self) -> Self:
        if self.check is not None and self.check not in CHECKS:
            known = ", ".join(sorted(CHECKS))
            raise ValueError(f"there is no check {self.check!r}; known are {known}")
        return self


class Question(Asked):
    """One question of a section. `weight` is its share of the section, in percent.

    yes_no: `good` is the answer that earns the weight. choice: each option its points. text: is
    for a person to write, and is not scored.
    """

    type: QuestionType = "yes_no"
    weight: Percent = Decimal(0)
    good: YesNo = "yes"
    options: tuple[Option, ...] = ()

    @model_validator(mode="after")
    def _is_one_of_its_type(self) -> Self:
        if self.type == "choice" and len(self.options) < 2:
            raise ValueError("a choice needs `options`, two or more, each with its `points`")
        if self.type != "choice" and self.options:
            raise ValueError(f"`options` are for a choice, not for {self.type}")
        if len({option.id for option in self.options}) < len(self.options):
            raise ValueError("two options have the same id")
        if self.type == "text" and (self.weight or self.check or self.judge):
            raise ValueError("a text is not scored: leave `weight`, `check` and `judge` out")
        if self.type == "choice" and self.check is not None:
            raise ValueError(WITHOUT_CHECK)
        if self.type != "text" and not self.weight:
            raise ValueError("`weight` is missing: its share of the section, in percent")
        return self

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered, beside that it does not apply; nothing for a text."""
        by_type: dict[QuestionType, tuple[str, ...]] = {
            "yes_no": ("yes", "no"),
            "choice": tuple(option.id for option in self.options),
            "text": (),
        }
        return by_type[self.type]

    def earned(self, answer: str) -> Decimal:
        """The share of its weight that an answer earns, 0 to 1."""
        if self.type == "yes_no":
            return Decimal(answer == self.good)
        return next(option.points for option in self.options if option.id == answer) / WHOLE


class AutoFail(Asked):
    """Harm that makes the whole score 0. `fails_on` is the answer that does."""

    fails_on: YesNo = "yes"

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered, beside that it does not apply."""
        return ("yes", "no")


class Section(Model):
    """Questions that belong together. `weight` is its share of the score, in percent."""

    title: Name
    weight: Percent
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _weights_sum(self) -> Self:
        scored = [question.weight for question in self.questions if question.type != "text"]
        wanted = WHOLE if scored else Decimal(0)
        if (found := sum(scored, Decimal(0))) != wanted:
            raise ValueError(
                f"the weights of the questions of {self.title!r} sum to {found} %, not {wanted} %"
            )
        if bool(scored) != bool(self.weight):
            why = "has no scored question" if self.weight else "has scored questions"
            raise ValueError(f"section {self.title!r} {why}, and its weight is {self.weight} %")
        return self


class Rubric(Model):
    """A scorecard. `version` is the author's; results name it, and two versions can be compared.

    `pass_mark`: the score from which on a conversation passes, in percent; none: no verdict.
    """

    id: Id
    title: Name
    version: Annotated[str, Field(min_length=1, max_length=40)]
    note: str = ""
    pass_mark: Percent | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    auto_fails: tuple[AutoFail, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        found = sum((section.weight for section in self.sections), Decimal(0))
        if found != WHOLE:
            raise ValueError(f"the weights of the sections sum to {found} %, not 100 %")
        ids = [item.id for item in self.items]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"the id {twice[0]!r} stands twice")
        return self

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, section by section."""
        return (question for section in self.sections for question in section.questions)

    @property
    def items(self) -> tuple[Question | AutoFail, ...]:
        """All that is asked: the questions, then the auto-fail items."""
        return (*self.questions, *self.auto_fails)

    @property
    def weights(self) -> dict[str, Decimal]:
        """What each scored question counts for in the whole, in percent, by id; sums to 100."""
        return {
            question.id: section.weight * question.weight / WHOLE
            for section in self.sections
            for question in section.questions
            if question.type != "text"
        }
