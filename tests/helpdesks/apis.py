"""What Chatwoot, Zendesk and Zammad answer, in the shapes that their API documents show."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.helpdesks.host import Desk, Said


def chatwoot(desk: Desk, method: str, path: str, body: Any) -> Any:
    """Conversation 7 of account 1."""
    url = urlsplit(path)
    parts = url.path.removeprefix("/api/v1/accounts/1/").split("/")
    if parts == ["conversations"]:
        line = {"id": 7, "status": "open", "last_activity_at": 1785754800}
        return {"data": {"meta": {}, "payload": [line]}}
    if desk.deleted or parts[:2] != ["conversations", "7"]:
        return None
    if parts[2:] == ["labels"]:
        desk.tags = body["labels"] if method == "POST" else desk.tags
        return {"payload": desk.tags}
    if parts[2:] == ["messages"]:
        if method == "POST":
            said = desk.write(body["content"], public=not body["private"])
            return _chatwoot_message(said)
        before = int(parse_qs(url.query).get("before", ["999"])[0])
        # Two a page, so that the adapter has to turn it.
        page = [m for m in desk.messages if m.id < before][-2:]
        return {"meta": {}, "payload": [_chatwoot_message(said) for said in page]}
    return {
        "id": 7,
        "status": "open",
        "created_at": 1785747600,
        "labels": desk.tags,
        "additional_attributes": {"mail_subject": "Hub"},
        "meta": {
            "channel": "Channel::Email",
            "sender": {"id": 5, "name": "Ana Lima", "email": "ana@example.com"},
        },
    }


def _chatwoot_message(said: Said) -> dict[str, Any]:
    mail = {"email": {"html_content": {"full": said.text}}} if said.html else {}
    return {
        "id": said.id,
        "content": said.text,
        "message_type": 0 if said.by == "customer" else 1,
        "private": not said.public,
        "created_at": int(datetime.fromisoformat(said.at).timestamp()),
        "content_attributes": mail,
        "attachments": [{"data_url": "http://files/a.png", "file_type": "image", "file_size": 9}]
        if said.id == 4
        else [],
    }


def zendesk(desk: Desk, method: str, path: str, body: Any) -> Any:
    """Ticket 7."""
    parts = urlsplit(path).path.removeprefix("/api/v2/").removesuffix(".json").split("/")
    if parts == ["tickets"]:
        return {"tickets": [_zendesk_ticket(desk)]}
    if desk.deleted or parts[:2] != ["tickets", "7"]:
        return None
    if parts[2:] == ["tags"]:
        desk.tags = list(dict.fromkeys([*desk.tags, *body["tags"]]))
        return {"tags": desk.tags}
    if parts[2:] == ["comments"]:
        comments = [_zendesk_comment(said) for said in desk.messages]
        if desk.merged:
            told = f"This request was closed and merged into request #{desk.merged} “Hub”."
            comments.append({**comments[-1], "body": told, "html_body": ""})
        people = [
            {"id": 5, "name": "Ana Lima", "email": "ana@example.com", "role": "end-user"},
            {"id": 6, "name": "Sam", "role": "agent"},
        ]
        return {"comments": comments, "users": people, "next_page": None}
    if method == "PUT":
        said = desk.write(
            body["ticket"]["comment"]["body"], public=body["ticket"]["comment"]["public"]
        )
        return {"ticket": _zendesk_ticket(desk), "audit": {"id": said.id}}
    return {"ticket": _zendesk_ticket(desk)}


def _zendesk_ticket(desk: Desk) -> dict[str, Any]:
    merged = ["closed_by_merge"] if desk.merged else []
    return {
        "id": 7,
        "subject": "Hub",
        "status": "open",
        "requester_id": 5,
        "tags": desk.tags + merged,
        "via": {"channel": "email"},
        "created_at": "2026-08-03T09:00:00Z",
        "updated_at": "2026-08-03T11:00:00Z",
    }


def _zendesk_comment(said: Said) -> dict[str, Any]:
    file = {"file_name": "a.png", "content_type": "image/png", "size": 9}
    return {
        "id": said.id,
        "author_id": 5 if said.by == "customer" else 6,
        "body": said.text,
        "html_body": said.text if said.html else "",
        "public": said.public,
        "created_at": said.at,
        "attachments": [file] if said.id == 4 else [],
    }


def zammad(desk: Desk, method: str, path: str, body: Any) -> Any:
    """Ticket 7; its merged state is told where our mapping in the tests looks."""
    url = urlsplit(path)
    if url.path == "/api/v1/tags/add":
        desk.tags.append(parse_qs(url.query)["item"][0])
        return True
    if url.path == "/api/v1/ticket_articles" and method == "POST":
        return {"id": desk.write(body["body"], public=not body["internal"]).id}
    if url.path == "/api/v1/tickets":
        return [_zammad_ticket(desk)]
    if desk.deleted or not url.path.endswith("/7"):
        return None
    if "by_ticket" in url.path:
        return [
            {
                "id": said.id,
                "body": said.text,
                "sender": "Customer" if said.by == "customer" else "Agent",
                "content_type": "text/html" if said.html else "text/plain",
                "internal": not said.public,
                "created_at": said.at,
            }
            for said in desk.messages
        ]
    return _zammad_ticket(desk)


def _zammad_ticket(desk: Desk) -> dict[str, Any]:
    return {
        "id": 7,
        "title": "Hub",
        "customer_id": 5,
        "merged_into": desk.merged or None,
        "created_at": "2026-08-03T09:00:00Z",
        "updated_at": "2026-08-03T11:00:00Z",
    }


def django_helpdesk(desk: Desk, method: str, path: str, body: Any) -> Any:
    """Ticket 7: its description is its first message, and its first follow-up as well."""
    url = urlsplit(path)
    if url.path == "/api/followups/" and method == "POST":
        return {"id": desk.write(body["comment"], public=body["public"]).id}
    if url.path == "/api/tickets/":
        return {"count": 1, "results": [_django_ticket(desk)]}
    if desk.deleted or url.path != "/api/tickets/7/":
        return None
    return _django_ticket(desk)


def _django_ticket(desk: Desk) -> dict[str, Any]:
    return {
        "id": 7,
        "queue": 1,
        "title": "Hub",
        "description": desk.messages[0].text,
        "submitter_email": "ana@example.com",
        "status": 1,
        "merged_to": int(desk.merged) if desk.merged else None,
        "followup_set": [
            {
                "id": said.id,
                "user": None if said.by == "customer" else 1,
                "title": "Comment",
                "comment": said.text,
                "public": said.public,
                "date": said.at,
                "followupattachment_set": [],
            }
            for said in desk.messages
        ],
    }
