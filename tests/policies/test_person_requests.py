"""Talking about managers is not asking for one; every way of asking for a person is heard."""

import pytest

from assist.domain.policy import PolicySet
from assist.drafting.dates import in_words
from assist.policies.escalation import Situation, assess
from tests.policies.companies import BOTH_COMPANIES
from tests.policies.rules import NOW


def codes(text: str, company: PolicySet) -> list[str]:
    found = assess(company, Situation(text=text, now=NOW), in_words)
    return [trigger.code for trigger in found.triggers]


@BOTH_COMPANIES
@pytest.mark.parametrize(
    "text",
    [
        "I want to speak to a manager.",
        "I'd like to talk to your supervisor, please.",
        "I need a manager.",
        "I need a supervisor to look at this",
        "I want a manager, access or no access.",
        "I want a manager. Account number 12.",
        "They were rude. Asking for a manager is all I can do.",
        "We want it back. I am asking for a supervisor!",
        "Can I speak with a real person?",
        "Please get me a manager.",
        "Could somebody higher up call me?",
        "Let me talk to your manager.",
        "Let me speak to someone in charge.",
        "I demand to speak to a supervisor.",
        "Connect me to a human, please.",
        "Is there a human I can talk to?",
        "Put me through to your manager now.",
        "Please escalate this ticket.",
        "I would like this escalated.",
        "I asked three times: let me speak to a manager!",
        "Have your manager call me back.",
        "Who is your manager? I want to speak to them.",
        "Stop sending me bot answers, I want a human.",
        "Can a person read this please, not a robot?",
        "Am I talking to a bot? I want a real person.",
        "I refuse to deal with this any further, get me your supervisor.",
        "Is it possible to speak with a manager about my bill?",
        "Is speaking to a manager possible?",
        "How can I reach a manager?",
        "Please transfer me to an agent.",
        "Could you pass me on to your team lead?",
        "I wish to speak with the person responsible.",
        "I'm asking you to escalate my complaint.",
        "I'm asking for a manager.",
        "May I please talk to a live agent?",
        "You said a manager would call. I still want to speak to a manager.",
        "I have spoken to four agents. Now I want a manager.",
        "I want to file a complaint with your manager.",
        "Forward this to your supervisor.",
        "Give me a human being.",
        "I would prefer to talk to a real person about this.",
        "Why am I not allowed to speak to a manager?",
        "I won't accept this until I speak to a manager.",
        "Nobody listens, so please let a manager look at this.",
        "Your management needs to contact me.",
        "I will only speak to a supervisor.",
        "It was late when it arrived. Speaking to a manager would help.",
    ],
)
def test_whoever_asks_for_a_person_is_heard(text: str, company: PolicySet) -> None:
    assert "asks_for_person" in codes(text, company)


@BOTH_COMPANIES
@pytest.mark.parametrize(
    "text",
    [
        "I don't need to speak to a manager.",
        "No need to escalate this, I just wonder about the price.",
        "I spoke to a manager yesterday and she was lovely.",
        "Your manager told me to write here.",
        "The manager of the shop in Leeds sold me this hub.",
        "I am a manager at a hotel and need ten plugs.",
        "I manage a building with twelve apartments.",
        "Our office manager asked me to order ten chairs.",
        "I need a manager account for the app.",
        "We want a manager role for my wife.",
        "Can the camera talk to a person detector?",
        "She asked for a manager last week.",
        "My neighbor speaks to a supervisor of yours, he says.",
        "While asking for a manager I found the answer myself.",
        "My mother was asking for a manager then, now it is solved.",
        "She is speaking to a manager now.",
        "How do I give a manager access to the dashboard?",
        "My password manager does not fill in the field.",
        "After talking to a manager I ordered two more.",
        "When I was talking to a supervisor, the line dropped.",
        "I am talking to a manager of yours tomorrow, until then: which plug fits?",
        "I work as a property manager and look after six flats.",
        "The human resources manager wants an invoice.",
        "Can a manager role delete users?",
        "Which permissions does the supervisor role have?",
        "The agent I talked to was very kind.",
        "Tell your manager that you did a great job!",
        "Please tell your boss how helpful you were.",
        "I thought about asking for a manager, but it works now.",
        "I talked to an agent last week and she sent me the label.",
        "My wife is a supervisor and said this is normal.",
        "My boss wants to know whether the plug works with 240 V.",
        "I had to speak to a manager last time; this time you were quick.",
        "The real person in the picture is my son.",
        "The camera detects a person. How do I turn off person detection?",
        "Person alerts come every minute at night.",
        "Does the doorbell tell a human from a dog?",
        "The hub talks to a person detector on the network.",
        "My neighbor talks to a manager of yours, she says.",
        "I already spoke to a supervisor who fixed it.",
        "The device manager shows an unknown device.",
        "Do not escalate, please just answer.",
        "I never asked for a manager.",
        "It is not that I want to speak to a manager.",
        "You do not have to transfer me to an agent.",
        "My landlord is talking to a manager of the building about the wiring.",
        "My manager wants a copy of the invoice.",
        "The agent said the refund is on its way.",
        "Things escalated quickly at the party; how do I reset the camera?",
        "Thanks, no manager needed.",
    ],
)
def test_whoever_only_talks_about_one_is_answered(text: str, company: PolicySet) -> None:
    assert codes(text, company) == []


@BOTH_COMPANIES
@pytest.mark.parametrize(
    "text",
    [
        "This is ridiculous! How do I reset my password?",
        "I am furious, the light is far too bright. How do I dim it?",
        "Worst service ever. Where do I find my invoice?",
        "Absolute joke of a manual. Which button pairs the plug?",
        "I am so angry, I cannot find the return label!",
        "Unacceptable. When does the next bus, I mean my parcel, arrive?",
    ],
)
def test_an_angry_customer_with_an_easy_problem_is_answered(text: str, company: PolicySet) -> None:
    assert codes(text, company) == []


@BOTH_COMPANIES
def test_a_request_far_into_a_long_text_is_found_and_read_in_its_surroundings(
    company: PolicySet,
) -> None:
    filler = "The hub blinks and I do not know why. " * 200
    assert codes(f"{filler}Please let me speak to a manager. {filler}", company) == [
        "asks_for_person"
    ]
    assert codes(f"{filler}I need a manager account. {filler}", company) == []
