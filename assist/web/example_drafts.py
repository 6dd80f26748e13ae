"""The examples of checked drafts in the OpenAPI document."""

from typing import Any

from assist.domain.draft_check import CheckedDraft, SentenceFound
from assist.web.examples import CITATION, QUOTE

WRONG = "You can send an unused item back within 60 days of delivery."


def drafts() -> dict[str, Any]:
    """One against texts, one for a ticket."""
    text = f"{QUOTE} I will refund you 40 USD today."
    asked = {"author": "customer", "text": "Can I still send the lamp back?"}
    ticket = {"id": "t-1", "messages": [asked]}
    return {
        "passages": {"id": "d-1", "text": WRONG, "passages": [QUOTE]},
        "ticket": {"id": "d-2", "text": text, "ticket": ticket},
    }


def a_checked_draft() -> CheckedDraft:
    """A changed number, found."""
    found = SentenceFound(
        text=WRONG,
        kind="fact",
        support="unsupported",
        flags=("changed_value",),
        citations=(CITATION,),
        probability=0.04,
        why=("the source says 30 days, not 60 days",),
    )
    return CheckedDraft(id="d-1", support=0.12, sentences=(found,))
