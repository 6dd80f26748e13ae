"""The contract of `EscalatedStore`: every store passes it, the fake too."""

import pytest

from assist.errors import BadInput, NotFound
from tests.contracts.handing_over_builders import HOUR, an_escalation, answered, taken
from tests.contracts.store_builders import NOON

ALL = ("open", "taken", "answered", "withdrawn")


class EscalatedStoreContract:
    """Subclasses give the fixture `store`: an empty one that may be told of the case case-1."""

    def test_an_escalation_reads_back_as_it_was(self, store):
        store.add(an_escalation())
        assert store.get("case-1-2-escalation") == an_escalation()

    def test_an_unknown_id_is_not_found(self, store):
        with pytest.raises(NotFound, match="e-9"):
            store.get("e-9")

    def test_what_is_there_stays_when_it_is_handed_over_again(self, store):
        store.add(an_escalation())
        assert store.change(an_escalation(), taken(an_escalation()))
        store.add(an_escalation())
        assert store.get(an_escalation().id) == taken(an_escalation())

    def test_it_changes_from_what_it_stood_as_and_from_nothing_else(self, store):
        store.add(an_escalation())
        by_lee, by_bo = taken(an_escalation()), taken(an_escalation(), taken_by="Bo")
        assert store.change(an_escalation(), by_lee)
        assert not store.change(an_escalation(), by_bo)
        assert not store.change(by_bo, answered(by_bo))
        assert store.change(by_lee, answered(by_lee))
        assert store.get(an_escalation().id) == answered(by_lee)

    def test_what_is_not_there_does_not_change(self, store):
        assert not store.change(an_escalation(), taken(an_escalation()))

    def test_those_of_a_ticket_come_in_their_order(self, store):
        for name in ("e-3", "e-1", "e-2"):
            store.add(an_escalation(name))
        store.add(an_escalation("e-4", ticket_id="t-2"))
        assert [one.id for one in store.of_ticket("t-1")] == ["e-3", "e-1", "e-2"]
        assert store.of_ticket("t-9") == ()

    def test_what_waits_comes_first_and_of_that_what_is_due_for_longest(self, store):
        for number, hours in enumerate((3, 1, 2, 4), start=1):
            store.add(an_escalation(f"e-{number}", deadline=NOON + hours * HOUR))
        ended = an_escalation("e-2", deadline=NOON + HOUR)
        assert store.change(ended, answered(ended))
        assert [one.id for one in store.listed(ALL, None, 9)] == ["e-3", "e-1", "e-4", "e-2"]
        assert [one.id for one in store.listed(ALL, None, 2)] == ["e-3", "e-1"]
        assert [one.id for one in store.listed(("answered",), None, 9)] == ["e-2"]

    def test_a_team_is_shown_its_own(self, store):
        store.add(an_escalation("e-1"))
        store.add(an_escalation("e-2", path={"team": "Press", "role": "officer"}))
        assert [one.id for one in store.listed(ALL, "Press", 9)] == ["e-2"]

    def test_due_is_what_nobody_has_answered_by_its_deadline(self, store):
        for number, hours in enumerate((3, 1, 2, 0), start=1):
            store.add(an_escalation(f"e-{number}", deadline=NOON + hours * HOUR))
        ended = an_escalation("e-4", deadline=NOON)
        assert store.change(ended, answered(ended))
        assert [one.id for one in store.due(NOON + 2 * HOUR, 9)] == ["e-2", "e-3"]
        assert [one.id for one in store.due(NOON + 2 * HOUR, 1)] == ["e-2"]

    @pytest.mark.parametrize("field", ["reason", "requested", "internal_notice"])
    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
    def test_what_is_no_text_is_refused(self, store, field, text):
        with pytest.raises(BadInput):
            store.add(an_escalation().model_copy(update={field: text}))
        assert store.listed(ALL, None, 9) == ()
