"""Mistakes in escalation.yaml are named with their line and their cure, all of them."""

from pathlib import Path

import pytest

from assist.domain.escalation_rules import EscalationRules
from assist.domain.sla import Sla
from assist.errors import BadKnowledgeBase
from assist.policies.escalation_checks import escalation_faults
from assist.policies.located import load_page

KB_CORPUS = Path(__file__).parents[2] / "kb_corpus"
FILES = ("escalation.yaml", "sla.yaml")
SIGNALS = ("safety", "danger to life", "vulnerable customer")
SOUND = """\
thresholds: {repeated: 3}
rules:
  - code: safety
    team: Safety
    role: officer
    within_hours: 1
    around_the_clock: true
    on_call: {team: Safety, role: officer on call}
    phrases: [caught fire, smoke]
    not_phrases: [smoke detector]
    paired:
      - phrases: [no heating]
        signals: [vulnerable customer]
    routes:
      danger to life:
        team: Wellbeing
        role: welfare lead
        on_call: {team: Wellbeing, role: lead on call}
        customer_notice: You hear from us by {when}.
    customer_notice: The {team} team contacts you by {when}.
  - code: legal
    team: Legal
    role: counsel
    within_hours: 8
    customer_notice: You hear from us by {when}.
languages:
  de: {team: Support Berlin, role: agent}
"""


def faults(text: str) -> list[str]:
    page = load_page("escalation.yaml", text)
    return [str(f) for f in escalation_faults(page.read(EscalationRules), page, SIGNALS)]


def test_a_sound_file_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("code: legal", "code: safety",
         ("escalation.yaml:21: rules.1.code: the code 'safety' is given twice "
         "(rename or remove one)")),
        ("code: legal", "code: legall",
         ("escalation.yaml:21: rules.1.code: the code 'legall' is not declared in the escalation "
         "codes (did you mean legal?)")),
        ("within_hours: 8", "within_hours: 0",
         "escalation.yaml:24: rules.1.within_hours: 0 is no time (give hours above 0)"),
        ("within_hours: 8", "within_hours: 10001",
         "escalation.yaml:24: rules.1.within_hours: 10001 is no time (give hours above 0)"),
        ("team: Legal", "team: ''",
         "escalation.yaml:22: rules.1.team: is empty (name the team that takes over)"),
        ("role: counsel", "role: ' '",
         "escalation.yaml:23: rules.1.role: is empty (name the role that takes over)"),
        ("role: officer on call}", "role: ''}",
         "escalation.yaml:8: rules.0.on_call.role: is empty (name the role that takes over)"),
        ("role: lead on call}", "role: ''}",
         ("escalation.yaml:18: rules.0.routes.danger to life.on_call.role: is empty "
         "(name the role that takes over)")),
        ("role: welfare lead", "role: ''",
         ("escalation.yaml:17: rules.0.routes.danger to life.role: is empty "
         "(name the role that takes over)")),
        ("danger to life:", "danger to live:",
         ("escalation.yaml:15: rules.0.routes.danger to live: the signal 'danger to live' is not "
         "declared in sla.yaml (did you mean danger to life?)")),
        ("signals: [vulnerable customer]", "signals: [frail]",
         ("escalation.yaml:13: rules.0.paired.0.signals.0: the signal 'frail' is not declared in "
         "sla.yaml (known: safety, danger to life, vulnerable customer)")),
        ("The {team} team", "The {teem} team",
         ("escalation.yaml:20: rules.0.customer_notice: {teem} stands for nothing "
         "(use {when} or {team}, and no other braces)")),
        ("        customer_notice: You hear from us by {when}.",
         "        customer_notice: You hear from us by {then}.",
         ("escalation.yaml:19: rules.0.routes.danger to life.customer_notice: {then} stands for "
         "nothing (use {when} or {team}, and no other braces)")),
        ("The {team} team contacts you by {when}.", "''",
         ("escalation.yaml:20: rules.0.customer_notice: is empty "
         "(say why, what happens next, and {when})")),
        ("[caught fire, smoke]", "[smoke, caught fire, smoke]",
         "escalation.yaml:9: rules.0.phrases.2: 'smoke' is given twice (remove one)"),
        ("[caught fire, smoke]", "[caught fire, ' ']",
         "escalation.yaml:9: rules.0.phrases.1: is empty (remove it)"),
        ("[smoke detector]", "[smoke detector, '']",
         "escalation.yaml:10: rules.0.not_phrases.1: is empty (remove it)"),
        ("phrases: [no heating]", "phrases: ['']",
         "escalation.yaml:12: rules.0.paired.0.phrases.0: is empty (remove it)"),
        ("team: Support Berlin", "team: ''",
         "escalation.yaml:27: languages.de.team: is empty (name the team that takes over)"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_its_cure(was: str, becomes: str, fault: str) -> None:
    assert was in SOUND
    assert faults(SOUND.replace(was, becomes, 1)) == [fault]


def test_nobody_on_call_waits_for_business_hours() -> None:
    told = (
        "somebody is on call, and the time to act counts business hours only "
        "(add around_the_clock: true to the rule, or remove on_call)"
    )
    assert faults(SOUND.replace("around_the_clock: true", "around_the_clock: false")) == [
        f"escalation.yaml:8: rules.0.on_call: {told}",
        f"escalation.yaml:18: rules.0.routes.danger to life.on_call: {told}",
    ]


def test_all_mistakes_are_named_at_once() -> None:
    broken = SOUND.replace("{when}", "{wen}").replace("within_hours: 8", "within_hours: -1")
    assert [fault.split(" ")[0] for fault in faults(broken)] == [
        "escalation.yaml:20:",
        "escalation.yaml:19:",
        "escalation.yaml:24:",
        "escalation.yaml:25:",
    ]


def test_the_longest_time_there_is_may_be_given() -> None:
    assert faults(SOUND.replace("within_hours: 8", "within_hours: 10000")) == []


def test_without_signals_a_route_has_none_to_be_of() -> None:
    page = load_page("escalation.yaml", SOUND)
    found = list(escalation_faults(page.read(EscalationRules), page, ()))
    assert {fault.cure for fault in found} == {"declare it in sla.yaml"}


@pytest.mark.parametrize(
    ("was", "becomes", "where"),
    [
        ("{repeated: 3}", "{repeated: 0}", "escalation.yaml:1"),
        ("{repeated: 3}", "{complex: 3}", "escalation.yaml:1"),
        ("signals: [vulnerable customer]", "signals: []", "escalation.yaml:13"),
        ("phrases: [no heating]", "phrases: []", "escalation.yaml:12"),
    ],
)
def test_what_does_not_fit_the_form_is_refused_where_it_stands(
    was: str, becomes: str, where: str
) -> None:
    page = load_page("escalation.yaml", SOUND.replace(was, becomes, 1))
    with pytest.raises(BadKnowledgeBase) as refused:
        page.read(EscalationRules)
    assert refused.value.where == where


def test_the_sample_companys_own_file_is_sound() -> None:
    texts = {name: (KB_CORPUS / name).read_text(encoding="utf-8") for name in FILES}
    page, sla = (load_page(name, text) for name, text in texts.items())
    signals = [signal.name for signal in sla.read(Sla).signals]
    assert list(escalation_faults(page.read(EscalationRules), page, signals)) == []
