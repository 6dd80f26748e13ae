"""A decision case: a situation, what is asked for, and what the policies' prose says to it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints, model_validator

from assist.domain.base import Model, Money
from assist.domain.grants import Granted
from assist.domain.solution import Action, Parameter
from assist.domain.verdict import Level, VerdictValue

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _listed(value: object) -> object:
    """One sentence stands for a list of one."""
    return [value] if isinstance(value, str) else value


Sentences = Annotated[tuple[Words, ...], BeforeValidator(_listed)]


class AskedAction(Model):
    """What somebody wants to do for the customer; money as `{amount, currency}`."""

    kind: str
    parameters: dict[str, Parameter] = Field(default_factory=dict)

    def action(self) -> Action:
        """The same, as the policies judge it."""
        return Action(kind=self.kind, parameters=self.parameters)


class GrantedBefore(Model):
    """What the customer was granted before: so many days before the case, or on a date."""

    action: str
    amount: Money | None = None
    days_ago: int | None = Field(default=None, ge=0, le=3660)
    at: date | None = None

    @model_validator(mode="after")
    def _one_day(self) -> Self:
        if (self.days_ago is None) == (self.at is None):
            raise ValueError("say when it was, by either days_ago or at")
        return self

    def day(self, case_date: date) -> date:
        """The day on which it was granted."""
        return self.at or case_date - timedelta(days=self.days_ago or 0)


class ExpectedAlternative(Model):
    """What the asking level may offer instead; `amount` where it is a reduced one."""

    kind: str
    amount: Money | None = None


class Expected(Model):
    """What the author reads in the prose. What is left out is not scored.

    level: who may, for `needs_approval`. facts: among those that must be asked, for `unknown`.
    sentence: verbatim, the one that decides, or the few that decide together; `policy` says which
    policy's, where the same sentence stands in several.
    """

    verdict: VerdictValue
    level: Level | None = None
    facts: tuple[str, ...] = ()
    sentence: Sentences = ()
    policy: str | None = None
    alternative: ExpectedAlternative | None = None

    @model_validator(mode="after")
    def _fits_the_verdict(self) -> Self:
        if (self.level is not None) != (self.verdict == "needs_approval"):
            raise ValueError("level says who may: give it for needs_approval, and only there")
        if self.facts and self.verdict != "unknown":
            raise ValueError("facts are what must be asked: give them for unknown only")
        if self.policy is not None and not self.sentence:
            raise ValueError("policy says where the sentence stands: give the sentence too")
        if self.alternative is not None and self.verdict == "allowed":
            raise ValueError("an alternative is for what is not allowed")
        return self


class DecisionCase(Model):
    """One case. `date` is the ticket's, `level` that of whoever asks.

    Region, product and tier may be given as facts or by these names. `granted` is everything the
    customer was granted before; `unknown` where nobody knows who the customer is.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Words
    date: date
    level: Level
    region: str | None = None
    product: str | None = None
    tier: str | None = None
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    granted: tuple[GrantedBefore, ...] | Literal["unknown"] = ()
    actions: tuple[AskedAction, ...] = Field(min_length=1)
    expect: Expected
    tags: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], ...] = ()
    why: Words

    def ledger(self) -> tuple[Granted, ...] | None:
        """What was granted before, as caps count it; none where nobody knows."""
        if self.granted == "unknown":
            return None
        return tuple(
            Granted(
                id=f"{self.id}.{number}",
                customer_id="the customer",
                action=before.action,
                amount=before.amount,
                level=self.level,
                by="somebody",
                at=datetime.combine(before.day(self.date), time(12), UTC),
            )
            for number, before in enumerate(self.granted, start=1)
        )
