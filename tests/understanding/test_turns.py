from assist.domain.ticket import Ticket
from assist.understanding.turns import current_turn, whole_conversation


def conversation(*messages: tuple[str, str]) -> Ticket:
    return Ticket.model_validate(
        {"id": "t", "messages": [{"author": author, "text": text} for author, text in messages]}
    )


def test_a_burst_of_messages_is_one_turn() -> None:
    ticket = conversation(("customer", "My hub is off."), ("customer", "And the plug too."))
    assert current_turn(ticket) == "My hub is off.\n\nAnd the plug too."


def test_what_was_answered_before_is_not_the_current_turn() -> None:
    ticket = conversation(
        ("customer", "Hub off."), ("agent", "Restart it."), ("customer", "Still off.")
    )
    assert current_turn(ticket) == "Still off."
    assert "Hub off." in whole_conversation(ticket)


def test_a_turn_stays_current_until_the_customer_writes_again() -> None:
    ticket = conversation(("customer", "Hub off."), ("agent", "Restart it."))
    assert current_turn(ticket) == "Hub off."


def test_internal_notes_and_system_messages_are_not_the_customer() -> None:
    ticket = Ticket.model_validate(
        {
            "messages": [
                {"text": "Hub off."},
                {"author": "system", "text": "SLA changed"},
                {"author": "agent", "text": "note to self", "public": False},
                {"text": "Please hurry."},
            ]
        }
    )
    assert current_turn(ticket) == "Hub off.\n\nPlease hurry."
