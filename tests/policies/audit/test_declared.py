"""Names that fit and leave something out, limits that cannot be compared or stand upside down."""

import pytest

from assist.domain.knowledge import ReadProblem
from assist.policies.audit.whole import audit
from tests.policies.audit.company import ACTIONS, AUTHORITY, FACTS, FILES, a_document, a_rule, look

GBP = [{"amount": "5", "currency": "GBP"}]
BOTH = [*GBP, {"amount": "6", "currency": "USD"}]
EVERY = a_document(a_rule())
REFUND = "  - {level: agent, action: refund}\n"


def told(files: dict[str, str], *clauses: dict[str, object]) -> list[tuple[str, ...]]:
    """Findings about the small company with these files, beside a clause that allows all."""
    document = a_document(a_rule(), *clauses)
    return [
        (f.code, f.severity, f"{f.file}:{f.line}", f.message, f.cure)
        for f in look(document, files=files)
    ]


def granted(*grants: str) -> dict[str, str]:
    """The company with these grants of refund."""
    lines = "".join(f"  - {{action: refund, {grant}}}\n" for grant in grants)
    return {"authority.yaml": AUTHORITY.replace(REFUND, lines)}


def test_a_key_of_the_records_that_nothing_reads_is_found() -> None:
    records = FILES["records.yaml"] + "curency: {EU: EUR}\ncustomers: []\n"
    assert told({"records.yaml": records}) == [
        ("unknown-key", "warning", "records.yaml:2", "unknown key 'curency'",
         "did you mean currency?"),
    ]  # fmt: skip


def test_a_fact_that_only_the_customer_knows_needs_a_question() -> None:
    more = FACTS + "  - {path: a.b, type: text}\n  - {path: a.c, type: text, question: Which}\n"
    more += "  - {path: a.d, type: integer, counts: {action: refund, days: 9}}\n"
    more += "  - {path: a.e, type: text, question: ' '}\n"
    assert told({"facts.yaml": more}) == [
        ("no-question", "warning", f"facts.yaml:{line}",
         f"only the customer knows {path}, and it has no question",
         "add question, or say in source where else it is known")
        for path, line in (("a.b", 12), ("a.e", 15))
    ]  # fmt: skip


def test_a_category_that_the_packaged_ones_lack_is_found() -> None:
    named = "kind: repair, title: Repair"
    actions = ACTIONS.replace(named, f"{named}, categories: [repairs]")
    (finding,) = told({"actions.yaml": actions})
    assert finding[:4] == (
        "unknown-category", "warning", "actions.yaml:4",
        "repair is for the category 'repairs', and no file declares it",
    )  # fmt: skip
    assert finding[4].endswith(" Else declare it in categories.yaml")
    own = "categories: [{id: repairs, title: Repairs}]"
    assert told({"actions.yaml": actions, "categories.yaml": own}) == []


def test_what_is_counted_for_each_customer_needs_to_know_who_that_is() -> None:
    anonymous = {"facts.yaml": FACTS.replace("customer.id", "customer.name")}
    capped = granted("level: agent, cap: {days: 9, count: 1}")
    cure = "declare customer.id in facts.yaml, so that it can be asked for"
    lacking = "is counted for each customer, and no fact customer.id is declared"
    assert told(capped) == []
    assert told(anonymous) == []
    assert told(anonymous | capped) == [
        ("no-customer", "warning", "authority.yaml:4",
         f"the grant of refund to agent {lacking}", cure),
    ]  # fmt: skip
    limit = a_rule("a", effect="limit", limit=BOTH, text="£5 or $6 in 9 days.", period_days=9)
    assert told(anonymous, limit) == [
        ("no-customer", "warning", "policies/returns.md:22", f"returns.a {lacking}", cure),
    ]  # fmt: skip


def test_limits_that_cannot_be_checked_for_want_of_a_map_are_said_to_be() -> None:
    limits = [
        a_rule("a", effect="limit", limit=GBP, text="Up to £5."),
        a_rule("b", effect="limit", limit=BOTH, text="Up to £5 or $6.", when="order.items > 3"),
    ]
    cure = "say in records.yaml which region pays in what: `currency: {REGION: EUR}`"
    rest = "whether customers need one is not known"
    assert told({"records.yaml": ""}, *limits) == [
        ("no-currency-map", "warning", "policies/returns.md:22",
         f"returns.a has no amount in USD, as others have; {rest}", cure),
    ]  # fmt: skip
    assert told({"records.yaml": ""}, limits[0]) == []
    grants = granted("level: agent, limit: [{amount: 5, currency: EUR}]")
    assert told(grants | {"records.yaml": ""}, *limits) == [
        ("no-currency-map", "warning", "authority.yaml:4",
         ("the limit of agent for refund has no amount in GBP, USD, as others have, nor have 2 "
         f"other limits all of them; {rest}"), cure),
    ]  # fmt: skip


def up_to(level: str, pounds: str, more: str = "") -> str:
    amounts = f"{{amount: {pounds}, currency: GBP}}, {{amount: 900, currency: USD}}"
    return f"level: {level}, limit: [{amounts}]{more}"


@pytest.mark.parametrize(
    ("grants", "said"),
    [
        ([up_to("agent", "50"), up_to("lead", "40")],
         ("agent may grant refund up to 50.00 GBP, 900.00 USD, and lead above it only up to "
         "40.00 GBP, 900.00 USD")),
        (["level: agent", up_to("manager", "40")],
         ("agent may grant refund up to any amount, and manager above it only up to 40.00 GBP, "
         "900.00 USD")),
        ([up_to("agent", "50", ", when: order.paid"), up_to("lead", "40", ", when: order.paid")],
         ("agent may grant refund up to 50.00 GBP, 900.00 USD, and lead above it only up to "
         "40.00 GBP, 900.00 USD")),
    ],
)  # fmt: skip
def test_a_level_that_may_grant_more_than_one_above_it_is_found(
    grants: list[str], said: str
) -> None:
    (finding,) = told(granted(*grants))
    assert finding[:4] == ("limits-inverted", "error", "authority.yaml:4", said)
    assert finding[4].startswith("lower the limit of agent, or raise that of ")


@pytest.mark.parametrize(
    "grants",
    [
        [up_to("agent", "50"), up_to("lead", "50")],
        [up_to("agent", "50"), "level: lead"],
        [up_to("agent", "50"), up_to("lead", "40"), up_to("lead", "60", ", when: order.paid")],
        [up_to("agent", "50", ", when: order.paid"), up_to("lead", "40")],
        ["level: agent, cap: {days: 9, count: 1}", up_to("lead", "40")],
        [up_to("manager", "50"), up_to("agent", "40")],
    ],
)
def test_a_level_may_grant_what_one_above_it_may(grants: list[str]) -> None:
    assert told(granted(*grants)) == []


def test_a_product_that_no_case_can_have_is_found() -> None:
    product = FACTS + "  - {path: device.product, type: choice, choices: [Hub], source: records}\n"
    (finding,) = look(a_document(a_rule(), products=["Hup"]), files={"facts.yaml": product})
    assert (finding.code, finding.severity) == ("unknown-scope", "error")
    assert (finding.message, finding.cure) == (
        "no case can have the product 'Hup'", "did you mean Hub?",
    )  # fmt: skip


def test_nothing_is_missing_from_policies_of_which_one_cannot_be_read() -> None:
    some = a_document(a_rule(actions=["refund", "credit"]), supersedes="older 1")
    broken = ReadProblem(where="policies/other.md:3", problem="not YAML", cure="quote it")
    thin = broken.model_copy(update={"severity": "warning"})
    codes = {"no-clause", "supersedes-nothing", "unread"}
    assert {f.code for f in audit(FILES, [some], None, [thin])} == codes
    assert [f.code for f in audit(FILES, [some], None, [broken])] == ["unread"]
