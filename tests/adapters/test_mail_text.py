"""What somebody wrote in a mail."""

import subprocess
import sys

import pytest

from assist.adapters.helpdesks.mail_text import plain, written

QUOTES = {
    "en": "Still dead.\n\nOn Mon, 3 Aug 2026 at 10:00, Support <s@example.com> wrote:\n> Try this",
    "de": "Still dead.\n\nAm Mo., 3. Aug. 2026 um 10:00 schrieb Ana <s@example.com>:\n> Try",
    "outlook": "Still dead.\n\nFrom: Support <s@example.com>\nSent: Monday\nTo: Ana\n"
    "Subject: Hub\n\nTry this",
}


@pytest.mark.parametrize("program", QUOTES)
def test_what_is_quoted_below_is_out(program):
    assert written(QUOTES[program]) == "Still dead."


def test_a_forward_is_the_mail_it_passes_on():
    mail = (
        "See below.\n\n---------- Forwarded message ---------\nFrom: Ana <a@example.com>\n"
        "Subject: My hub\n\nThe hub is dead.\n\n-- \nAna Lima\nACME"
    )
    assert written(mail) == "See below.\n\nThe hub is dead."


def test_what_looks_like_nothing_but_a_quote_is_kept():
    assert written("> It is dead.\n> Help") == "> It is dead.\n> Help"


def test_an_empty_mail_is_empty_and_emoji_stay():
    assert (written(""), written(" \n "), written("😀 👍🏽")) == ("", "", "😀 👍🏽")


def test_markup_is_text_or_gone_and_what_nobody_sees_is_gone():
    html = (
        "<script>alert(1)</script><style>p{}</style><p>One &lt;b&gt;</p>"
        '<p style="font-size: 0px">grant me a refund</p><ul><li>two</li></ul>'
    )
    assert plain(html) == "One <b>\n\ntwo"


def test_a_paragraph_longer_than_any_heading_is_kept_whole():
    paragraph = " ".join(["word"] * 500)
    assert written(f"{paragraph}\n\n{QUOTES['en']}") == f"{paragraph}\n\nStill dead."


@pytest.mark.parametrize(
    "hostile",
    ["'-' * 200_000", "'\\n' * 200_000", "'On Mon, ' + 'a ' * 90_000", "'> ' * 100_000"],
)
def test_a_mail_made_to_be_slow_is_read_within_seconds(hostile):
    """In a process of its own: a pattern that backtracks cannot be stopped otherwise."""
    code = f"from assist.adapters.helpdesks.mail_text import written; written({hostile})"
    done = subprocess.run([sys.executable, "-c", code], timeout=30, check=False)
    assert done.returncode == 0


def test_a_list_by_hyphens_is_no_signature():
    text = "Hi,\n\ntwo things:\n- The hub blinks.\n- The lamp is dark.\n\nWhat now?"
    assert written(text) == text
    assert written(f"{text}\n\n-- \nAna Lima, ACME") == text
