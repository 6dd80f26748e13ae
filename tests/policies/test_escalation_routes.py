"""A signal in the words takes its own route, and makes some words a danger."""

from datetime import timedelta

import pytest

from assist.domain.escalation_rules import PairedPhrases, Route, SignalRoute
from tests.policies.escalations import ON_CALL, SATURDAY, a_rule, escalated

WELFARE = SignalRoute(
    team="Wellbeing", role="welfare lead", customer_notice="You hear from {team} by {when}.",
    decision_requested="Decide who calls.",
)  # fmt: skip


def test_a_signal_sends_the_case_to_the_desk_that_can_help() -> None:
    rule = a_rule(routes={"despair": WELFARE}, decision_requested="Decide on the device.")
    found = escalated(rule, text="I feel suicidal.")
    assert found.path is not None
    assert (found.path.team, found.path.role) == ("Wellbeing", "welfare lead")
    assert found.customer_notice == (
        "You hear from Wellbeing by Friday 20 November 2026, 11:00 (London time)."
    )
    assert "Decision requested: Decide who calls." in found.internal_notice
    assert "Concerns as well" not in found.internal_notice
    device = escalated(rule)
    assert device.path is not None
    assert device.path.team == "Safety"
    assert "Decision requested: Decide on the device." in device.internal_notice


def test_a_route_without_a_decision_of_its_own_asks_for_the_rules() -> None:
    plain = WELFARE.model_copy(update={"decision_requested": ""})
    rule = a_rule(routes={"despair": plain}, decision_requested="Decide on the device.")
    notice = escalated(rule, text="I feel suicidal.").internal_notice
    assert "Decision requested: Decide on the device." in notice


def test_a_danger_beside_the_signal_concerns_the_rules_own_team_as_well() -> None:
    rule = a_rule(routes={"despair": WELFARE})
    found = escalated(rule, text="My plug caught fire and I feel suicidal.")
    assert found.path is not None
    assert found.path.team == "Wellbeing"
    assert "Concerns as well: Safety, officer on duty" in found.internal_notice


def test_the_first_route_in_the_companys_order_is_taken() -> None:
    frail = WELFARE.model_copy(update={"team": "Care at Home"})
    text = "I feel suicidal and have a newborn."
    for routes, team in (
        ({"despair": WELFARE, "frail": frail}, "Wellbeing"),
        ({"frail": frail, "despair": WELFARE}, "Care at Home"),
    ):
        found = escalated(a_rule(routes=routes), text=text)
        assert found.path is not None
        assert found.path.team == team


def test_a_look_alike_of_the_signal_takes_no_route() -> None:
    text = "It caught fire beside the newborn kitten."
    found = escalated(a_rule(routes={"frail": WELFARE}), text=text)
    assert found.path is not None
    assert found.path.team == "Safety"


def test_only_a_route_that_says_so_keeps_everything_else_out_of_the_reply() -> None:
    alone = WELFARE.model_copy(update={"alone": True})
    for route, text, expected in (
        (alone, "I feel suicidal.", True),
        (WELFARE, "I feel suicidal.", False),
        (alone, "It caught fire.", False),
        (alone, "It caught fire, I feel suicidal.", False),
    ):
        assert escalated(a_rule(routes={"despair": route}), text=text).alone is expected


def test_a_signal_noticed_elsewhere_takes_its_route_too() -> None:
    found = escalated(
        a_rule(routes={"despair": WELFARE}),
        text="It caught fire.",
        signals=({"name": "despair", "span": "fire"},),
    )
    assert found.path is not None
    assert found.path.team == "Wellbeing"


def test_at_night_a_route_has_its_own_person_on_call_and_never_the_rules() -> None:
    own = WELFARE.model_copy(update={"on_call": Route(team="Wellbeing", role="lead on call")})
    for route, role, on_call in ((own, "lead on call", True), (WELFARE, "welfare lead", False)):
        rule = a_rule(routes={"despair": route}, **ON_CALL)
        found = escalated(rule, text="I feel suicidal.", now=SATURDAY)
        assert found.path is not None
        assert (found.path.role, found.path.on_call) == (role, on_call)
        assert found.deadline == SATURDAY + timedelta(hours=1)


COLD = PairedPhrases(
    phrases=("no heating", "house is freezing"),
    signals=("frail",),
    not_phrases=("no heating costs",),
)


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("We have no heating.", None),
        ("The house is freezing.", None),
        ("We have a newborn.", None),
        ("We have no heating and a newborn.",
         "We have no heating and a newborn. — and “newborn”"),
        ("My elderly father says that his house is freezing.",
         "My elderly father says that his house is freezing. — and “elderly”"),
        ("With a newborn there are no heating costs yet.", None),
        ("We have no heating and a newborn kitten.", None),
    ],
)  # fmt: skip
def test_some_words_are_a_danger_only_beside_a_signal(text: str, evidence: str | None) -> None:
    found = escalated(a_rule(paired=(COLD,)), text=text)
    assert [t.evidence for t in found.triggers] == ([evidence] if evidence else [])


def test_what_a_rule_says_by_itself_comes_before_what_needs_a_signal() -> None:
    found = escalated(a_rule(paired=(COLD,)), text="No heating, a newborn, and it caught fire.")
    assert found.triggers[0].evidence == "No heating, a newborn, and it caught fire."
