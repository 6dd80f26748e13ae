from assist.domain.facts import FactDeclaration
from assist.domain.issue import Fact
from assist.drafting.on_record import facts_on_record, record_lines
from assist.drafting.tone import tone

DECLARED = {
    d.path: d
    for d in (
        FactDeclaration(path="order.id", type="text", label="order number"),
        FactDeclaration(path="order.total", type="money", label="order total", source="records"),
        FactDeclaration(path="parcel.last_scan_at", type="date", label="last scan"),
        FactDeclaration(path="parcel.status", type="choice", label="parcel status"),
        FactDeclaration(path="parcel.days_late", type="integer", label="delay", unit="days"),
        FactDeclaration(path="parcel.damaged", type="boolean", label="damaged"),
        FactDeclaration(path="parcel.checks", type="integer", label="checks", source="agent"),
        FactDeclaration(path="customer.tier", type="choice", label="tier"),
    )
}
WANTED = ("parcel.last_scan_at", "parcel.damaged", "order.id")


def on_record(**values: object) -> tuple[Fact, ...]:
    given = {path.replace("__", "."): value for path, value in values.items()}
    facts = [Fact(path=p, value=v, source="records") for p, v in given.items()]
    return facts_on_record(facts, WANTED, DECLARED)


def test_what_the_matter_calls_for_is_told_before_how_it_stands() -> None:
    facts = on_record(
        parcel__status="in_transit", parcel__days_late=7, order__id="FW-1",
        parcel__last_scan_at="2026-11-09",
    )  # fmt: skip
    assert record_lines(facts, DECLARED, "Europe/London", tone()) == (
        "last scan: Monday 9 November 2026",
        "order number: FW-1",
        "delay: 7 days",
        "parcel status: in transit",
    )


def test_nothing_is_told_that_only_agents_may_know_or_that_is_about_the_person() -> None:
    assert on_record(parcel__checks=3, customer__tier="care", parcel__damaged=True) == ()


def test_what_the_customer_said_themselves_is_not_told_back_to_them() -> None:
    said = Fact(path="order.id", value="FW-1", source="customer", span="order FW-1")
    assert facts_on_record([said], WANTED, DECLARED) == ()


def test_a_sum_bears_its_currency() -> None:
    fact = Fact(path="order.total", value={"amount": "12.00", "currency": "EUR"}, source="records")
    assert record_lines([fact], DECLARED, "UTC", tone()) == ("order total: 12.00 EUR",)


def test_a_date_that_a_record_writes_as_no_calendar_does_is_told_as_it_is() -> None:
    facts = on_record(parcel__last_scan_at="9th of Nov")
    (line,) = record_lines(facts, DECLARED, "Europe/London", tone())
    assert line == "last scan: 9th of Nov"
