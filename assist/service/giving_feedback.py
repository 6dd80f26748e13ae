"""Use case: keep what an agent did with a suggestion."""

from difflib import SequenceMatcher
from typing import Annotated, Self

from pydantic import Field, model_validator

from assist.domain.base import Model
from assist.domain.feedback import Feedback, FeedbackKind
from assist.domain.suggestion import Suggestion
from assist.errors import BadInput
from assist.service.grant_requests import By, Key, Name
from assist.service.parts import Parts

LONGEST = 5_000
"""Words of an edited text that are compared: comparing takes time with their product."""


class FeedbackRequest(Model):
    """One thing that an agent did with a suggestion. The same `key` again is the same thing."""

    key: Key
    by: By = Field(description="Who did it")
    kind: FeedbackKind
    part: Name = Field(
        default="draft", description="The draft, or the id of a candidate or of a passage"
    )
    reason: Annotated[str, Field(max_length=2_000)] = ""
    text: Annotated[str, Field(max_length=50_000)] = Field(
        default="", description="For edited: the text as it was sent; only its distance is kept"
    )

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        if self.kind == "rejected" and not self.reason.strip():
            raise ValueError("rejected needs `reason`")
        if (self.kind == "edited") != bool(self.text.strip()):
            raise ValueError("`text` is for edited, and edited needs it")
        return self


def give(parts: Parts, suggestion_id: str, asked: FeedbackRequest) -> Feedback:
    """Keep it. Raises `NotFound`, `AlreadyDone`, and `BadInput` for a part that there is not."""
    suggestion = parts.suggestions.get(suggestion_id)
    known = {
        "draft",
        *(candidate.id for candidate in suggestion.candidates),
        *(hit.passage_id for hit in suggestion.hits),
    }
    if asked.part not in known:
        raise BadInput(
            f"the suggestion has no part {asked.part!r}",
            where="part",
            cure="use draft, or the id of one of its candidates or passages",
        )
    edited = asked.kind == "edited"
    return parts.feedback.add(
        Feedback(
            suggestion_id=suggestion_id,
            at=parts.clock.now(),
            distance=distance(suggestion, asked.text) if edited else None,
            **asked.model_dump(exclude={"text"}),
        )
    )


def distance(suggestion: Suggestion, text: str) -> float:
    """How far a text is from the suggestion's draft: the share of words not in both, 0 to 1."""
    drafted, sent = (one.split()[:LONGEST] for one in (suggestion.draft.text, text))
    same = SequenceMatcher(None, drafted, sent, autojunk=False).ratio()
    return round(1.0 - same, 4)
