"""What is asked: an action, how much and how often, by whom, in which case."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from assist.domain.grants import Granted
from assist.domain.policy import PolicySet
from assist.domain.verdict import Level
from assist.policies.amounts import Amount
from assist.policies.clauses import Scope
from assist.policies.condition_tree import Facts


class Circumstances(NamedTuple):
    """Who asks, and what is known of the case and its customer.

    `granted` is what the customer was granted before, of any kind; none where nobody knows who the
    customer is.
    """

    facts: Facts
    on: date
    level: Level
    scope: Scope = Scope()
    granted: Sequence[Granted] | None = None


class Asked(NamedTuple):
    """An action asked for: what, how much in all, how often at once, in which circumstances."""

    kind: str
    amount: Amount
    policy_set: PolicySet
    case: Circumstances
    times: int = 1
