"""What the panel's forms send -> the acts on a case that they ask for."""

import json
import uuid
from typing import Annotated, Any

from pydantic import BaseModel, Field, JsonValue, ValidationError

from assist.domain.case_view import CaseView
from assist.errors import BadInput
from assist.service.acting import asking
from assist.service.approval_requests import ApprovalRequest
from assist.service.case_requests import CancelRequest, DecisionRequest, OutcomeRequest
from assist.service.consulting import ConsultationRequest

NOBODY = "agent"
"""Who acts where nobody needs to say who they are."""
OUTCOMES = frozenset({"solved", "not_solved", "no_answer"})
YES, NO = frozenset({"yes", "true"}), frozenset({"no", "false"})
Wanted = DecisionRequest | ConsultationRequest | OutcomeRequest | CancelRequest | ApprovalRequest
Many = Annotated[list[str], Field(max_length=100)]


class PanelForm(BaseModel):
    """One form of the panel; `act` says which, `key` that it is the same one again."""

    act: str = ""
    key: str = ""
    suggestion_id: str = ""
    text: str = ""
    candidate_id: str = ""
    reason: str = ""
    question_id: str = ""
    rating: str = ""
    amount: str = ""
    currency: str = ""
    ticked: Many = Field(default_factory=list)
    fact: Many = Field(default_factory=list)
    value: Many = Field(default_factory=list)
    back: str = ""

    def wanted(self, view: CaseView) -> Wanted:
        """The act. Raises `BadInput` naming the field."""
        try:
            return self._wanted(view)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            message = str(first["msg"]).removeprefix("Value error, ")
            raise BadInput(message, where=".".join(map(str, first["loc"])) or self.act) from error

    def _wanted(self, view: CaseView) -> Wanted:
        act: dict[str, Any] = {"key": self.key or uuid.uuid4().hex, "by": asking() or NOBODY}
        if self.act == "consult":
            asked = {"id": self.question_id, "by": act["by"], "suggestion_id": self.suggestion_id}
            return ConsultationRequest.model_validate(asked)
        if self.act in OUTCOMES:
            rating = {"rating": self.rating} if self.rating else {}
            tried = self.reason if self.act == "not_solved" else ""
            told = {"kind": self.act, "tried": tried, **rating}
            return OutcomeRequest.model_validate(act | told)
        if self.act == "cancel":
            return CancelRequest.model_validate(act | {"reason": self.reason})
        if self.act == "approval":
            return ApprovalRequest.model_validate(act | self._approval(view))
        return DecisionRequest.model_validate(act | self._decision(view))

    def _approval(self, view: CaseView) -> dict[str, Any]:
        """The candidate as it stands, or the amount of it that was typed."""
        told: dict[str, Any] = {"candidate_id": self.candidate_id, "reason": self.reason}
        told["suggestion_id"] = self.suggestion_id
        made = view.suggestion.candidates if view.suggestion else ()
        wanted = next((one for one in made if one.id == self.candidate_id), None)
        if wanted is None or not self.amount.strip():
            return told
        amount = {"amount": self.amount.strip(), "currency": self.currency.strip().upper()}
        return told | {
            "actions": [
                {"kind": one.kind, "parameters": {"amount": amount}} for one in wanted.actions
            ]
        }

    def _decision(self, view: CaseView) -> dict[str, Any]:
        """A draft that was sent as it is was accepted, whichever button sent it."""
        told: dict[str, Any] = {"suggestion_id": self.suggestion_id, "ticked": self.ticked}
        text = self.text.replace("\r\n", "\n").strip()
        draft = view.suggestion.draft.text.strip() if view.suggestion else ""
        if self.act in ("accept", "edit"):
            same = self.act == "accept" or text == draft
            return told | ({"kind": "accept"} if same else {"kind": "edit", "text": text})
        if self.act == "choose":
            return told | {"kind": "choose", "text": text, "candidate_id": self.candidate_id}
        if self.act == "ask_customer":
            return told | {"kind": "ask_customer", "text": text}
        if self.act == "add_facts":
            pairs = zip(self.fact, self.value, strict=False)
            facts = {fact: typed(value) for fact, value in pairs if value.strip()}
            return told | {"kind": "add_facts", "facts": facts}
        return told | {"kind": self.act, "reason": self.reason}


def typed(written: str) -> JsonValue:
    """What somebody wrote into a field: yes or no, a number, else the words."""
    word = written.strip()
    if word.casefold() in YES | NO:
        return word.casefold() in YES
    try:
        value = json.loads(word)
    except ValueError:
        return word
    return value if isinstance(value, int | float) else word
