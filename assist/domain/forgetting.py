"""Erasing a person: who it is, what is theirs, what was taken away, and what a search found."""

import hashlib
import hmac
from datetime import datetime
from typing import Literal

from pydantic import Field

from assist.domain.base import Model

KnownKind = Literal["id", "ticket", "email", "phone", "name", "words"]
TombstoneKind = Literal["customer", "ticket"]
IDS: frozenset[KnownKind] = frozenset({"id", "ticket"})
LEAST_DIGITS = 8
"""Of an id that is a number: shorter ones stand in times and counts by chance."""
A_NAME = "a name may be another's: look whether it is theirs"
PLAIN = "an id so plain may be something else: look whether it is theirs"


class Person(Model):
    """Who is to be forgotten: a customer's id, if it is known, and tickets that do not name it.

    With `before`, only what came before that moment is theirs.
    """

    customer_id: str | None = Field(default=None, min_length=1, max_length=200)
    tickets: tuple[str, ...] = ()
    before: datetime | None = None


class Known(Model):
    """Something by which a person can be recognized in a text."""

    kind: KnownKind
    value: str

    @property
    def doubt(self) -> str:
        """Why it may stand somewhere and be another's; empty where it points to one person."""
        if self.kind == "name":
            return A_NAME
        short_number = self.value.isdecimal() and len(self.value) < LEAST_DIGITS
        if self.kind in IDS and (short_number or not any(map(str.isdecimal, self.value))):
            return PLAIN
        return ""


class Belongings(Model):
    """What is kept of a person: tickets, cases, rows by table, and what they are known by.

    Of an expired case the rows only: `customer_id` is none, and nothing is known of anybody.
    """

    customer_id: str | None = None
    tickets: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    before: datetime | None = None
    rows: dict[str, int] = Field(default_factory=dict)
    known: tuple[Known, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing."""
        return not any(self.rows.values())


class Find(Model):
    """Something known of the person that stands somewhere: in a table or a file, how often.

    The value itself is not repeated. `why` says why it is there all the same, and how long.
    """

    where: str
    kind: KnownKind
    count: int
    why: str = ""


class Searched(Model):
    """What was looked through, and what was found there. `notes` say what could not be.

    `shared` stand in other workspaces, or are words that others use: in files they prove nothing.
    """

    tables: int = 0
    files: int = 0
    bytes: int = 0
    found: tuple[Find, ...] = ()
    notes: tuple[str, ...] = ()
    shared: tuple[Known, ...] = Field(default=(), exclude=True)


class Tombstone(Model):
    """That somebody, or a ticket, was forgotten at that moment: HMAC-SHA256 of the id, in hex."""

    kind: TombstoneKind
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    salt: str = Field(pattern=r"^[0-9a-f]{64}$")
    at: datetime

    def names(self, value: str) -> bool:
        """Whether it is this id's."""
        return hmac.compare_digest(self.digest, digest_of(self.kind, value, self.salt))


class Forgotten(Model):
    """What was done about a person.

    `rows` were taken away, by table, and `rewritten` ones kept without them; `documents` were taken
    out of the knowledge base.
    """

    dry_run: bool
    rows: dict[str, int]
    rewritten: dict[str, int]
    documents: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    searched: Searched | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing of the person was found where it should not be."""
        return self.searched is not None and not any(not find.why for find in self.searched.found)


def digest_of(kind: TombstoneKind, value: str, salt: str) -> str:
    """The keyed hash of an id, in hex; the kind is in it, so that a ticket's is no customer's."""
    return hmac.new(bytes.fromhex(salt), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
