"""What an answer rests on: what its reply cites, and what stands behind what is chosen.

What was merely found is no ground: an answer on another matter finds the right passages too.
"""

from collections.abc import Iterator

from assist.domain.eval_case import Expect
from assist.domain.suggestion import Suggestion
from evals.scorers.chosen import chosen
from evals.scorers.grounds import Grounds

ANSWERS = 2
"""The grade from which on a gold passage answers by itself; below it only helps."""


def cited(suggestion: Suggestion) -> frozenset[str]:
    """The documents that the reply cites: what the customer is told comes from them."""
    sentences = suggestion.draft.sentences
    return frozenset(c.document_id for sentence in sentences for c in sentence.citations)


def rests_on(suggestion: Suggestion, grounds: Grounds) -> frozenset[str]:
    """The documents that the reply cites, and the policies that decide on what is chosen.

    A reply that cites none rests on what its chosen candidates cite; a suggestion that tells and
    does nothing on what the agent was shown of internal documents: they have that to go on.
    """
    behind = {c.document_id for candidate in chosen(suggestion) for c in candidate.citations}
    found = frozenset((*(cited(suggestion) or behind), *_policies(suggestion, grounds)))
    internal = (h.document_id for h in suggestion.hits if h.passage.audience == "internal")
    return found or frozenset(internal)


def answering(expect: Expect) -> frozenset[str]:
    """The documents of which one must be rested on for the answer to be on the matter."""
    gold = (one.partition("#")[0] for one, grade in expect.gold.items() if grade >= ANSWERS)
    return frozenset((*gold, *expect.documents))


def _policies(suggestion: Suggestion, grounds: Grounds) -> Iterator[str]:
    """The policies whose clauses decide on what is chosen."""
    verdicts = [candidate.verdict for candidate in chosen(suggestion) if candidate.verdict]
    used = {clause for verdict in verdicts for clause in verdict.clauses}
    for policy in grounds.rules.policies if grounds.rules else ():
        if any(clause.id in used for clause in policy.clauses):
            yield policy.id
