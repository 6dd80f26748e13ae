"""Faults of sla.yaml beyond its matrix, each at its own line."""

from importlib import resources

import pytest

from assist.domain.sla import Sla
from assist.errors import BadKnowledgeBase
from assist.policies.calendar_checks import calendar_faults
from assist.policies.located import load_page
from assist.policies.reading import read_policy_set

SHORT = """\
matrix: {high: [P1, P2, P3], medium: [P2, P3, P4], low: [P3, P4, P4]}
targets:
  P1: {first_response_hours: 1, resolution_hours: 8}
  P2: {first_response_hours: 4, resolution_hours: 16}
  P3: {first_response_hours: 8, resolution_hours: 40}
  P4: {first_response_hours: 16, resolution_hours: 80}
calendars:
  - region: UK
    time_zone: Europe/London
"""
"""Nine lines; what a test adds begins at the tenth."""


def faults(added: str) -> list[str]:
    page = load_page("sla.yaml", SHORT + added)
    return [str(fault) for fault in calendar_faults(page.read(Sla), page)]


def test_a_file_in_order_has_no_fault() -> None:
    assert (
        faults(
            """\
    public_holidays: GB-ENG
    holidays: [2026-12-24, 2027-12-24]
    not_holidays: [2026-08-31]
contracts:
  gold: {calendar: UK, urgency: 2, targets: {P1: {first_response_hours: 1, resolution_hours: 1}}}
  always: {around_the_clock: true, urgency: 0}
history: {earlier: 0, frustration: 2, unread: 1}
pauses: {resolution: [waiting_for_customer], first_response: [waiting_for_customer]}
warn_hours: {resolution: 0.9, first_response: 0}
"""
        )
        == []
    )


@pytest.mark.parametrize(
    ("added", "line", "problem", "cure"),
    [
        ("    public_holidays: GB-ENGLAND\n", 10,
         "calendars.0.public_holidays: no public holidays are known for 'GB-ENGLAND'",
         "did you mean GB-ENG?"),
        ("    public_holidays: Germany\n", 10,
         "calendars.0.public_holidays: 'Germany' is no country or part of one",
         "name a country by its two letters (ISO 3166), such as DE, or a part of it as DE-BE"),
        ("    holidays:\n      - 2026-12-24\n      - 2026-12-24\n", 12,
         "calendars.0.holidays.1: 2026-12-24 is given twice", "remove one"),
        ("    public_holidays: GB-ENG\n    not_holidays: [2026-08-30]\n", 11,
         "calendars.0.not_holidays.0: 2026-08-30 is no public holiday of GB-ENG",
         "correct or remove the day"),
        ("    not_holidays: [2026-12-25]\n", 10,
         "calendars.0.not_holidays.0: 2026-12-25 is no public holiday",
         "correct or remove the day"),
        ("    holidays: [2026-12-25]\n    not_holidays: [2026-12-25]\n", 11,
         "calendars.0.not_holidays.0: 2026-12-25 is among the holidays and the not_holidays",
         "remove one of the two"),
        ("contracts:\n  none: {}\n", 11,
         "contracts.none: the name 'none' stands for having no contract",
         "name the contract otherwise"),
        ("contracts:\n  gold:\n    urgency: 3\n", 12,
         "contracts.gold.urgency: 3 is not 0, 1 or 2 grades", "give 0, 1 or 2"),
        ("contracts:\n  gold:\n    calendar: UKK\n", 12,
         "contracts.gold.calendar: the calendar 'UKK' is not declared in calendars",
         "did you mean UK?"),
        (("contracts:\n  gold:\n    targets:\n"
         "      P5: {first_response_hours: 1, resolution_hours: 2}\n"), 13,
         "contracts.gold.targets.P5: 'P5' is no priority",
         "known: P1, P2, P3, P4"),
        (("contracts:\n  gold:\n    targets:\n"
         "      P1: {first_response_hours: 2, resolution_hours: 1.5}\n"), 13,
         "contracts.gold.targets.P1: 2 and 1.5 hours are not two times in order",
         "first response, then resolution"),
        (("contracts:\n  gold:\n    targets:\n"
         "      P1: {first_response_hours: 0, resolution_hours: 1}\n"), 13,
         "contracts.gold.targets.P1: 0 and 1 hours are not two times in order",
         "first response, then resolution"),
        ("history:\n  frustration: -1\n", 11,
         "history.frustration: -1 is not 0, 1 or 2 grades", "give 0, 1 or 2"),
        ("warn_hours:\n  resolution: 8\n", 11,
         "warn_hours.resolution: 8 hours are not between 0 and the shortest target, 8",
         "warn later, or leave the clock out"),
        ("warn_hours:\n  first_response: -1\n", 11,
         "warn_hours.first_response: -1 hours are not between 0 and the shortest target, 1",
         "warn later, or leave the clock out"),
        (("contracts:\n  gold:\n    targets:\n"
         "      P1: {first_response_hours: 0.5, resolution_hours: 2}\n"
         "warn_hours: {resolution: 2}\n"), 14,
         "warn_hours.resolution: 2 hours are not between 0 and the shortest target, 2",
         "warn later, or leave the clock out"),
    ],
)  # fmt: skip
def test_a_fault_names_its_line_and_the_cure(
    added: str, line: int, problem: str, cure: str
) -> None:
    page = load_page("sla.yaml", SHORT + added)
    (fault,) = calendar_faults(page.read(Sla), page)
    assert (fault.where, fault.problem, fault.cure) == (f"sla.yaml:{line}", problem, cure)


def test_every_fault_is_given_in_the_order_of_the_checks() -> None:
    found = faults("    public_holidays: XX\n    holidays: [2026-12-24, 2026-12-24]\n"
                   "history: {unread: 9}\n")  # fmt: skip
    assert len(found) == 3
    assert "given twice" in found[0]
    assert "no public holidays are known for 'XX'" in found[1]
    assert "9 is not" in found[2]


def test_a_policy_set_with_such_a_fault_is_not_read() -> None:
    with pytest.raises(BadKnowledgeBase, match="GB-ENGLAND"):
        read_policy_set({"sla.yaml": SHORT + "    public_holidays: GB-ENGLAND\n"}, (), "1")


@pytest.mark.parametrize("state", ["waiting_for_third_party", "scheduled"])
def test_states_that_no_message_tells_of_are_refused(state: str) -> None:
    added = f"pauses:\n  resolution: [{state}]\n"
    with pytest.raises(BadKnowledgeBase) as refused:
        read_policy_set({"sla.yaml": SHORT + added}, (), "1")
    assert refused.value.where == "sla.yaml:11"
    assert "waiting_for_customer" in refused.value.problem


def test_the_packaged_file_has_no_fault() -> None:
    text = resources.files("assist.defaults").joinpath("sla.yaml").read_text(encoding="utf-8")
    page = load_page("sla.yaml", text)
    assert list(calendar_faults(page.read(Sla), page)) == []
