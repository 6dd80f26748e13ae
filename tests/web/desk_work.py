"""A desk on which something of every kind waits."""

from assist.service.desk import Desk
from tests.service.consultations import asked as a_question_asked
from tests.service.handing_over import a_refund, asked, decided, opened
from tests.web.test_pages import HOSTILE

PROMISE = "Hello Ana, we will write to you within two business days."
BIDI = "\u202egnp.ecalp\u202c \u200bzero\u200b width"
"""Text that turns direction around, and letters nobody sees."""


def fill(desk: Desk) -> str:
    """An approval asked for, a promise, an escalation, a question; the first case's id."""
    first = opened(desk)
    asked(desk, first)
    person = {"id": "c-2", "name": f"Bo {HOSTILE}", "region": "US"}
    second = opened(desk, a_refund("40.00", "t-2", customer=person, subject=f"{BIDI} {HOSTILE}"))
    decided(desk, second, "edit", text=PROMISE)
    third = opened(desk, a_refund("900.00", "t-3", customer=person))
    decided(desk, third, "escalate", reason=f"They threaten to go to the press. {HOSTILE} {BIDI}")
    a_question_asked(desk.parts, question=f"Was the order paid? {BIDI}", why=HOSTILE, fact=None)
    return first.case.id
