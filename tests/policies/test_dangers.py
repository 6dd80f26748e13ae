"""What is a danger and what only sounds like one, in the sample company's own words."""

import pytest

from assist.drafting.dates import in_words
from assist.policies.escalation import Situation, assess
from assist.policies.priority import prioritize
from tests.policies.companies import SAMPLE
from tests.policies.rules import NOW


def codes(text: str) -> list[str]:
    found = assess(SAMPLE, Situation(text=text, now=NOW), in_words)
    return [trigger.code for trigger in found.triggers]


@pytest.mark.parametrize(
    "text",
    [
        "We have a newborn and the heating has failed.",
        "My grandmother is 88 years old and her flat is freezing.",
        "I am disabled and without heating since this morning.",
        "My mother lives alone and the heating stopped.",
        "He has a heart condition and the house is freezing.",
        "My elderly father has no heating and it is very cold.",
        "There is no heat, and my wife is pregnant.",
    ],
)
def test_a_cold_home_with_somebody_frail_in_it_is_a_danger(text: str) -> None:
    assert codes(text) == ["safety"]


@pytest.mark.parametrize(
    "text",
    [
        "We have no heating since this morning, the thermostat shows T-32.",
        "The house is freezing because the schedule starts too late.",
        "Our flat is freezing every morning, how do I set an earlier time?",
        "Without heating in summer, can I switch the thermostat off?",
        "It is freezing in here until nine, how do I change the schedule?",
        "The heating is not working on Sundays.",
    ],
)
def test_a_cold_home_alone_goes_further_up_the_queue_and_is_answered(text: str) -> None:
    assert codes(text) == []
    assert prioritize(SAMPLE, text=text, now=NOW).level <= "P3"


@pytest.mark.parametrize(
    "text",
    [
        "My elderly mother asks how to set the schedule.",
        "With a newborn there are no heating costs we would not pay. How do I set a schedule?",
        "I am pregnant and it is freezing cold outside. Where is my parcel?",
        "My disabled brother has no heating problems, only the light blinks.",
    ],
)
def test_somebody_frail_without_a_cold_home_is_no_danger(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    ["He has hypothermia.", "She needs oxygen.", "The medical alarm stopped.", "It caught fire."],
)
def test_a_danger_in_itself_needs_no_signal_beside_it(text: str) -> None:
    assert codes(text) == ["safety"]
