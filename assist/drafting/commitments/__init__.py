"""Text of a draft or a sent reply -> the promises in it: who, what, by when, and how they are kept.

English only: in another language nothing is read, and `reads` says so.
"""

from assist.drafting.commitments.amounts import amount_in
from assist.drafting.commitments.checking import (
    Checked,
    Granted,
    checked,
)
from assist.drafting.commitments.finding import (
    FoundPromise,
    find_promises,
    named_action,
    reads,
)
from assist.drafting.commitments.times import BusinessDays

__all__ = [
    "BusinessDays",
    "Checked",
    "FoundPromise",
    "Granted",
    "amount_in",
    "checked",
    "find_promises",
    "named_action",
    "reads",
]
