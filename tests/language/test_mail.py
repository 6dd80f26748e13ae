from assist.language.mail import body


def test_greeting_signature_and_quoted_mail_are_not_what_the_writer_says() -> None:
    text = (
        "Hi team,\n\nmy hub is offline.\n\nBest regards,\nAna Lima\nLisbon\n\n"
        "On Mon, 2 Nov 2026 at 10:00, Support wrote:\n> Have you tried it?\n"
    )
    assert body(text) == "my hub is offline."


def test_a_request_after_thanks_is_kept() -> None:
    text = "Thanks\nOne more thing: can you also tell me how long the refund takes?"
    assert "how long the refund takes" in body(text)


def test_a_mail_that_is_only_a_greeting_is_kept_whole() -> None:
    assert body("Hello,") == "Hello,"


def test_a_phone_signature_goes() -> None:
    assert body("It broke again.\n\nSent from my iPhone") == "It broke again."
