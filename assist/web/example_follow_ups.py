"""Examples of follow-ups in the OpenAPI document: a promise, its notice, the closing message."""

from typing import Any

from assist.domain.case_view import CaseView
from assist.domain.casework import Sent
from assist.domain.draft import Draft, Sentence
from assist.domain.ledger import Entry
from assist.domain.notice import Notice, notice_id
from assist.service.case_requests import ClosingRequest, SeenRequest
from assist.web.api.notices import Notices
from assist.web.example_cases import PROMISED, a_solved_case, happened_next
from assist.web.examples import LATER

CLOSING = ClosingRequest(key="c-1", by="Mo Ito")
OWN_WORDS = ClosingRequest(key="c-1", by="Mo Ito", text="Thank you, and good luck with the lamp!")
SEEN = SeenRequest(key="n-1", by="Mo Ito")
NOTICE = Notice(
    id=notice_id("due", PROMISED.id),
    kind="due",
    about=PROMISED.id,
    case_id=PROMISED.case_id,
    owner=PROMISED.owner,
    due=LATER,
    made_at=LATER,
)
SENTENCES = tuple(
    Sentence(text=text, kind="courtesy")
    for text in (
        "Thank you for your message.",
        "I have noted that this is solved by what I wrote to you on 20 November 2026.",
        "If there is anything that we could do better, please tell us that as well.",
    )
)


def a_promise() -> Entry:
    """One that is open."""
    return PROMISED


def a_closing_message() -> Draft:
    """What would be sent."""
    return Draft(text=" ".join(one.text for one in SENTENCES), sentences=SENTENCES)


def a_closed_case() -> CaseView:
    """It helped, and the customer was thanked."""
    text = a_closing_message().text
    view = happened_next(a_solved_case(), "closing", CLOSING, LATER, {"text": text})
    sent = Sent(event=view.case.events, at=LATER, by=CLOSING.by, text=text)
    return view.model_copy(update={"sent": (*view.sent, sent)})


def some_notices() -> Notices:
    """One that nobody has seen."""
    return Notices(notices=(NOTICE,))


def a_seen_notice() -> Notice:
    """The same, seen."""
    return NOTICE.model_copy(update={"seen_at": LATER, "seen_by": SEEN.by})


def closings() -> dict[str, Any]:
    """The message as it is, and one's own."""
    return {
        "as it is": CLOSING.model_dump(mode="json", exclude_unset=True),
        "own words": OWN_WORDS.model_dump(mode="json"),
    }


def seen_by() -> dict[str, Any]:
    """Who has seen it."""
    return {"seen": SEEN.model_dump(mode="json")}
