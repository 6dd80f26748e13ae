"""Issues and facts -> the policy clauses in force, how far they bend, and why we have them."""

from assist.domain.case import Case
from assist.domain.policy import Requirement
from assist.graph.scope import date_of, region_of, tier_of, values_of
from assist.graph.state import Update
from assist.graph.tools import Tools
from assist.policies.clauses import requirements


async def constrain(case: Case, tools: Tools) -> Update:
    """The clauses that govern what could be done for these issues, each once."""
    found: dict[str, Requirement] = {}
    for issue in case.issues:
        kinds = {a.kind for a in tools.policy_set.actions if issue.category in a.categories}
        for requirement in requirements(
            tools.policy_set,
            facts=values_of(issue, case),
            on=date_of(case),
            region=region_of(case),
            product=case.ticket.product,
            tier=tier_of(case),
            actions=frozenset(kinds),
        ):
            found.setdefault(requirement.clause_id, requirement)
    return {
        "requirements": tuple(found.values()),
        "said": f"{len(found)} clause(s) in force on {date_of(case).isoformat()}",
    }
