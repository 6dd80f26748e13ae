"""What agents did with a suggestion is kept once, and of an edited text only its distance."""

from typing import Any

import pytest
from pydantic import ValidationError

from assist.errors import BadInput, NotFound
from assist.service.giving_feedback import FeedbackRequest, distance, give
from assist.service.parts import Parts
from tests.contracts.store_builders import a_suggestion
from tests.service.parts import some_parts


@pytest.fixture
def parts() -> Parts:
    made = some_parts()
    made.suggestions.save(a_suggestion("s-1"))
    return made


def asked(kind: str = "copied", **told: Any) -> FeedbackRequest:
    return FeedbackRequest.model_validate({"key": "k-1", "by": "Ann", "kind": kind, **told})


def test_feedback_is_kept_with_its_time(parts):
    given = give(parts, "s-1", asked("rejected", reason="wrong product"))
    assert (given.kind, given.reason, given.at) == ("rejected", "wrong product", parts.clock.now())
    assert parts.feedback.of_suggestion("s-1") == (given,)


def test_of_an_edited_text_the_distance_is_kept_and_not_the_text(parts):
    draft = parts.suggestions.get("s-1").draft.text
    same = give(parts, "s-1", asked("edited", text=draft))
    other = give(parts, "s-1", asked("edited", key="k-2", text="Nothing of it stayed."))
    assert (same.distance, other.distance) == (0.0, 1.0)
    assert "Nothing" not in other.model_dump_json()


def test_a_word_in_four_that_is_another_is_a_quarter_of_the_way(parts):
    draft = a_suggestion("s-1").draft.model_copy(update={"text": "Hold the red button."})
    suggestion = a_suggestion("s-1").model_copy(update={"draft": draft})
    assert distance(suggestion, "Hold the green button.") == 0.25


def test_what_there_is_not_is_refused(parts):
    with pytest.raises(NotFound, match="s-9"):
        give(parts, "s-9", asked())
    with pytest.raises(BadInput, match="part"):
        give(parts, "s-1", asked("clicked", part="i9.c9"))


@pytest.mark.parametrize(
    ("kind", "told"),
    [("rejected", {}), ("edited", {}), ("copied", {"text": "x"}), ("loved", {})],
)
def test_feedback_that_lacks_what_its_kind_needs_is_refused(kind, told):
    with pytest.raises(ValidationError):
        asked(kind, **told)
