"""The contract of `AuditLog`: every log passes it, the fake too."""

from datetime import timedelta
from typing import Any

import pytest

from assist.domain.audit import AuditEntry, AuditQuery
from assist.errors import BadInput
from tests.contracts.store_builders import NOON

HOUR = timedelta(hours=1)


def an_entry(number: int = 1, **changed: Any) -> AuditEntry:
    """Somebody decided on a case."""
    entry = AuditEntry(
        id=f"au-{number}",
        at=NOON + number * HOUR,
        who="p-1",
        means="session",
        what="decide_case",
        about=("case-1", "s-1"),
    )
    return entry.model_copy(update=changed)


ENTRIES = (
    an_entry(1),
    an_entry(2, who="k-1", means="key", what="get_case", about=("case-2",)),
    an_entry(3, who="", means="none", what="sign_in", about=(), outcome="denied"),
)


class AuditLogContract:
    """Subclasses give the fixture `log`: an empty one."""

    def test_entries_are_listed_as_they_were_the_newest_first(self, log):
        log.add(ENTRIES[:2])
        log.add(ENTRIES[2:])
        log.add([])
        assert log.listed(AuditQuery()) == tuple(reversed(ENTRIES))

    def test_an_entry_that_is_written_again_is_the_same_one(self, log):
        log.add(ENTRIES)
        log.add(ENTRIES)
        assert len(log.listed(AuditQuery())) == 3

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"since": NOON + 2 * HOUR}, [3, 2]),
            ({"until": NOON + 2 * HOUR}, [1]),
            ({"who": "k-1"}, [2]),
            ({"who": ""}, [3]),
            ({"what": "decide_case"}, [1]),
            ({"about": "s-1"}, [1]),
            ({"about": "s-"}, []),
            ({"before": "au-3"}, [2, 1]),
            ({"before": "au-3", "limit": 1}, [2]),
            ({"before": "au-9"}, []),
            ({"limit": 2}, [3, 2]),
            ({"who": "p-1", "what": "get_case"}, []),
        ],
    )
    def test_what_is_asked_for_is_found(self, log, query, found):
        log.add(ENTRIES)
        listed = log.listed(AuditQuery(**query))
        assert [entry.id for entry in listed] == [f"au-{number}" for number in found]

    @pytest.mark.parametrize("name", ["who", "what", "about", "before"])
    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
    def test_what_is_no_text_is_refused_by_name(self, log, name, text):
        with pytest.raises(BadInput) as refused:
            log.listed(AuditQuery(**{name: text}))
        assert refused.value.where == name
