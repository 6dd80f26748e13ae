"""The contract of `ConsultationStore`: every store passes it, the fake too."""

from datetime import timedelta

import pytest

from assist.errors import AlreadyDone, BadInput, NotFound
from tests.contracts.ledger_builders import a_consultation, an_answer
from tests.contracts.store_builders import NOON

HOUR = timedelta(hours=1)


class ConsultationStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_consultation_reads_back_as_it_was(self, store):
        store.add(a_consultation())
        assert store.get("c-1") == a_consultation()

    def test_an_unknown_id_is_not_found(self, store):
        with pytest.raises(NotFound, match="c-9"):
            store.get("c-9")

    @pytest.mark.parametrize(
        "again",
        [{}, {"due": NOON + 9 * HOUR}, {"asked_at": NOON + HOUR}, {"suggestion_id": "s-2"}],
    )
    def test_the_same_question_again_changes_nothing(self, store, again):
        store.add(a_consultation())
        store.add(a_consultation(**again))
        assert store.of_ticket("t-1") == (a_consultation(),)

    @pytest.mark.parametrize(
        "other", [{"question": "Who packed it?"}, {"fact": None}, {"ticket_id": "t-2"}]
    )
    def test_another_question_of_the_same_id_is_refused(self, store, other):
        store.add(a_consultation())
        with pytest.raises(AlreadyDone, match="c-1"):
            store.add(a_consultation(**other))
        assert store.get("c-1") == a_consultation()

    @pytest.mark.parametrize(
        "answer",
        [
            True,
            "yes",
            3,
            4.5,
            {"amount": "20.00", "currency": "GBP"},
            ["a", None],
            None,
            "naïve 🙁",
        ],
    )
    def test_an_answer_is_kept_as_it_was_given(self, store, answer):
        store.add(a_consultation())
        answered = an_answer(a_consultation(), answer=answer)
        store.close(answered)
        assert store.get("c-1") == answered
        assert type(store.get("c-1").answer) is type(answer)

    def test_the_same_answer_again_leaves_the_first(self, store):
        store.add(a_consultation())
        answered = an_answer(a_consultation())
        store.close(answered)
        store.close(an_answer(a_consultation(), answered_by="Bo", answered_at=NOON + 5 * HOUR))
        assert store.get("c-1") == answered

    @pytest.mark.parametrize(
        "other",
        [{"answer": False}, {"answer": 1}, {"note": "Nobody knows."}, {"state": "withdrawn"}],
    )
    def test_an_answer_is_not_replaced(self, store, other):
        store.add(a_consultation())
        store.close(an_answer(a_consultation()))
        with pytest.raises(AlreadyDone, match="answered by Ida"):
            store.close(an_answer(a_consultation(), **other))
        assert store.get("c-1") == an_answer(a_consultation())

    def test_a_question_that_was_closed_stays_closed_when_it_is_asked_again(self, store):
        store.add(a_consultation())
        store.close(an_answer(a_consultation()))
        store.add(a_consultation())
        assert store.get("c-1") == an_answer(a_consultation())

    def test_what_is_not_there_cannot_be_closed(self, store):
        with pytest.raises(NotFound, match="c-1"):
            store.close(an_answer(a_consultation()))

    def test_the_consultations_of_a_ticket_come_in_the_order_they_were_asked(self, store):
        for number in (3, 1, 2):
            store.add(a_consultation(f"c-{number}"))
        store.add(a_consultation("c-4", ticket_id="t-2"))
        store.close(an_answer(a_consultation("c-1")))
        assert [c.id for c in store.of_ticket("t-1")] == ["c-3", "c-1", "c-2"]
        assert store.of_ticket("t-3") == ()

    def test_the_open_ones_come_with_the_earliest_due_first(self, store):
        for number, hours in enumerate((3, 1, 2, 1), start=1):
            store.add(a_consultation(f"c-{number}", due=NOON + hours * HOUR))
        store.add(a_consultation("c-5", state="proposed"))
        store.close(an_answer(a_consultation("c-3", due=NOON + 2 * HOUR)))
        assert [c.id for c in store.open(10)] == ["c-2", "c-4", "c-1"]
        assert [c.id for c in store.open(2)] == ["c-2", "c-4"]

    @pytest.mark.parametrize("field", ["id", "question", "ticket_id", "note"])
    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
    def test_what_is_no_text_is_refused(self, store, field, text):
        with pytest.raises(BadInput):
            store.add(a_consultation().model_copy(update={field: text}))
        assert store.open(10) == ()
