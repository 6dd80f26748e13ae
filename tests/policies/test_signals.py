"""What fires the signals of the packaged and the sample sla.yaml, and what only looks like it."""

from pathlib import Path

import pytest

from assist.domain.sla import Sla
from assist.policies.located import load_page
from assist.policies.priority import hear
from tests.policies.rules import DEFAULTS

_FILE = Path(__file__).parents[2] / "kb_corpus" / "sla.yaml"
FENNWICK = load_page("sla.yaml", _FILE.read_text(encoding="utf-8")).read(Sla)


def heard(sla: Sla, text: str) -> set[str]:
    return {found.signal.name for found in hear(sla, text)}


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Nothing works since this morning.", "outage"),
        ("All my devices are offline", "outage"),
        ("all of our devices went offline at 9", "outage"),
        ("Every camera is offline now", "outage"),
        ("None of my sensors respond.", "outage"),
        ("The whole system is down", "outage"),
        ("There is smoke coming from the plug", "safety"),
        ("You charged me twice", "money at risk"),
        ("There is a charge I don't recognize on my card", "money at risk"),
        ("The deadline for the return is tomorrow", "legal deadline"),
        ("My disabled brother depends on the lights", "vulnerable customer"),
        ("I am disabled and cannot reach it", "vulnerable customer"),
        ("I live alone and I am in a wheelchair", "vulnerable customer"),
        ("This is the third time I write, and once again no reply", "repeat contact"),
        ("It is urgent", "deadline named"),
        ("Our flat has had no heating since Monday", "cold home"),
    ],
)
def test_what_matters_is_heard(text: str, signal: str) -> None:
    assert signal in heard(FENNWICK, text)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("All my devices are great, thank you.", "outage"),
        ("Does the hub cover the entire house?", "outage"),
        ("After a power outage the lamp forgot its scene.", "outage"),
        ("What happens in case of an outage?", "outage"),
        ("Nothing works better than your plug.", "outage"),
        ("I tried the steps but nothing works.", "outage"),
        ("It is not true that everything is down.", "outage"),
        ("My smoke detector has a low battery", "safety"),
        ("The battery must be charged twice a week", "money at risk"),
        ("I was not overcharged, all is well", "money at risk"),
        ("How do I disable the camera at night?", "vulnerable customer"),
        ("The automation is disabled", "vulnerable customer"),
        ("I'm disabling the notifications", "vulnerable customer"),
        ("Where is the disable child lock switch?", "vulnerable customer"),
        ("Our baby monitor does not pair", "vulnerable customer"),
        ("Thank you once again for your help", "repeat contact"),
        ("It is not urgent", "deadline named"),
        ("How much does it save in heating if there is no heating schedule?", "cold home"),
    ],
)
def test_a_look_alike_or_a_denial_is_not_heard(text: str, signal: str) -> None:
    assert signal not in heard(FENNWICK, text)


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("All our systems are down", {"outage"}),
        ("Is there a planned outage next week?", set()),
        ("I tried everything and nothing works", set()),
        ("I was debited twice", {"money at risk"}),
        ("The scooter is charged twice a day", set()),
        ("My disabled son needs it", {"vulnerable customer"}),
        ("How do I disable the newsletter?", set()),
        ("Thanks once again!", set()),
    ],
)
def test_the_packaged_signals_tell_the_same_apart(text: str, signals: set[str]) -> None:
    assert heard(DEFAULTS.sla, text) == signals


def test_each_signal_has_a_reason_that_can_be_told() -> None:
    for sla in (DEFAULTS.sla, FENNWICK):
        assert all(signal.reason and signal.impact + signal.urgency > 0 for signal in sla.signals)


def test_the_signals_of_the_issue_are_all_there() -> None:
    wanted = {"safety", "outage", "money at risk", "legal deadline", "vulnerable customer"}
    for sla in (DEFAULTS.sla, FENNWICK):
        assert wanted | {"repeat contact"} <= {signal.name for signal in sla.signals}
