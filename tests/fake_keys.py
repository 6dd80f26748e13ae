"""An in-memory stand-in for the store of API keys, with its contract."""

from datetime import datetime

from assist.adapters.postgres.keys import no_such_key
from assist.adapters.postgres.rows import plain_text
from assist.domain.access import USED_EVERY, ApiKey


class InMemoryKeys:
    """`KeyStore` in a dict, by the hash of the secret."""

    def __init__(self) -> None:
        self._kept: dict[bytes, ApiKey] = {}

    def add(self, key: ApiKey, digest: bytes) -> None:
        plain_text(key.note, "note")
        self._kept[digest] = key

    def find(self, digest: bytes) -> ApiKey | None:
        return self._kept.get(digest)

    def listed(self) -> tuple[ApiKey, ...]:
        return tuple(self._kept.values())

    def guarded(self) -> bool:
        return any(key.revoked_at is None for key in self._kept.values())

    def revoke(self, key_id: str, at: datetime) -> ApiKey:
        digest, key = self._find(key_id)
        if key.revoked_at is None:
            self._kept[digest] = key.model_copy(update={"revoked_at": at})
        return self._kept[digest]

    def used(self, key_id: str, at: datetime) -> None:
        digest, key = self._find(key_id)
        if key.last_used_at is None or key.last_used_at <= at - USED_EVERY:
            self._kept[digest] = key.model_copy(update={"last_used_at": at})

    def _find(self, key_id: str) -> tuple[bytes, ApiKey]:
        plain_text(key_id, "id")
        for digest, key in self._kept.items():
            if key.id == key_id:
                return digest, key
        raise no_such_key(key_id)
