"""The contract of `KeyStore`: every store passes it, the fake too."""

from datetime import timedelta

import pytest

from assist.domain.access import USED_EVERY, ApiKey
from assist.errors import BadInput, NotFound
from tests.contracts.store_builders import NOON

DAY = timedelta(days=1)


def a_key(number: int = 1, **changed: object) -> ApiKey:
    """A key of an agent that ends never."""
    key = ApiKey(id=f"k-{number}", role="agent", level="agent", note="späť", made_at=NOON)
    return key.model_copy(update=changed)


def a_digest(number: int = 1) -> bytes:
    """Thirty-two bytes, as a SHA-256 has."""
    return bytes([number]) * 32


class KeyStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    @pytest.mark.parametrize(
        "changed",
        [{}, {"role": "admin"}, {"level": "lead"}, {"note": ""}, {"expires_at": NOON + DAY}],
    )
    def test_a_key_is_found_by_the_hash_of_its_secret_as_it_was(self, store, changed):
        store.add(a_key(**changed), a_digest())
        assert store.find(a_digest()) == a_key(**changed)

    def test_another_hash_finds_nothing(self, store):
        store.add(a_key(), a_digest())
        assert store.find(a_digest(2)) is None
        assert store.find(b"") is None

    def test_keys_are_listed_in_the_order_they_were_made(self, store):
        for number in (3, 1, 2):
            store.add(a_key(number), a_digest(number))
        assert [key.id for key in store.listed()] == ["k-3", "k-1", "k-2"]

    def test_a_revoked_key_is_still_found_and_says_since_when(self, store):
        store.add(a_key(), a_digest())
        revoked = store.revoke("k-1", NOON + DAY)
        assert revoked == a_key(revoked_at=NOON + DAY)
        assert store.find(a_digest()) == revoked
        assert store.listed() == (revoked,)

    def test_the_first_revocation_stands(self, store):
        store.add(a_key(), a_digest())
        store.revoke("k-1", NOON)
        assert store.revoke("k-1", NOON + DAY).revoked_at == NOON

    def test_an_unknown_key_cannot_be_revoked(self, store):
        with pytest.raises(NotFound, match="k-9"):
            store.revoke("k-9", NOON)

    def test_a_key_that_is_not_revoked_guards_even_when_it_has_expired(self, store):
        assert not store.guarded()
        store.add(a_key(1, expires_at=NOON), a_digest(1))
        store.add(a_key(2), a_digest(2))
        assert store.guarded()
        store.revoke("k-2", NOON + DAY)
        assert store.guarded()
        store.revoke("k-1", NOON + DAY)
        assert not store.guarded()

    def test_its_use_is_written_down_once_a_minute(self, store):
        store.add(a_key(), a_digest())
        nearly = USED_EVERY - timedelta(microseconds=1)
        for at, kept in ((NOON, NOON), (NOON + nearly, NOON), (NOON + USED_EVERY, None)):
            store.used("k-1", at)
            assert store.find(a_digest()).last_used_at == (kept or at)

    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
    def test_what_is_no_text_is_refused(self, store, text):
        with pytest.raises(BadInput):
            store.add(a_key(note=text), a_digest())
        with pytest.raises(BadInput):
            store.revoke(text, NOON)
        assert store.listed() == ()
