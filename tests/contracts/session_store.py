"""The contract of `SessionStore`: every store passes it, the fake too."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from assist.domain.sign_in import KEPT, SEEN_EVERY, Entrance, Identity, Person, Session
from assist.errors import BadInput, NotFound
from tests.contracts.key_store import a_digest, a_key
from tests.contracts.store_builders import NOON

HOUR = timedelta(hours=1)
WHO = Identity(issuer="https://login.example.org", subject="42")
"""Somebody a provider knows."""


def a_person(**changed: Any) -> Person:
    """An agent, as a provider knows them."""
    person = Person(id=WHO.person_id, role="agent", level="agent", name="Ana Žižková")
    return person.model_copy(update=changed)


def a_session(number: int = 1, **changed: Any) -> Session:
    """A browser's, from noon on for an hour."""
    session = Session(
        id=f"s-{number}",
        kind="browser",
        means="provider",
        person=a_person(),
        made_at=NOON,
        seen_at=NOON,
        expires_at=NOON + HOUR,
    )
    return session.model_copy(update=changed)


def of_key(number: int = 1, **changed: Any) -> Session:
    """A session of the key `k-1`."""
    person = Person(id="k-1", role="agent", level="agent", name="späť")
    return a_session(number, **{"means": "key", "person": person, "key_id": "k-1"} | changed)


def an_entrance(expires_at: datetime = NOON + HOUR) -> Entrance:
    """On the way to a provider."""
    return Entrance(kind="provider", expires_at=expires_at, body={"nonce": "ň", "then": "/"})


class SessionStoreContract:
    """Subclasses give `keys` and `store`: an empty one, of the same workspace."""

    @pytest.mark.parametrize("changed", [{}, {"kind": "token", "means": "host"}])
    def test_a_session_is_found_by_the_hash_of_its_secret_as_it_was(self, store, changed):
        store.add(a_session(**changed), a_digest(), WHO)
        assert store.find(a_digest()) == a_session(**changed)

    def test_another_hash_finds_nothing(self, store):
        store.add(a_session(), a_digest(), WHO)
        assert store.find(a_digest(2)) is None
        assert store.find(b"") is None

    def test_the_newest_is_listed_first(self, store):
        for number in (3, 1, 2):
            store.add(a_session(number), a_digest(number), WHO)
        assert [session.id for session in store.listed()] == ["s-2", "s-1", "s-3"]

    def test_somebody_is_called_what_the_provider_called_them_last(self, store):
        store.add(a_session(1), a_digest(1), WHO)
        store.add(a_session(2, person=a_person(name="Ana Novák")), a_digest(2), WHO)
        assert {session.person.name for session in store.listed()} == {"Ana Novák"}

    def test_an_ended_session_says_since_when_and_the_first_end_stands(self, store):
        store.add(a_session(), a_digest(), WHO)
        ended = store.end("s-1", NOON)
        assert ended == store.end("s-1", NOON + HOUR) == store.find(a_digest())
        assert ended.ended_at == NOON

    def test_what_is_not_there_cannot_be_ended(self, store):
        with pytest.raises(NotFound, match="s-9"):
            store.end("s-9", NOON)

    def test_a_session_ends_with_its_key(self, store, keys):
        keys.add(a_key(expires_at=NOON + HOUR / 2), a_digest())
        store.add(of_key(), a_digest())
        assert store.find(a_digest()).expires_at == NOON + HOUR / 2
        assert store.find(a_digest()).person.name == "späť"
        keys.revoke("k-1", NOON + HOUR / 4)
        assert store.find(a_digest()).ended_at == NOON + HOUR / 4

    def test_a_token_ends_with_the_session_it_was_made_in_and_with_its_key(self, store, keys):
        keys.add(a_key(), a_digest())
        store.add(of_key(1), a_digest(1))
        store.add(of_key(2, kind="token", parent_id="s-1", key_id=None), a_digest(2))
        store.add(of_key(3, kind="token"), a_digest(3))
        store.end("s-1", NOON)
        assert store.find(a_digest(2)).ended_at == NOON
        assert store.find(a_digest(3)).ended_at is None
        keys.revoke("k-1", NOON + HOUR)
        assert store.find(a_digest(3)).ended_at == NOON + HOUR

    def test_its_use_is_written_down_once_a_minute(self, store):
        store.add(a_session(), a_digest(), WHO)
        nearly = SEEN_EVERY - timedelta(microseconds=1)
        for at, kept in ((NOON + nearly, NOON), (NOON + SEEN_EVERY, NOON + SEEN_EVERY)):
            store.seen("s-1", at)
            assert store.find(a_digest()).seen_at == kept

    def test_what_is_long_over_is_forgotten_when_somebody_comes(self, store):
        store.add(a_session(1), a_digest(1), WHO)
        store.add(a_session(2, expires_at=NOON + KEPT), a_digest(2), WHO)
        later = {"made_at": NOON + HOUR + KEPT + HOUR, "expires_at": NOON + 2 * KEPT}
        store.add(a_session(3, **later), a_digest(3), WHO)
        assert [session.id for session in store.listed()] == ["s-3", "s-2"]

    def test_a_way_in_opens_once(self, store):
        assert store.put(an_entrance(), a_digest(), NOON)
        assert store.take(a_digest(2), NOON) is None
        assert store.take(a_digest(), NOON) == an_entrance()
        assert store.take(a_digest(), NOON) is None

    def test_a_way_in_that_is_over_opens_nothing(self, store):
        store.put(an_entrance(), a_digest(), NOON)
        assert store.take(a_digest(), NOON + HOUR) is None

    def test_the_same_way_in_is_new_once_as_long_as_it_lasts(self, store):
        assert store.put(an_entrance(), a_digest(), NOON)
        assert not store.put(an_entrance(), a_digest(), NOON)
        assert store.put(an_entrance(NOON + 2 * HOUR), a_digest(), NOON + HOUR)

    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
    def test_what_is_no_text_is_refused(self, store, text):
        with pytest.raises(BadInput):
            store.add(a_session(person=a_person(name=text)), a_digest(), WHO)
        with pytest.raises(BadInput):
            store.end(text, NOON)
        assert store.listed() == ()
