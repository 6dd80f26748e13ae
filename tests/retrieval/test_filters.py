from datetime import date

import pytest

from assist.errors import UnknownFilter
from assist.retrieval.filters import FILTERS, compile_filters, parse_filters
from tests.builders import a_passage

ANYWHERE = a_passage("Holds everywhere.")
UK = a_passage("Holds in the UK.", regions=("UK",), products=("Hub",), tiers=("business",))
INTERNAL = a_passage("For agents.", kind="policy", audience="internal", language="en-GB")
SPRING = a_passage("In spring.", effective=date(2026, 3, 1), expires=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("filters", "fitting"),
    [
        ({}, [ANYWHERE, UK, INTERNAL, SPRING]),
        ({"region": "UK"}, [ANYWHERE, UK, INTERNAL, SPRING]),
        ({"region": "uk"}, [ANYWHERE, UK, INTERNAL, SPRING]),
        ({"region": "US"}, [ANYWHERE, INTERNAL, SPRING]),
        ({"product": "hub"}, [ANYWHERE, UK, INTERNAL, SPRING]),
        ({"product": "Lock"}, [ANYWHERE, INTERNAL, SPRING]),
        ({"tier": "standard"}, [ANYWHERE, INTERNAL, SPRING]),
        ({"kind": "policy"}, [INTERNAL]),
        ({"audience": "customer"}, [ANYWHERE, UK, SPRING]),
        ({"language": "en"}, [ANYWHERE, UK, INTERNAL, SPRING]),
        ({"language": "en-US"}, [ANYWHERE, UK, SPRING]),
        ({"language": "de"}, []),
        ({"document_id": "doc"}, [ANYWHERE, UK, INTERNAL, SPRING]),
        ({"document_id": "other"}, []),
        ({"date": "2026-03-01"}, [ANYWHERE, UK, INTERNAL, SPRING]),
        ({"date": "2026-06-01"}, [ANYWHERE, UK, INTERNAL]),
        ({"date": "2026-02-28"}, [ANYWHERE, UK, INTERNAL]),
        ({"region": "US", "kind": "kb"}, [ANYWHERE, SPRING]),
    ],
)
def test_a_filter_leaves_what_fits_and_what_names_nothing(
    filters: dict[str, str], fitting: list[object]
) -> None:
    wanted = compile_filters(filters)

    found = [p for p in (ANYWHERE, UK, INTERNAL, SPRING) if not wanted.refused(p)]
    assert found == fitting
    if wanted.document_id is None:
        assert [p for p in (ANYWHERE, UK, INTERNAL, SPRING) if wanted.fits(p.scope)] == fitting


def test_a_passage_that_is_kept_out_names_every_filter_that_does_so() -> None:
    wanted = compile_filters({"region": "US", "document_id": "other", "kind": "kb"})

    assert wanted.refused(UK) == ("document_id", "region")


@pytest.mark.parametrize(
    ("filters", "where", "cure"),
    [
        ({"colour": "red"}, "filter", "use " + ", ".join(FILTERS)),
        ({"kind": "faq"}, "filter kind", "use kb, policy, precedent"),
        ({"audience": "staff"}, "filter audience", "use customer, internal"),
        ({"date": "tomorrow"}, "filter date", "write it like 2026-01-31"),
        ({"date": "20260131"}, "filter date", "write it like 2026-01-31"),
        ({"date": "2026-W05-6"}, "filter date", "write it like 2026-01-31"),
        ({"date": "2026-02-30"}, "filter date", "write it like 2026-01-31"),
        ({"date": "２０２６-01-31"}, "filter date", "write it like 2026-01-31"),
        ({"region": " "}, "filter region", "write region=VALUE"),
    ],
)
def test_an_unknown_filter_or_value_is_an_error_that_names_the_known_ones(
    filters: dict[str, str], where: str, cure: str
) -> None:
    with pytest.raises(UnknownFilter) as caught:
        compile_filters(filters)

    assert (caught.value.where, caught.value.cure) == (where, cure)


def test_filters_are_typed_as_name_and_value_and_a_value_may_hold_equals_signs() -> None:
    assert parse_filters(["region=UK", "document_id=a=b"]) == {"region": "UK", "document_id": "a=b"}


@pytest.mark.parametrize("typed", [["region"], ["colour=red"], ["region=UK", "region=US"], ["=x"]])
def test_what_is_no_filter_is_refused_where_it_is_typed(typed: list[str]) -> None:
    with pytest.raises(UnknownFilter):
        parse_filters(typed)
