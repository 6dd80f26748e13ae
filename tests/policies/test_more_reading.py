"""What a wrong file is told, word for word: the place, the problem, and the cure."""

from importlib import resources

import pytest

from assist.domain.knowledge import Document
from assist.policies.reading import find_faults, read_policy_set
from assist.policies.rule_files import DEFAULTED
from tests.policies.rules import a_policy_document
from tests.policies.test_reading import ACTIONS, ALIASES, GRANT, RULE, SLA

Told = tuple[str, str, str]
LEVELS = "known: agent, senior, lead, manager"
KINDS = "known: callback, inform, ask, escalate"
NOT_IN_ORDER = "first response, then resolution"


def told(files: dict[str, str], *documents: Document) -> list[Told]:
    """Each fault as its place, its problem and its cure."""
    return [(f.where, f.problem, f.cure) for f in find_faults(files, documents)]


@pytest.mark.parametrize(
    ("text", "line", "problem", "cure"),
    [
        ("facts:\n  - {path: a, type: texxt}", 2,
         ("facts.0.type: input should be 'text', 'integer', 'number', 'money', 'date', 'boolean' "
         "or 'choice', not 'texxt'"), "correct the value"),
        ("facts: []\nfoo: 1", 2, "foo: unknown key 'foo'", "correct or remove the key"),
        ("facts:\n - path: a", 2, "facts.0.type: is missing", "add 'type'"),
        ("facts: {path: a}", 1, "facts: input should be a valid tuple", "correct the value"),
        ("facts: [", 1,
         "not YAML: expected the node content, but found '<stream end>'", "correct it"),
        ("facts: []\na: &x 1\nb: *y", 3, "not YAML: found undefined alias 'y'", "correct it"),
        ("facts: .inf", 1, "not YAML: inf is not a finite number", "correct it"),
        ("facts: !!set {a}", 1,
         "not YAML: a set is neither text, number, list nor map", "correct it"),
        ("facts: 1\nfacts: 2", 2, "the key 'facts' stands twice", "remove one"),
        ("facts:\n  - path: a\n    path: b", 3, "the key 'path' stands twice", "remove one"),
        ("facts: 1\nno: 2", 2, "the key 'no' is not text", "quote it"),
        ("facts: []\n\n- a", 3,
         "not YAML: expected <block end>, but found '-'", "correct it"),
        ("- path: a", 1, "must be `key: value` lines", "correct it"),
        ("facts: " + "[" * 1500, 1, "nested too deeply", "flatten it"),
        ("\n" + ALIASES, 2, "stands for more than 200000 entries",
         "write out what the alias means"),
        ("facts:\n - {path: a, type: text}\n - {path: a, type: date}", 3,
         "facts.1.path: the path 'a' is given twice", "rename or remove one"),
        ("facts:\n - {path: a, type: choice}", 2,
         "facts.0: a has no choices", "list them under choices"),
        ("facts:\n - {path: a, type: text, choices: [x]}", 2,
         "facts.0: a is text and has choices", "type: choice"),
        ("facts:\n - {path: a, type: text}\n - {path: b.1c, type: text}", 3,
         "facts.1.path: 'b.1c' is not a path", ("use letters, digits and underscores, parted by "
         "dots")),
    ],
)  # fmt: skip
def test_what_a_file_of_facts_is_told(text: str, line: int, problem: str, cure: str) -> None:
    assert told({"facts.yaml": text}) == [(f"facts.yaml:{line}", problem, cure)]


@pytest.mark.parametrize(
    ("added", "line", "problem", "cure"),
    [
        ("cost: [{amount: 1, currency: USD}, {amount: -0.01, currency: GBP}]", 5,
         "cost.1: -0.01 GBP is negative", "give it as a positive amount"),
        ("cost: [{amount: 0, currency: USD}, {amount: 1, currency: USD}]", 5,
         "cost.1: USD is given twice", "remove one"),
        ("cost_parameter: amount", 5,
         "cost_parameter: 'amount' is no parameter of type money", "name one that is"),
        ("cost_parameter: to\n    parameters: {to: {type: text}}", 5,
         "cost_parameter: 'to' is no parameter of type money", "name one that is"),
        ("parameters: {day: {type: date, default: Monday}}", 5,
         "parameters.day.default: 'Monday' is no date", "correct the default"),
        ("parameters:\n      to: {type: text, default_fact: order.nr}", 6,
         "parameters.to.default_fact: the fact 'order.nr' is not declared in facts.yaml",
         "did you mean order.id or order.total?"),
        ("promise: We call {when}.", 5,
         "promise: {when} is no parameter of callback", "write the sentence without it"),
        ("promise: 'To {too}.'\n    parameters: {to: {type: text}}", 5,
         "promise: {too} is no parameter of callback", "did you mean to?"),
        ("promise: 'To {to!r}.'\n    parameters: {to: {type: text}}", 5,
         "promise: {to} is written with a form", "did you mean to?"),
        ("promise: 'To {to:9}.'\n    parameters: {to: {type: text}}", 5,
         "promise: {to} is written with a form", "did you mean to?"),
        ("promise: We call { you.", 5,
         "promise: a brace has no partner", "write {name} with the name of a parameter"),
        ("alternatives: [ask, refnd]", 5,
         "alternatives.1: the action 'refnd' is not declared in actions.yaml", KINDS),
        ("alternatives: [ask, callback]", 5,
         "alternatives.1: callback is offered instead of itself", "name another action"),
        ("alternatives: [ask, inform, ask]", 5,
         "alternatives.2: ask is offered twice", "remove one"),
        ("when: order.placed == 1", 4,
         "when: the fact 'order.placed' is not declared", "declare it in facts.yaml"),
    ],
)  # fmt: skip
def test_what_an_action_is_told(added: str, line: int, problem: str, cure: str) -> None:
    kept = ACTIONS if not added.startswith("when") else ACTIONS.rpartition("    when")[0]
    found = told({"actions.yaml": f"{kept}    {added}\n"})
    assert found == [(f"actions.yaml:{line}", f"actions.0.{problem}", cure)]


def test_what_an_action_that_stands_twice_is_told() -> None:
    again = ACTIONS + "  - {kind: callback, title: Again}\n"
    assert told({"actions.yaml": again}) == [
        ("actions.yaml:5", "actions.1.kind: the kind 'callback' is given twice",
         "rename or remove one"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "problem", "cure"),
    [
        ("levels: [agent, agent]", 1,
         "levels: must be names, each once", "list them, lowest first"),
        ("levels: []", 1, "levels: must be names, each once", "list them, lowest first"),
        ("approvers:\n  boss: me", 2,
         "approvers.boss: the level 'boss' is not declared in authority.yaml", LEVELS),
        ("grants:\n - {level: boss, action: callback}", 2,
         "grants.0.level: the level 'boss' is not declared in authority.yaml", LEVELS),
        ("grants:\n - {level: lead, action: ask}\n - {level: lead, action: refnd}", 3,
         "grants.1.action: the action 'refnd' is not declared in actions.yaml", KINDS),
        (GRANT.replace("49.5", "-1"), 1,
         "grants.0.limit.0: -1.00 USD is negative", "give it as a positive amount"),
        ("grants: [{level: lead, action: callback, when: order.nr == 1}]", 1,
         "grants.0.when: the fact 'order.nr' is not declared", "declare it in facts.yaml"),
        ("grants:\n - level: lead\n   action: callback\n   cap: {days: 30}", 4,
         "grants.0.cap: caps neither an amount nor how often", "add amount or count"),
        (("grants:\n - level: lead\n   action: callback\n   cap:\n     days: 9\n"
         "     amount: [{amount: -1, currency: USD}]"), 6,
         "grants.0.cap.amount.0: -1.00 USD is negative", "give it as a positive amount"),
    ],
)  # fmt: skip
def test_what_authority_is_told(text: str, line: int, problem: str, cure: str) -> None:
    assert told({"authority.yaml": text}) == [(f"authority.yaml:{line}", problem, cure)]


@pytest.mark.parametrize(
    ("was", "becomes", "line", "problem", "cure"),
    [
        ("low: ", "none: ", 1,
         "matrix: needs the rows high, medium and low", "add what is missing"),
        ("low: [P3, P4, P4]", "low: [P3, P4]", 1,
         "matrix.low: needs three of P1, P2, P3, P4", "give one each for high, medium, low"),
        ("medium: [P2, P3, P4]", "medium: [P2, P3, P5]", 1,
         "matrix.medium: needs three of P1, P2, P3, P4", "give one each for high, medium, low"),
        ("low: [P3, P4, P4]", "low: [P1, P4, P4]", 1,
         "matrix: a higher impact or urgency leads to a lower priority",
         "let each row and each column go from P1 towards P4"),
        ("low: [P3, P4, P4]", "low: [P4, P3, P4]", 1,
         "matrix: a higher impact or urgency leads to a lower priority",
         "let each row and each column go from P1 towards P4"),
        ("  P3: {first_response_hours: 1, resolution_hours: 8}\n", "", 2,
         "targets: P3 has no target", "add P3"),
        ("P1: {first_response_hours: 1", "P1: {first_response_hours: 8.5", 3,
         "targets.P1: 8.5 and 8 hours are not two times in order", NOT_IN_ORDER),
        ("P1: {first_response_hours: 1", "P1: {first_response_hours: 0", 3,
         "targets.P1: 0 and 8 hours are not two times in order", NOT_IN_ORDER),
        ("8}\n  P2", "10001}\n  P2", 3,
         "targets.P1: 1 and 10001 hours are not two times in order", NOT_IN_ORDER),
        ("New_York", "Newyork", 8,
         "calendars.0: 'No time zone found with key America/Newyork'",
         "correct the calendar; quote its times"),
        ('"18:00"', '"09:00"', 8,
         "calendars.0: closes at 09:00, not after it opens at 09:00",
         "correct the calendar; quote its times"),
        ('"18:00"', '"18:00", weekdays: []', 8,
         "calendars.0.weekdays: must be days from 0 to 6", "0 is Monday"),
        ('"18:00"', '"18:00", weekdays: [6, 7]', 8,
         "calendars.0.weekdays: must be days from 0 to 6", "0 is Monday"),
        ('"18:00"}\n', '"18:00"}\n  - {region: US, time_zone: UTC}\n', 9,
         "calendars.1.region: the region 'US' is given twice", "rename or remove one"),
        ('"18:00"}\n', '"18:00"}\ndefault_region: UK\n', 9,
         "default_region: the region 'UK' is not declared in calendars", "known: US"),
        ('"18:00"}\n', '"18:00"}\ntier_boost:\n  gold: 3\n', 10,
         "tier_boost.gold: 3 is not 0, 1 or 2 grades", "give 0, 1 or 2"),
        ('"18:00"}\n', '"18:00"}\nsignals:\n  - {name: a, phrases: [x], impact: 3}\n', 10,
         "signals.0.impact: 3 is not 0, 1 or 2 grades", "give 0, 1 or 2"),
        ('"18:00"}\n', '"18:00"}\nsignals:\n  - {name: a, phrases: [x], urgency: -1}\n', 10,
         "signals.0.urgency: -1 is not 0, 1 or 2 grades", "give 0, 1 or 2"),
        ('"18:00"}\n', ('"18:00"}\nsignals:\n  - {name: a, phrases: [x]}\n'
         "  - {name: a, phrases: [y]}\n"), 11,
         "signals.1.name: the name 'a' is given twice", "rename or remove one"),
    ],
)  # fmt: skip
def test_what_service_levels_are_told(
    was: str, becomes: str, line: int, problem: str, cure: str
) -> None:
    assert was in SLA
    assert told({"sla.yaml": SLA.replace(was, becomes, 1)}) == [(f"sla.yaml:{line}", problem, cure)]


def test_service_levels_without_a_calendar_are_told_so() -> None:
    assert told({"sla.yaml": SLA.partition("calendars")[0]}) == [
        ("sla.yaml:1", "calendars: there is none", "add one with its time zone")
    ]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("8}\n  P2", "10000}\n  P2"),
        ("first_response_hours: 1", "first_response_hours: 8"),
        (
            '"18:00"}\n',
            '"18:00", weekdays: [0, 1, 2, 3, 4, 5, 6]}\ntier_boost: {a: 2, b: 0}\n',
        ),
        ('"18:00"}\n', '"18:00"}\ndefault_region: US\n'),
        ('"18:00"}\n', '"18:00"}\nsignals: [{name: a, phrases: [x], category: new}]\n'),
    ],
)
def test_service_levels_may_go_to_their_limits(was: str, becomes: str) -> None:
    assert told({"sla.yaml": SLA.replace(was, becomes, 1)}) == []


def test_categories_are_looked_for_where_the_company_brings_its_own() -> None:
    template = "items:\n - {id: a, label: A, question: Q, wanted: true, categories: [a, c]}\n"
    template += " - {id: b, label: A, question: Q, facts: [order.nr]}\n"
    template += " - {id: b, label: A, question: Q, facts: [order.id]}\n"
    files = {
        "actions.yaml": ACTIONS + "    categories: [a, c]\n",
        "sla.yaml": SLA + "signals:\n  - {name: x, phrases: [x], category: c}\n",
        "ticket_template.yaml": template,
    }
    own = {"categories.yaml": "categories:\n - {id: a, title: A}\n - {id: b, title: B}\n"}
    order = "did you mean order.id or order.total?"
    rest = [
        ("ticket_template.yaml:3",
         "items.1.facts.0: the fact 'order.nr' is not declared in facts.yaml", order),
        ("ticket_template.yaml:4", "items.2.id: the id 'b' is given twice",
         "rename or remove one"),
    ]  # fmt: skip
    assert told(files) == rest
    problem, cure = "the category 'c' is not declared in categories.yaml", "known: a, b"
    assert told(files | own) == [
        ("actions.yaml:5", f"actions.0.categories.1: {problem}", cure),
        ("sla.yaml:10", f"signals.0.category: {problem}", cure),
        ("ticket_template.yaml:2", f"items.0.categories.1: {problem}", cure),
        *rest,
    ]


def test_what_a_file_of_categories_is_told() -> None:
    text = "categories:\n - {id: a, title: A}\n - id: a\n   title: A\n   facts:\n    - order.nr\n"
    assert told({"categories.yaml": text}) == [
        ("categories.yaml:3", "categories.1.id: the id 'a' is given twice",
         "rename or remove one"),
        ("categories.yaml:6",
         "categories.1.facts.0: the fact 'order.nr' is not declared in facts.yaml",
         "did you mean order.id or order.total?"),
    ]  # fmt: skip


def test_a_broken_file_makes_no_name_of_its_own_look_undeclared() -> None:
    paired = "    paired:\n      - {phrases: [x], signals: [fire]}\n"
    asks = a_policy_document(clauses=None)
    files = {"escalation.yaml": RULE + paired, "sla.yaml": "matrix: ["}
    assert [where for where, *_ in told(files, asks)] == ["sla.yaml:1"]
    files = {"authority.yaml": GRANT, "actions.yaml": "actions: ["}
    assert [where for where, *_ in told(files)] == ["actions.yaml:1"]


def test_records_that_cannot_be_read_are_told() -> None:
    assert told({"records.yaml": "customers: []\ncurrency: {US: dollars}"}) == [
        ("records.yaml:2",
         "currency.US: string should match pattern '^[A-Z]{3}$', not 'dollars'",
         "correct the value"),
    ]  # fmt: skip
    assert told({"records.yaml": "currency: ["})[0][0] == "records.yaml:1"


@pytest.mark.parametrize("name", DEFAULTED)
def test_a_file_of_the_company_stands_in_place_of_its_default_alone(name: str) -> None:
    text = resources.files("assist.defaults").joinpath(name).read_text(encoding="utf-8")
    found = read_policy_set({name: text}, (), "v1")
    assert found.defaults == tuple(other for other in DEFAULTED if other != name)
    assert found == read_policy_set({}, (), "v1").model_copy(update={"defaults": found.defaults})
