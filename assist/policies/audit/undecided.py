"""Why a question about the rules has no answer: which condition cannot be looked through."""

import re
from collections.abc import Iterator, Sequence

from assist.policies.audit.compared import Compared, compared_in, loose_facts
from assist.policies.audit.findings import Finding, found
from assist.policies.audit.ruling import Rule

CURE = "use a fact of its own or plain comparisons"
SHORTER = "write it as plain comparisons of facts, or make it shorter"
_METHOD = re.compile(r"\.(contains|startsWith|endsWith)\(")


def undecided(question: str, rule: Rule, others: Sequence[Rule] = ()) -> Finding:
    """The finding that it is not known, at the first condition that keeps it from being known."""
    for one in (rule, *others):
        if reason := unanalyzed(one.texts):
            message = f"it is not known {question}, because {one.clause.id}'s condition {reason}"
            return found("not-decided", one.page, (*one.at, "when"), message, cure=CURE)
    message = f"it is not known {question}"
    return found("not-decided", rule.page, (*rule.at, "when"), message, cure=SHORTER)


def unanalyzed(texts: Sequence[str]) -> str:
    """Why these conditions cannot be looked through; empty where they can."""
    reasons = dict.fromkeys(reason for text in texts for reason in _reasons(text))
    return f"is not analyzed: {' and '.join(reasons)}" if reasons else ""


def _reasons(text: str) -> Iterator[str]:
    comparisons = compared_in(text)
    for one in comparisons:
        if not one.exact:
            yield f"it {_does(text, one)}"
    if all(one.exact for one in comparisons):
        for path in sorted(loose_facts(comparisons)):
            yield f"it both counts the days since {path} and compares it with a day"


def _does(text: str, one: Compared) -> str:
    if method := _METHOD.search(text):
        return f"looks into a text with {method[1]}"
    read = [r.path if r.reading == "value" else r.reading for r in one.reads]
    return f"calculates with {', '.join(dict.fromkeys(read))}"
