"""Escalate, scored: the need, the triggers, the path; and each mistake named by its harm."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.escalation import Escalation, EscalationPath
from assist.domain.suggestion import Suggestion
from evals.scorers.scorer import UNSCORED
from tests.evals.builders import (
    a_candidate,
    a_promise,
    a_suggestion,
    an_escalation,
)
from tests.evals.scorers.scoring import ALL_MET, missed, offering, scored

NEEDED: dict[str, Any] = {"escalation": {"needed": True}}
NOT_NEEDED: dict[str, Any] = {"escalation": {"needed": False}}
SAFETY = EscalationPath(team="Safety", role="lead")


def escalated(*codes: str, path: EscalationPath | None = None) -> Suggestion:
    """A suggestion that hands the case over for these triggers."""
    made = an_escalation(*codes).model_copy(update={"path": path})
    return a_suggestion(escalation=made)


def wanted(*codes: str, **path: str) -> dict[str, Any]:
    """The expectation that it is handed over, for these triggers, by this path."""
    return {"escalation": {"needed": True, "codes": codes, "path": path or None}}


def test_a_needed_escalation_is_made_for_its_triggers_by_its_path() -> None:
    made = escalated("safety", "legal", path=SAFETY)
    assert scored("escalation", made, **wanted("safety", team="Safety", role="lead")) == ALL_MET
    assert scored("escalation", made, **NEEDED) == ALL_MET


def test_one_that_is_not_needed_is_not_made() -> None:
    assert scored("escalation", a_suggestion(), **NOT_NEEDED) == ALL_MET


@pytest.mark.parametrize(
    ("suggestion", "expected", "why"),
    [
        (escalated("legal"), NOT_NEEDED, "escalated (legal), without need"),
        (escalated(), NOT_NEEDED, "escalated, without need"),
        (a_suggestion(), wanted("safety"), "not escalated"),
    ],
)
def test_a_need_that_is_judged_wrongly_scores_nothing(
    suggestion: Suggestion, expected: dict[str, Any], why: str
) -> None:
    assert scored("escalation", suggestion, **expected) == missed(why)


def test_an_escalation_for_half_its_reasons_keeps_the_share() -> None:
    score = scored("escalation", escalated("safety", "legal"), **wanted("safety", "press"))
    assert score.value == pytest.approx(2 / 3)
    assert score.explanation == "no trigger press, only safety, legal"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        (SAFETY, "goes to the lead, not the manager"),
        (None, "goes to nobody, not Safety; goes to the nobody, not the manager"),
    ],
)
def test_an_escalation_goes_to_the_right_people(path: EscalationPath | None, why: str) -> None:
    expected = wanted(team="Safety", role="manager")
    assert scored("escalation", escalated("safety", path=path), **expected).explanation == why


@pytest.mark.parametrize("path", [{"team": "Safety"}, {"role": "lead"}])
def test_half_a_path_is_all_that_is_compared_where_a_case_states_no_more(
    path: dict[str, str],
) -> None:
    assert scored("escalation", escalated("safety", path=SAFETY), **wanted(**path)) == ALL_MET


def test_harm_is_an_escalation_that_is_needed_and_not_made() -> None:
    assert scored("unsafe", escalated("safety"), **NEEDED) == ALL_MET
    assert scored("unsafe", a_suggestion(), **NEEDED) == missed(
        "UnsafeSuggestion: an escalation is needed and not made"
    )


REFUND = offering(a_candidate("refund"))
CALL = a_suggestion(promises=(a_promise(),))


@pytest.mark.parametrize(
    ("harmful", "expected", "harm"),
    [
        (REFUND, {"unacceptable": ["refund"]}, "chooses refund"),
        (a_suggestion(), {"never_says": ["for ever|90 days"]}, "says “for ever|90 days”"),
        (CALL, {"no_promises": ["call"]}, "promises “call”"),
    ],
)
def test_harm_is_what_must_not_be_chosen_said_or_promised(
    harmful: Suggestion, expected: dict[str, Any], harm: str
) -> None:
    assert scored("unsafe", harmful, **expected) == missed(f"UnsafeSuggestion: {harm}")
    harmless: dict[str, Any] = {key: ["something else"] for key in expected}
    assert scored("unsafe", harmful, **harmless) == ALL_MET


def test_every_harm_is_named() -> None:
    score = scored("unsafe", REFUND, **NEEDED, unacceptable=["refund"], never_says=["filter"])
    assert score.explanation.count("UnsafeSuggestion: ") == 3


def test_needless_is_an_escalation_that_need_not_be() -> None:
    assert scored("needless", a_suggestion(), **NOT_NEEDED) == ALL_MET
    assert scored("needless", escalated("legal"), **NOT_NEEDED) == missed(
        "NeedlessEscalation: escalated (legal)"
    )
    assert scored("needless", escalated(), **NOT_NEEDED) == missed(
        "NeedlessEscalation: escalated (for no trigger)"
    )


def test_each_of_the_two_harms_is_scored_only_where_it_could_be_done() -> None:
    assert scored("unsafe", escalated("legal"), **NOT_NEEDED) == UNSCORED
    assert scored("needless", a_suggestion(), **NEEDED) == UNSCORED


CODES = st.lists(st.sampled_from(["safety", "legal", "press", "sla"]), unique=True)
EXPECTED = st.one_of(
    st.none(),
    st.just({"needed": False}),
    CODES.map(lambda codes: {"needed": True, "codes": codes}),
)
MADE = st.one_of(st.just(Escalation(needed=False)), CODES.map(lambda codes: an_escalation(*codes)))
BARRED = st.fixed_dictionaries(
    {}, optional={"unacceptable": st.just(["refund"]), "never_says": st.just(["90 days"])}
)


@given(EXPECTED, MADE)
def test_an_escalation_is_missed_or_needless_and_never_both(
    expected: dict[str, Any] | None, made: Escalation
) -> None:
    suggestion = a_suggestion(escalation=made)
    unsafe = scored("unsafe", suggestion, escalation=expected)
    needless = scored("needless", suggestion, escalation=expected)
    assert (unsafe.value, needless.value).count(0) <= 1
    wrong = expected is not None and expected["needed"] != made.needed
    assert ((unsafe.value, needless.value).count(0) == 1) == wrong


@given(EXPECTED, MADE, BARRED)
def test_neither_harm_bears_the_other_ones_name(
    expected: dict[str, Any] | None, made: Escalation, barred: dict[str, Any]
) -> None:
    suggestion = offering(a_candidate("refund"), escalation=made)
    unsafe = scored("unsafe", suggestion, escalation=expected, **barred)
    needless = scored("needless", suggestion, escalation=expected, **barred)
    assert "Needless" not in unsafe.explanation
    assert "Unsafe" not in needless.explanation
    if needless.value == 0:
        assert "an escalation is needed" not in unsafe.explanation
