"""The contract of `ApprovalStore`: every store passes it, the fake too."""

import pytest

from assist.errors import AlreadyDone, BadInput, NotFound
from tests.contracts.handing_over_builders import an_approval, approved
from tests.contracts.ledger_builders import a_credit
from tests.contracts.store_builders import NOON

ALL = ("open", "approved", "refused", "withdrawn")


class ApprovalStoreContract:
    """Subclasses give `store`, an empty one, and `grants`, where it books what it decides."""

    def test_an_approval_reads_back_as_it_was(self, store):
        assert store.add(an_approval()) == an_approval()
        assert store.get("a-1") == an_approval()

    def test_an_unknown_id_is_not_found(self, store):
        with pytest.raises(NotFound, match="a-9"):
            store.get("a-9")
        with store.deciding("c-1") as deciding, pytest.raises(NotFound, match="a-9"):
            deciding.get("a-9")

    def test_what_is_there_under_an_id_is_given_back(self, store):
        store.add(an_approval())
        assert store.add(an_approval(reason="another")) == an_approval()

    def test_a_candidate_waits_for_one_answer_at_a_time(self, store):
        store.add(an_approval())
        with pytest.raises(AlreadyDone, match=r"Mo has asked for i1\.c1 already: approval a-1"):
            store.add(an_approval("a-2"))
        with store.deciding("c-1") as deciding:
            deciding.close(approved(an_approval()))
        assert store.add(an_approval("a-2")) == an_approval("a-2")

    def test_those_of_a_ticket_come_in_their_order(self, store):
        for name in ("a-3", "a-1"):
            store.add(an_approval(name, candidate_id=name))
        store.add(an_approval("a-4", ticket_id="t-2", candidate_id="x"))
        assert [one.id for one in store.of_ticket("t-1")] == ["a-3", "a-1"]

    def test_those_that_need_a_level_of_mine_come_first(self, store):
        for name, needs in (("a-1", "manager"), ("a-2", "senior"), ("a-3", "lead")):
            store.add(an_approval(name, candidate_id=name, needs=needs))
        mine = ("agent", "senior", "lead")
        assert [one.id for one in store.listed(ALL, mine, 9)] == ["a-2", "a-3", "a-1"]
        assert [one.id for one in store.listed(ALL, (), 2)] == ["a-1", "a-2"]
        assert store.listed(("refused",), mine, 9) == ()

    def test_what_is_booked_counts_together_with_the_answer(self, store, grants):
        store.add(an_approval())
        with store.deciding("c-1") as deciding:
            assert deciding.get("a-1") == an_approval()
            deciding.booking.add(a_credit("a-1-1"))
            deciding.close(approved(an_approval()))
        assert store.get("a-1") == approved(an_approval())
        assert grants.of_customer("c-1", NOON) == (a_credit("a-1-1"),)

    def test_on_an_error_neither_the_answer_nor_the_grant_is_kept(self, store, grants):
        store.add(an_approval())

        def fail():
            with store.deciding("c-1") as deciding:
                deciding.booking.add(a_credit("a-1-1"))
                deciding.close(approved(an_approval()))
                raise KeyError("ours")

        with pytest.raises(KeyError):
            fail()
        assert store.get("a-1") == an_approval()
        assert grants.of_customer("c-1", NOON) == ()

    def test_what_has_ended_stays_as_it_ended(self, store):
        store.add(an_approval())
        with store.deciding("c-1") as deciding:
            deciding.close(approved(an_approval()))
        with store.deciding("c-1") as deciding, pytest.raises(AlreadyDone, match="approved by Lee"):
            deciding.close(approved(an_approval(), state="refused"))
        assert store.get("a-1") == approved(an_approval())

    @pytest.mark.parametrize("field", ["reason", "title", "asked_by"])
    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
    def test_what_is_no_text_is_refused(self, store, field, text):
        with pytest.raises(BadInput):
            store.add(an_approval().model_copy(update={field: text}))
        assert store.listed(ALL, (), 9) == ()
