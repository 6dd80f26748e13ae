from datetime import datetime
from decimal import Decimal

import pytest

from assist.domain.sla import Calendar, Contract, SlaTarget
from assist.policies.contracts import contract_of, terms_of
from assist.policies.priority import prioritize
from tests.policies.rules import NOW, an_sla, rules

UK = Calendar(region="UK", time_zone="Europe/London", closes="17:30")
EU = Calendar(region="EU", time_zone="Europe/Berlin", weekdays=(0, 2, 3))
QUICK = SlaTarget(first_response_hours=Decimal("0.5"), resolution_hours=Decimal(4))
SLA = an_sla(
    calendars=(UK, EU),
    default_region="UK",
    contracts={
        "gold": Contract(targets={"P3": QUICK}, urgency=1),
        "abroad": Contract(calendar="EU"),
        "always": Contract(around_the_clock=True),
    },
)


def test_without_a_contract_region_and_priority_set_the_times() -> None:
    terms = terms_of(SLA, "EU", "", "P3")
    assert terms.calendar == EU
    assert terms.target == SLA.targets["P3"]
    assert terms.reasons == (
        (
            "first response within 8 and resolution within 48 business hours, "
            "Monday, Wednesday, Thursday 09:00 to 17:00 (Europe/Berlin)"
        ),
    )


def test_a_contract_has_its_own_times_where_it_names_them() -> None:
    assert terms_of(SLA, "UK", "gold", "P3").target == QUICK
    assert terms_of(SLA, "UK", "gold", "P3").reasons == (
        (
            "contract “gold”: first response within 0.5 and resolution within 4 business hours, "
            "Monday to Friday 09:00 to 17:30 (Europe/London)"
        ),
    )
    assert terms_of(SLA, "UK", "gold", "P4").target == SLA.targets["P4"]


def test_a_contract_may_name_another_calendar_or_none_that_closes() -> None:
    assert terms_of(SLA, "UK", "abroad", "P3").calendar == EU
    always = terms_of(SLA, "EU", "always", "P3")
    assert (always.calendar.opens, always.calendar.closes) == ("00:00", "24:00")
    assert always.calendar.time_zone == "Europe/Berlin"
    assert always.reasons[0].endswith("every day 00:00 to 24:00 (Europe/Berlin)")


def test_no_contract_is_no_contract_and_an_unknown_one_is_said() -> None:
    usual = terms_of(SLA, "UK", "", "P3")
    assert terms_of(SLA, "UK", "none", "P3") == usual
    unknown = terms_of(SLA, "UK", "silver", "P3")
    assert (unknown.calendar, unknown.target) == (usual.calendar, usual.target)
    assert unknown.reasons == (
        "the contract “silver” is not in sla.yaml, so the usual times hold",
        *usual.reasons,
    )
    assert contract_of(SLA, "silver") == Contract()


def test_a_contract_raises_the_urgency_and_the_clocks_follow() -> None:
    given = {"text": "Which colors are there?", "now": NOW}
    plain = prioritize(rules(sla=SLA), **given)
    gold = prioritize(rules(sla=SLA), contract="gold", **given)
    assert (plain.urgency, gold.urgency) == ("low", "medium")
    assert gold.reasons == ("contract “gold”: urgency raised by 1",)
    unknown = prioritize(rules(sla=SLA), contract="silver", **given)
    assert unknown.clocks.reasons[0].startswith("the contract “silver” is not in sla.yaml")
    assert unknown.clocks.resolution_due == plain.clocks.resolution_due


@pytest.mark.parametrize(("contract", "due"), [(None, "23T17:00"), ("always", "21T01:30")])
def test_around_the_clock_a_weekend_counts(contract: str | None, due: str) -> None:
    friday_evening = datetime(2026, 11, 20, 17, 30, tzinfo=NOW.tzinfo)
    found = prioritize(
        rules(sla=SLA.model_copy(update={"matrix": dict.fromkeys(SLA.matrix, ("P3",) * 3)})),
        text="Hello", now=friday_evening, contract=contract, region="UK",
    )  # fmt: skip
    assert found.clocks.first_response_due.isoformat() == f"2026-11-{due}:00+00:00"
