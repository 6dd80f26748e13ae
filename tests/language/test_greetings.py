import pytest

from assist.language.greetings import without_greeting
from assist.language.mail import body


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hi my hub is offline since yesterday. What now?", None),
        ("Hello Can you refund me?", "Can you refund me?"),
        ("Hello Anna, the hub is off", "the hub is off"),
        ("Dear Sir or Madam\nthe hub is off", "the hub is off"),
        ("Guten Tag, please send me the invoice", "please send me the invoice"),
        ("Guten Tag\nPlease cancel my order.", "Please cancel my order."),
        ("Sehr geehrte Damen und Herren, the hub is off", "the hub is off"),
        ("Bonjour Madame, how do I return it?", "how do I return it?"),
        ("Hola my order is late", "my order is late"),
        ("Beste prijs for the hub?", "Beste prijs for the hub?"),
        ("All devices are off", "All devices are off"),
    ],
)
def test_a_greeting_takes_nothing_with_it_that_is_said(text: str, said: str | None) -> None:
    assert without_greeting(text) == (text.removeprefix("Hi ") if said is None else said)


def test_a_message_that_only_greets_is_kept_in_any_language() -> None:
    assert body("Guten Tag!") == "Guten Tag!"
