"""Editions of one policy, and their days."""

from datetime import date

import pytest

from tests.policies.audit.company import a_document, a_rule, look, looked

OLD = {"policy": "old", "expires": "2026-06-01"}
NEW = {"policy": "new", "effective": "2026-06-01", "supersedes": "old 1"}


def test_editions_that_meet_on_one_day_are_clean() -> None:
    assert looked(a_document(a_rule(), **OLD), a_document(a_rule(), **NEW)) == []


def test_days_between_two_editions_are_a_gap() -> None:
    newer = a_document(a_rule(), **{**NEW, "effective": "2026-06-02"})
    (finding,) = look(a_document(a_rule(), **OLD), newer)
    assert (finding.code, finding.severity) == ("editions-gap", "warning")
    assert (finding.file, finding.line) == ("policies/new.md", 4)
    assert finding.message == "from 2026-06-01 until 2026-06-02 neither old nor new holds"


@pytest.mark.parametrize("expires", [None, "2026-07-01"])
def test_an_edition_may_begin_while_the_one_it_supersedes_still_runs(expires: str | None) -> None:
    older = a_document(a_rule(), policy="old", expires=expires)
    assert looked(older, a_document(a_rule(), **NEW)) == []


def test_an_edition_that_comes_back_after_its_successor_overlaps_with_the_next() -> None:
    first = a_document(a_rule(), policy="old")
    second = a_document(a_rule(), **{**NEW, "expires": "2026-09-01"})
    third = a_document(a_rule(), policy="third", effective="2026-09-01", supersedes="new 1")
    (finding,) = look(first, second, third)
    assert (finding.code, finding.severity) == ("editions-overlap", "error")
    assert (finding.file, finding.line) == ("policies/third.md", 4)
    assert finding.message == "old and third both hold on 2026-09-01"
    assert finding.cure == "let old expire on 2026-09-01"


def test_two_successors_of_one_edition_overlap() -> None:
    one, other = a_document(a_rule(), **NEW), a_document(a_rule(), **{**NEW, "policy": "newer"})
    found = look(a_document(a_rule(), **OLD), one, other)
    assert [finding.message for finding in found] == ["new and newer both hold on 2026-06-01"]


@pytest.mark.parametrize(
    ("supersedes", "message", "cure"),
    [
        ("odl 1", "new supersedes odl, and there is no such policy", "did you mean old?"),
        ("old 2", "new supersedes version 2 of old, which has 1", "write old 1"),
    ],
)
def test_an_edition_that_supersedes_nothing_is_found(
    supersedes: str, message: str, cure: str
) -> None:
    newer = a_document(a_rule(), **{**NEW, "supersedes": supersedes})
    found = [f for f in look(a_document(a_rule(), **OLD), newer) if f.code == "supersedes-nothing"]
    assert [(f.severity, f.line, f.message, f.cure) for f in found] == [
        ("warning", 6, message, cure)
    ]


def test_an_edition_may_be_named_without_its_version() -> None:
    newer = a_document(a_rule(), **{**NEW, "supersedes": "old"})
    assert looked(a_document(a_rule(), **OLD), newer) == []


@pytest.mark.parametrize(
    ("on", "expires", "codes"),
    [
        (date(2026, 11, 20), None, []),
        (date(2026, 11, 21), None, ["review-due"]),
        (date(2026, 11, 21), "2026-11-21", []),
        (date(2026, 11, 21), "2026-11-22", ["review-due"]),
        (None, None, []),
    ],
)
def test_a_review_is_overdue_from_the_day_after_it_was_due(
    on: date | None, expires: str | None, codes: list[str]
) -> None:
    document = a_document(a_rule(), review_due="2026-11-20", expires=expires)
    document = document.model_copy(
        update={"expires": date.fromisoformat(expires) if expires else None}
    )
    found = look(document, on=on)
    assert [finding.code for finding in found] == codes
    for finding in found:
        assert finding.line == 7
        assert finding.message == "returns was due for review on 2026-11-20"
