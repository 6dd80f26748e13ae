"""What the account says about an issue, of all that is known."""

from assist.domain.issue import Fact, Issue
from assist.domain.policy import PolicySet
from assist.drafting.on_record import facts_on_record


def known_of(issue: Issue, policy_set: PolicySet) -> tuple[Fact, ...]:
    """The facts on record that the issue's category calls for, and how their family stands."""
    wanted = next((c.facts for c in policy_set.categories if c.id == issue.category), ())
    return facts_on_record(issue.facts, wanted, {d.path: d for d in policy_set.facts})
