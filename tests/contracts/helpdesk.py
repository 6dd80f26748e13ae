"""The contract of `Helpdesk`: every adapter passes it over the same conversation."""

import pytest

from assist.errors import BadInput, BadTicket, HelpdeskBusy, HelpdeskUnavailable, NotFound
from tests.helpdesks.host import Said


class HelpdeskContract:
    """Subclasses give the fixtures `desk`, what stands there, and `helpdesk`, the adapter to it."""

    CUSTOMER = ("id", "5")
    """What a helpdesk tells of who asks."""

    def test_a_ticket_is_read_whole(self, helpdesk):
        ticket = helpdesk.ticket("7")
        assert (ticket.id, ticket.subject) == ("7", "Hub")
        assert [(m.author, m.public) for m in ticket.messages] == [
            ("customer", True),
            ("agent", True),
            ("agent", False),
            ("customer", True),
        ]
        name, value = self.CUSTOMER
        assert getattr(ticket.customer, name) == value

    def test_a_mail_is_its_words_without_markup_and_what_it_quotes(self, helpdesk):
        assert helpdesk.ticket("7").messages[-1].text == "The hub still blinks <amber> 😀"

    def test_a_ticket_changed_later_has_a_higher_revision(self, helpdesk, desk):
        assert helpdesk.ticket("7").revision > 1_000_000_000

    def test_its_list_names_the_ticket(self, helpdesk):
        assert [one.id for one in helpdesk.tickets(5)] == ["7"]

    def test_a_ticket_that_is_deleted_is_not_found(self, helpdesk, desk):
        desk.deleted = True
        with pytest.raises(NotFound):
            helpdesk.ticket("7")

    def test_an_id_that_would_leave_its_path_is_refused_unasked(self, helpdesk, desk):
        for hostile in ("../users/1", "7/../8", "7?x=1", "", "7\n8"):
            with pytest.raises(BadInput):
                helpdesk.ticket(hostile)
        assert desk.asked == []

    def test_a_ticket_without_a_word_says_so(self, helpdesk, desk):
        desk.messages[:] = [Said(1, "customer", "", "2026-08-03T09:00:00+00:00")]
        ticket = helpdesk.ticket("7")
        assert (ticket.subject, ticket.asked[0].text) == ("Hub", "")

    def test_a_ticket_too_long_is_refused_by_name(self, helpdesk, desk):
        many = [Said(n, "customer", "word " * 20_000, desk.messages[0].at) for n in range(1, 5)]
        desk.messages[:] = many
        with pytest.raises(BadTicket, match="characters"):
            helpdesk.ticket("7")

    def test_a_note_is_internal_and_a_reply_is_not(self, helpdesk, desk):
        helpdesk.note("7", "For colleagues.")
        helpdesk.reply("7", "For the customer.")
        assert [(m.text, m.public) for m in desk.messages[-2:]] == [
            ("For colleagues.", False),
            ("For the customer.", True),
        ]

    def test_a_draft_never_reaches_the_customer(self, helpdesk, desk):
        written = helpdesk.draft("7", "Hello Ana")
        assert not written.public
        assert not desk.messages[-1].public
        assert "Hello Ana" in desk.messages[-1].text

    def test_the_same_words_are_written_once_until_the_customer_writes_again(self, helpdesk, desk):
        for _ in range(2):
            helpdesk.reply("7", "For the customer.")
        assert sum(m.text == "For the customer." for m in desk.messages) == 1
        desk.messages.append(Said(6, "customer", "And now?", "2026-08-03T13:00:00+00:00"))
        helpdesk.reply("7", "For the customer.")
        assert sum(m.text == "For the customer." for m in desk.messages) == 2

    def test_a_long_reply_with_a_list_is_known_again(self, helpdesk, desk):
        reply = "Hello,\n\nplease tell me:\n\n- What happened?\n- Since when?\n\nKind regards\nMo"
        for _ in range(2):
            helpdesk.reply("7", reply)
            helpdesk.draft("7", reply)
        assert len(desk.messages) == 6
        assert helpdesk.ticket("7").messages[-2].text == reply

    def test_tags_are_added_to_those_there(self, helpdesk, desk):
        helpdesk.tag("7", ("urgent",))
        assert desk.tags == ["hub", "urgent"]

    def test_a_helpdesk_that_stumbles_is_asked_again(self, helpdesk, desk):
        desk.answers[:] = [(500, {}, b""), (429, {"Retry-After": "0"}, b"")]
        assert helpdesk.ticket("7").subject == "Hub"

    def test_one_that_stays_down_is_unavailable(self, helpdesk, desk):
        desk.answers[:] = [(503, {}, b"")] * 3
        with pytest.raises(HelpdeskUnavailable, match="503"):
            helpdesk.ticket("7")

    def test_one_that_asks_for_a_long_pause_says_how_long(self, helpdesk, desk):
        desk.answers[:] = [(429, {"Retry-After": "120"}, b"")]
        with pytest.raises(HelpdeskBusy) as busy:
            helpdesk.ticket("7")
        assert busy.value.retry_after == 120

    @pytest.mark.parametrize("body", [b"<html>", b"[1, 2]", b"null", b'"x"', b"[" * 100_000])
    def test_nonsense_is_said_to_be_that(self, helpdesk, desk, body):
        desk.answers[:] = [(200, {}, body)] * 3
        with pytest.raises(HelpdeskUnavailable):
            helpdesk.ticket("7")

    def test_what_may_have_been_written_is_not_written_twice(self, helpdesk, desk):
        """An answer that is lost after the write: the error says so, and again writes nothing."""
        helpdesk.note("7", "Once.")
        asked = len(desk.asked)
        helpdesk.note("7", "Once.")
        writes = [one for one in desk.asked[asked:] if not one.startswith("GET")]
        assert writes == []

    def test_a_webhook_that_is_no_object_is_bad_input(self, helpdesk):
        for body in (b"", b"[]", b"nonsense", b"[" * 100_000):
            with pytest.raises(BadInput):
                helpdesk.delivery({}, body)
