"""The examples of tokens and of the audit log in the OpenAPI document."""

from collections.abc import Mapping

from assist.domain.audit import AuditEntry
from assist.service.tokens import TokenRequest
from assist.web.api.audit import AuditEntries
from assist.web.api.tokens import HostToken, TokenAnswer
from assist.web.examples import LATER, NOW

TOKEN = "at_" + "A" * 43
SIGNED = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhLTQyIn0.c2lnbmF0dXJl"


def token_requests() -> Mapping[str, object]:
    """As much as whoever asks may, and less."""
    less = TokenRequest(role="agent", level="agent", minutes=5)
    return {"whole": {}, "less": less.model_dump(mode="json")}


def host_tokens() -> Mapping[str, object]:
    """What a helpdesk signed."""
    return {"signed": HostToken(token=SIGNED).model_dump(mode="json")}


def a_token() -> TokenAnswer:
    """A token of an agent."""
    return TokenAnswer(
        token=TOKEN,
        id="t-5d0f2b9c41ae",
        expires_at=LATER,
        who="p-3f1b0c9e27d4a856",
        name="Mo Ito",
        role="agent",
        level="agent",
    )


def some_entries() -> AuditEntries:
    """A case was looked at, and decided on."""
    who, case = "p-3f1b0c9e27d4a856", "case-3f1b0c9e27d4a856"
    entries = tuple(
        AuditEntry(id=id_, at=NOW, who=who, means="session", what=what, about=(case,))
        for id_, what in (
            ("au-91c2e07b5d3f4a68", "decide_case"),
            ("au-0b7f3d2e9c1a4586", "get_case"),
        )
    )
    return AuditEntries(entries=entries, next=None)
