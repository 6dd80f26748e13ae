"""Danger in the many words people have for it: heard, handed on at once, and first in the queue."""

import asyncio

import pytest

from assist.domain.suggestion import Suggestion
from assist.service.desk import Desk
from tests.builders import NOW, a_ticket

URGENT = {"safety", "security"}


def suggested(desk: Desk, text: str) -> Suggestion:
    return asyncio.run(desk.suggest(a_ticket(text), at=NOW))


def codes(suggestion: Suggestion) -> set[str]:
    return {trigger.code for trigger in suggestion.escalation.triggers}


@pytest.mark.parametrize(
    ("text", "code", "level"),
    [
        ("My 3 year old may have swallowed the CR2450 from the leak sensor.", "safety", "P1"),
        ("I am not sure whether my son swallowed it, the cell is gone.", "safety", "P1"),
        ("My daughter put the battery in her mouth.", "safety", "P1"),
        ("Our toddler is choking on the little cover!", "safety", "P1"),
        ("I want to kill myself, none of this matters.", "safety", "P1"),
        ("I might end my life tonight.", "safety", "P1"),
        ("Since the break-up I have been suicidal.", "safety", "P1"),
        ("I do not want to live anymore.", "safety", "P1"),
        ("Someone changed the email of my account.", "security", "P2"),
        ("I see logins from Spain and I live in Ohio.", "security", "P2"),
        ("An unknown device signed in last night.", "security", "P2"),
        ("The password was changed and it wasn't me.", "security", "P2"),
        ("I got a sign-in code I did not request.", "security", "P2"),
        ("My ex can still watch me through the camera.", "security", "P1"),
        ("He is stalking me and he knows when I come home.", "security", "P1"),
        ("I don't feel safe at home since he moved out.", "security", "P1"),
        ("My husband has a restraining order, keep him out.", "security", "P1"),
        ("The police want the footage and they have a warrant.", "legal", "P4"),
        ("A detective sent a search warrant for my recordings.", "legal", "P4"),
        ("My mother is 84 and on oxygen, thermostat T-40, 11 °C, weekend.", "safety", "P1"),
        ("My elderly father has no heating and it is very cold.", "safety", "P1"),
        ("Her medical alarm stopped when the hub went offline.", "safety", "P2"),
    ],
)  # fmt: skip
def test_danger_goes_to_the_right_team_first(
    fennwick: Desk, text: str, code: str, level: str
) -> None:
    found = suggested(fennwick, text)
    assert code in codes(found)
    assert found.priority.level <= level
    assert found.escalation.customer_notice in found.draft.text


def test_a_cold_home_with_somebody_frail_in_it_is_a_danger(fennwick: Desk) -> None:
    found = suggested(fennwick, "We have a newborn and the heating has failed.")
    assert "safety" in codes(found)
    assert found.priority.level <= "P2"


def test_a_cold_home_alone_is_answered_and_goes_further_up_the_queue(fennwick: Desk) -> None:
    found = suggested(fennwick, "We have no heating since this morning, it shows T-32.")
    assert "safety" not in codes(found)
    assert found.priority.level <= "P3"


@pytest.mark.parametrize(
    "text",
    [
        "The red light is killing me at night, how do I dim it?",
        "How do I kill the light on the Plug 2?",
        "This app is killing me, where is the schedule?",
        "I swallowed my pride and read the manual: how do I set up the hub?",
        "My ex-colleague recommended it. How do I set up the Camera 3?",
        "I recalled that I ordered a Doorbell 1 last week, where is it?",
        "How can I change the email of my account?",
        "It says too many login attempts, what now?",
        "I feel safe with the camera. How do I add a second one?",
        "How do I let my roommate watch the camera in the hall?",
        "After bleeding the radiators, how do I calibrate the thermostat?",
    ],
)
def test_words_that_only_sound_like_danger_alarm_nobody(fennwick: Desk, text: str) -> None:
    found = suggested(fennwick, text)
    assert codes(found).isdisjoint(URGENT)
    assert found.priority.level >= "P3"
    assert not any("recalled" in reason for reason in found.priority.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Is my plug recalled?",
        "I read about recall R-2026-02, is mine one of them?",
        "The number on the back is P2-2410-00312.",
        "Have you recalled the Plug 2?",
    ],
)
def test_a_recalled_device_is_more_than_an_everyday_question(fennwick: Desk, text: str) -> None:
    found = suggested(fennwick, text).priority
    assert (found.impact, found.urgency, found.level) == ("medium", "medium", "P3")
    assert any("recalled device" in reason for reason in found.reasons)


def test_the_safety_notice_begins_with_whom_to_call(fennwick: Desk) -> None:
    notice = suggested(fennwick, "My plug is sparking.").escalation.customer_notice
    assert notice.startswith("If anybody is hurt or in danger, call your local emergency number")
    assert "switch it off at the fuse box only if that is safe" in notice
    assert "contact you by Friday 20 November 2026, " in notice


def test_despair_goes_to_the_wellbeing_desk_and_the_reply_says_nothing_else(
    fennwick: Desk,
) -> None:
    found = suggested(fennwick, "I want to kill myself.")
    escalation = found.escalation
    assert escalation.path is not None
    assert escalation.path.team == "Wellbeing Desk"
    assert escalation.customer_notice.startswith("If you or somebody else could come to harm")
    assert "crisis line" in escalation.customer_notice
    assert "device" not in escalation.customer_notice
    assert found.draft.text.split("\n\n")[1] == escalation.customer_notice
    assert {s.kind for s in found.draft.sentences} == {"courtesy", "promise"}
    assert [item.owner for item in found.plan] == ["agent", "agent"]
    assert (found.choice, found.questions) == (None, ())


def test_despair_beside_a_burning_device_is_told_to_product_safety_too(fennwick: Desk) -> None:
    found = suggested(fennwick, "My plug is sparking and I do not want to live anymore.")
    assert found.escalation.path is not None
    assert found.escalation.path.team == "Wellbeing Desk"
    assert "Concerns as well: Product Safety" in found.escalation.internal_notice


def test_at_night_the_officer_on_call_has_an_hour(fennwick: Desk) -> None:
    night = NOW.replace(hour=3)
    found = asyncio.run(
        fennwick.suggest(a_ticket("My plug is sparking.", region="UK", created_at=night), at=night)
    ).escalation
    assert found.path is not None
    assert (found.path.role, found.path.on_call) == ("safety officer on call", True)
    assert found.deadline == NOW.replace(hour=4)


def test_despair_is_no_report_about_a_device(fennwick: Desk) -> None:
    found = suggested(fennwick, "I want to kill myself.")
    assert any("harm themselves" in reason for reason in found.priority.reasons)
    told = {fact.path for issue in found.issues for fact in issue.facts}
    assert "safety.incident_reported" not in told


@pytest.mark.parametrize(
    ("text", "first", "then"),
    [
        ("Guten Tag, mein Gerät blinkt seit gestern orange. Was soll ich tun?",
         "wenn jemand verletzt", "Vielen Dank"),
        ("Bonjour, mon appareil ne fonctionne plus depuis hier, que dois-je faire ?",
         "Si quelqu'un est blessé", "Nous vous remercions"),
    ],
)  # fmt: skip
def test_a_holding_reply_says_first_whom_to_call(
    fennwick: Desk, text: str, first: str, then: str
) -> None:
    blocks = suggested(fennwick, text).draft.text.split("\n\n")
    assert blocks[1].startswith(first)
    assert blocks[2].startswith(then)
