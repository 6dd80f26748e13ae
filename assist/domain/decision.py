"""What the agent does with a suggestion, and what came of it."""

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from assist.domain.base import Model

DecisionKind = Literal[
    "accept", "edit", "choose", "reject", "escalate", "ask_customer", "add_facts"
]
SENDS: frozenset[DecisionKind] = frozenset({"accept", "edit", "choose", "ask_customer"})
"""Decisions with a text that went to the customer."""
OutcomeKind = Literal["solved", "not_solved", "no_answer"]


class Decision(Model):
    """One act of an agent on the suggestion `suggestion_id`.

    `accept` sends the draft as it is, `edit` and `choose` a `text` of the agent's (for `choose`
    about another candidate, `candidate_id`), `ask_customer` a question. `reject` says in `reason`
    why nothing of it will do, `escalate` hands the case to its path, `add_facts` gives values by
    declared path and asks for a new draft. `ticked` are the plan's items that are done.
    """

    kind: DecisionKind
    suggestion_id: str
    text: str = ""
    candidate_id: str | None = None
    reason: str = ""
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    ticked: tuple[str, ...] = ()


class CaseOutcome(Model):
    """What was found at follow-up. `rating` 1 (bad) to 5; `tried`: what did not help."""

    kind: OutcomeKind
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    comment: str = ""
    tried: str = ""
