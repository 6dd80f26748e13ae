"""Helpdesks, each against a small server that answers as its API documents show."""

import json

import pytest
from pydantic import SecretStr, ValidationError

from assist.adapters.helpdesks import asking
from assist.adapters.helpdesks.chatwoot import Chatwoot
from assist.adapters.helpdesks.django_helpdesk import DjangoHelpdesk
from assist.adapters.helpdesks.generic import Generic
from assist.adapters.helpdesks.zendesk import Zendesk
from assist.domain.helpdesk_settings import HelpdeskMapping, HelpdeskSettings
from assist.errors import TicketMoved
from tests.contracts.helpdesk import HelpdeskContract
from tests.helpdesks import apis
from tests.helpdesks.host import Desk, serving


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(asking, "FIRST_PAUSE", 0.01)


@pytest.fixture
def desk():
    return Desk()


class TestChatwoot(HelpdeskContract):
    @pytest.fixture
    def helpdesk(self, desk):
        with serving(desk, apis.chatwoot) as url:
            settings = HelpdeskSettings(
                kind="chatwoot", url=url, account="1", token=SecretStr("t-1")
            )
            yield Chatwoot("support", settings)

    def test_its_token_goes_along(self, helpdesk, desk):
        helpdesk.ticket("7")
        assert {one["api_access_token"] for one in desk.headers} == {"t-1"}

    def test_an_attachment_is_named_and_not_fetched(self, helpdesk, desk):
        (attachment,) = helpdesk.ticket("7").attachments
        assert (attachment.name, attachment.size) == ("a.png", 9)
        assert not any("a.png" in one for one in desk.asked)

    def test_a_customers_message_is_a_delivery_and_an_agents_is_not(self, helpdesk):
        told = {
            "event": "message_created",
            "id": 4,
            "message_type": "incoming",
            "conversation": {"id": 7},
        }
        headers = {"x-chatwoot-delivery": "d-1"}
        found = helpdesk.delivery(headers, json.dumps(told).encode())
        assert (found.id, found.ticket_id) == ("d-1", "7")
        for change in ({"message_type": "outgoing"}, {"private": True}, {"event": "webwidget"}):
            assert helpdesk.delivery({}, json.dumps(told | change).encode()) is None

    def test_an_account_that_is_no_number_is_refused(self):
        with pytest.raises(ValidationError, match="account"):
            HelpdeskSettings(kind="chatwoot", url="http://x", account="../2")


class TestZendesk(HelpdeskContract):
    @pytest.fixture
    def helpdesk(self, desk):
        with serving(desk, apis.zendesk) as url:
            settings = HelpdeskSettings(
                kind="zendesk", url=url, user="a@example.com", token=SecretStr("t-1")
            )
            yield Zendesk("support", settings)

    def test_a_merged_ticket_says_into_which(self, helpdesk, desk):
        desk.merged = "8"
        with pytest.raises(TicketMoved) as moved:
            helpdesk.ticket("7")
        assert moved.value.to == "8"

    def test_an_event_and_a_trigger_name_the_ticket(self, helpdesk):
        event = {"type": "zen:event-type:ticket.comment_added", "id": "e-1", "detail": {"id": "7"}}
        assert helpdesk.delivery({}, json.dumps(event).encode()).ticket_id == "7"
        found = helpdesk.delivery({"X-Zendesk-Webhook-Invocation-Id": "i-1"}, b'{"ticket_id": "7"}')
        assert (found.id, found.ticket_id) == ("i-1", "7")


class TestDjangoHelpdesk(HelpdeskContract):
    """It knows a customer by their address, sends mails as text, and has no tags."""

    CUSTOMER = ("email", "ana@example.com")

    @pytest.fixture
    def helpdesk(self, desk):
        desk.messages[-1].text = (
            "The hub still blinks <amber> 😀\n\n"
            "On Mon, 3 Aug 2026 at 10:00, Support <care@example.org> wrote:\n> Try a reset\n"
        )
        with serving(desk, apis.django_helpdesk) as url:
            settings = HelpdeskSettings(
                kind="django_helpdesk", url=url, user="a", token=SecretStr("p-1")
            )
            yield DjangoHelpdesk("support", settings)

    def test_tags_are_added_to_those_there(self, helpdesk, desk):
        helpdesk.tag("7", ("urgent",))
        helpdesk.tag("7", ())
        assert [(m.text, m.public) for m in desk.messages[4:]] == [("Tags: urgent", False)]

    def test_a_merged_ticket_says_into_which(self, helpdesk, desk):
        desk.merged = "8"
        with pytest.raises(TicketMoved) as moved:
            helpdesk.ticket("7")
        assert moved.value.to == "8"

    def test_a_new_ticket_and_a_follow_up_are_told_apart(self, helpdesk):
        new = helpdesk.delivery({}, b'{"ticket": {"id": 7}, "queue_slug": "care"}')
        more = helpdesk.delivery({}, b'{"ticket": {"id": 7}, "followup_id": 12}')
        assert (new.ticket_id, more.ticket_id) == ("7", "7")
        assert new.id != more.id


class TestGeneric(HelpdeskContract):
    """With the default mapping, which is Zammad's, and a place for merged tickets."""

    @pytest.fixture
    def helpdesk(self, desk):
        with serving(desk, apis.zammad) as url:
            settings = HelpdeskSettings(
                kind="generic",
                url=url,
                token=SecretStr("t-1"),
                mapping=HelpdeskMapping(merged="merged_into"),
            )
            yield Generic("support", settings)

    def test_a_merged_ticket_says_into_which(self, helpdesk, desk):
        desk.merged = "8"
        with pytest.raises(TicketMoved) as moved:
            helpdesk.ticket("7")
        assert moved.value.to == "8"

    def test_a_webhook_names_the_ticket_and_its_delivery(self, helpdesk):
        headers = {"X-Zammad-Delivery": "d-9"}
        found = helpdesk.delivery(headers, b'{"ticket": {"id": 7}, "article": {"id": 4}}')
        assert (found.id, found.ticket_id) == ("d-9", "7")

    def test_without_an_id_of_the_delivery_the_article_tells_two_apart(self, helpdesk):
        ids = {
            helpdesk.delivery(
                {}, json.dumps({"ticket": {"id": 7}, "article": {"id": n}}).encode()
            ).id
            for n in (4, 4, 5)
        }
        assert len(ids) == 2
