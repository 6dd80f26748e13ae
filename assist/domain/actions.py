"""What can be done for a customer, as the company declares it in `actions.yaml`."""

from typing import Literal

from pydantic import Field, JsonValue

from assist.domain.base import Model, Money, Unit
from assist.domain.facts import FactType


class ParameterType(Model):
    """A parameter of an action: `type` as for facts; `default_fact` gives its value."""

    type: FactType
    default_fact: str | None = None
    default: JsonValue = None


class ActionType(Model):
    """A typed thing that can be done for a customer.

    `cost_fact` or `cost` say what it costs the company; `effort` is the customer's, 0 none to
    1 most; `promise` is the sentence for the customer, `due_days` business days after the decision.
    """

    kind: str
    title: str
    categories: tuple[str, ...] = ()
    when: str = "true"
    signals: tuple[str, ...] = ()
    """Phrases that ask for this action. Without one in the ticket it is offered, never chosen."""
    parameters: dict[str, ParameterType] = Field(default_factory=dict)
    cost_parameter: str | None = None
    in_part: bool = True
    """Whether less of `cost_parameter` makes sense: half a refund does, half a parcel does not."""
    cost: tuple[Money, ...] = ()
    effort: Unit = 0.2
    reversible: bool = True
    owner: Literal["agent", "team", "system", "customer"] = "agent"
    team: str = ""
    alternatives: tuple[str, ...] = ()
    """Kinds to offer instead where this one may not be granted, the best first."""
    steps: tuple[str, ...] = ()
    promise: str = ""
    due_days: int | None = None
    tell: tuple[str, ...] = ()
    """Who must be told besides the customer."""
    good: str = ""
    """The outcome when it works."""
    bad: str = ""
    """The outcome when it does not."""
