"""The records of a knowledge base without one of their customers."""

import pytest

from assist.adapters.records.yaml_file import YamlRecords
from assist.service.forgetting_records import listed_in, records_without
from tests.conftest import KB_CORPUS

RECORDS = (KB_CORPUS / "records.yaml").read_text(encoding="utf-8")
ALL = sorted(listed_in(RECORDS))


@pytest.mark.parametrize("gone", ALL)
def test_whoever_is_taken_out_the_others_are_read_as_before(gone: str) -> None:
    found = records_without(RECORDS, gone)
    assert found is not None
    before, after = YamlRecords(RECORDS), YamlRecords(found[0])

    assert after.find(customer_id=gone, email=None) is None
    for one in ALL:
        if one != gone:
            record = before.find(customer_id=one, email=None)
            assert after.find(customer_id=one, email=None) == record
    assert after.currency == before.currency


def test_what_they_are_known_by_is_told() -> None:
    found = records_without(RECORDS, "c-1001")
    assert found is not None
    assert [(one.kind, one.value) for one in found[1]] == [
        ("name", "Ana Lima"),
        ("email", "ana.lima@example.com"),
    ]


@pytest.mark.parametrize("text", ["", "customers: []", "currency: {UK: GBP}", "- a list"])
def test_where_they_are_not_nothing_is_rewritten(text: str) -> None:
    assert records_without(text, "c-1001") is None
