"""What an agent asks to be done about a case."""

from typing import Annotated, Self

from pydantic import Field, JsonValue, model_validator

from assist.domain.base import Model
from assist.domain.decision import SENDS, CaseOutcome, Decision, DecisionKind, OutcomeKind
from assist.service.grant_requests import By, Key, Name

Words = Annotated[str, Field(max_length=2_000)]
Text = Annotated[str, Field(max_length=50_000)]
Ticked = Annotated[tuple[Annotated[str, Field(max_length=2_000)], ...], Field(max_length=100)]


class Act(Model):
    """What every act tells: a `key`, the same for the same act sent again, and who acts."""

    key: Key = Field(description="Chosen by the caller; sent again with it, an act is done once")
    by: By = Field(description="Who acts")


class DecisionRequest(Act):
    """What the agent does with the suggestion that they have before them."""

    kind: DecisionKind
    suggestion_id: Name = Field(description="The suggestion decided on: the case's newest")
    text: Text = Field(default="", description="What was sent: for edit, choose and ask_customer")
    candidate_id: Name | None = Field(default=None, description="For choose: the candidate")
    reason: Words = Field(default="", description="For reject and escalate: why")
    facts: dict[str, JsonValue] = Field(
        default_factory=dict, max_length=100, description="For add_facts: values by declared path"
    )
    ticked: Ticked = Field(default=(), description="Actions of the plan that are done")

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        if self.kind in SENDS - {"accept"} and not self.text.strip():
            raise ValueError(f"{self.kind} needs `text`: what was sent to the customer")
        if self.kind == "accept" and self.text:
            raise ValueError("accept sends the draft as it is: for another text use edit")
        if (self.kind == "choose") != (self.candidate_id is not None):
            raise ValueError("`candidate_id` is for choose, and choose needs it")
        if self.kind in ("reject", "escalate") and not self.reason.strip():
            raise ValueError(f"{self.kind} needs `reason`")
        if self.facts and self.kind != "add_facts":
            raise ValueError("`facts` are for add_facts")
        return self

    @property
    def decision(self) -> Decision:
        """What is kept of it beside who and when."""
        return Decision.model_validate(self.model_dump(exclude={"key", "by"}))


class ProgressRequest(Act):
    """A text that told the customer what is pending."""

    text: Annotated[str, Field(min_length=1, max_length=50_000)]


class OutcomeRequest(Act):
    """What was found at follow-up: did it help?"""

    kind: OutcomeKind
    rating: Annotated[int, Field(ge=1, le=5)] | None = Field(
        default=None, description="The customer's, 1 (bad) to 5; only where it is solved"
    )
    comment: Words = Field(default="", description="What the customer says of it")
    tried: Words = Field(default="", description="For not_solved: what did not help")

    @model_validator(mode="after")
    def _is_one_outcome(self) -> Self:
        if self.rating is not None and self.kind != "solved":
            raise ValueError("`rating` is for solved")
        return self

    @property
    def outcome(self) -> CaseOutcome:
        """What is kept of it beside who and when."""
        return CaseOutcome.model_validate(self.model_dump(exclude={"key", "by"}))


class ClosingRequest(Act):
    """The message that closed a solved case."""

    text: Text = Field(
        default="", description="What was sent; left out, the closing message as it is"
    )


class CancelRequest(Act):
    """Why nobody needs to answer any more."""

    reason: Words = ""


class SeenRequest(Act):
    """Who has seen a notice."""


class SettleRequest(Act):
    """How an entry of the ledger ended."""

    state: Annotated[str, Field(pattern="^(kept|broken|dropped)$")]
    note: Words = ""
