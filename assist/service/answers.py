"""Whether what a colleague answers can be a value of the fact that was asked for."""

from difflib import get_close_matches

from pydantic import JsonValue

from assist.domain.consultation import Consultation
from assist.domain.facts import FactDeclaration
from assist.domain.policy import PolicySet
from assist.errors import BadInput, BadTicket
from assist.policies.values import MAX_TEXT, read_value
from assist.understanding.facts import declared_values


def check_declared(path: str | None, policy_set: PolicySet) -> FactDeclaration | None:
    """The declaration of a fact, none for none. Raises `BadInput` for one that is not declared."""
    if path is None:
        return None
    declared = {one.path: one for one in policy_set.facts}
    if path not in declared:
        near = get_close_matches(path, declared, n=3)
        raise BadInput(
            f"the fact {path!r} is not declared",
            where="fact",
            cure=f"did you mean {', '.join(near)}?" if near else "declare it in facts.yaml",
        )
    return declared[path]


def check_answer(asked: Consultation, value: JsonValue, note: str, policy_set: PolicySet) -> None:
    """Raises `BadInput` where the answer is none, or no value of the fact that was asked for."""
    if value is None:
        if not note.strip():
            cure = "give an answer, or in `note` why there is none"
            raise BadInput("there is no answer", where="answer", cure=cure)
        return
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise BadInput(f"over {MAX_TEXT} characters", where="answer", cure="shorten it")
    declaration = check_declared(asked.fact, policy_set)
    if declaration is None:
        if not isinstance(value, str) or not value.strip():
            cure = "the question asks for no fact: answer in a sentence"
            raise BadInput("is not in words", where="answer", cure=cure)
        return
    _check_value(declaration, value)


def _check_value(declaration: FactDeclaration, value: JsonValue) -> None:
    """No laxer than a fact that a ticket brings, and one that conditions can read."""
    try:
        declared_values({declaration.path: value}, (declaration,))
    except BadTicket as error:
        raise BadInput(error.problem, where="answer", cure=error.cure) from error
    if read_value(declaration.type, value, declaration.choices) is None:
        raise BadInput(
            f"{value!r} is no {declaration.type}",
            where="answer",
            cure=f"give a value of type {declaration.type}",
        )
