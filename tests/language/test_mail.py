import time

import pytest

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


def test_a_closing_is_one_only_before_a_name_block_of_few_lines() -> None:
    def signed(lines: int) -> str:
        return "It broke.\nRegards,\n" + "\n\n".join(f"Line {n}" for n in range(lines))

    assert body(signed(6) + "\n\n") == "It broke."
    assert body(signed(7)) == signed(7)


@pytest.mark.parametrize("line", ["Can you call me?", "My order " + "is late " * 8])
def test_what_follows_a_closing_and_asks_or_tells_is_kept(line: str) -> None:
    said = body(f"It broke.\nCheers\nAna\n{line}\nLisbon")
    assert said == f"It broke.\nCheers\nAna\n{line}\nLisbon"


@pytest.mark.parametrize(
    ("line", "kept"),
    [("a", 100_000), ("Thanks", 28_564), ("", 0), ("_" * 12, 1), ("> quoted", 22_222)],
)
def test_a_ticket_of_nothing_but_lines_is_read_in_linear_time(line: str, kept: int) -> None:
    text = f"{line}\n" * (200_000 // (len(line) + 1))
    began = time.perf_counter()
    assert body(text) == "\n".join([line] * kept)
    assert time.perf_counter() - began < 20  # seconds; in quadratic time it takes minutes


NOTICE = (
    "This e-mail and any attachments are confidential and intended solely for the addressee. "
    "If you have received it in error, please notify the sender and delete it."
)


def test_a_notice_that_a_mail_program_appends_is_not_what_they_say() -> None:
    assert body(f"The hub is offline.\n\n{NOTICE}") == "The hub is offline."
    assert body(f"The hub is offline.\n\nKind regards\nAna\n\n{NOTICE}\n\n{NOTICE}\n") == (
        "The hub is offline."
    )


@pytest.mark.parametrize(
    "said",
    [
        "You sent me a confidential letter of another customer by mistake.",
        "Is it true that what I received in error is confidential and I must delete it?",
    ],
)
def test_who_speaks_of_something_confidential_is_heard(said: str) -> None:
    assert body(f"Good day.\n\n{said}").endswith(said)
