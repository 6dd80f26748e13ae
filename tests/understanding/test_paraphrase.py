import pytest

from assist.understanding.paraphrase import statement
from assist.understanding.points import said


@pytest.mark.parametrize(
    ("said_so", "paraphrased"),
    [
        ("Can I return it?", "The customer asks whether they can return it."),
        ("How do I reset my password?", "The customer asks how they reset their password."),
        ("Please send me a new one", "The customer asks us to send them a new one."),
        ("I'd like a refund", "The customer says that they would like a refund."),
        ("My hub is offline.", "The customer reports that their hub is offline."),
        ("Do you ship to Spain?", "The customer asks whether we ship to Spain."),
        ("Please send me all you have.", "The customer asks us to send them all we have."),
        ("I will tell you.", "The customer writes: they will tell us."),
        ("nobody answers. i want it back", "The customer says: nobody answers. they want it back."),
        ("Thank you so much!", "The customer writes: “Thank you so much!”"),
        ("hi", "The customer writes: “hi”"),
        ("thanks, but it is not on", "The customer reports that it is not on."),
    ],
)
def test_the_issue_is_one_sentence_seen_from_beside_the_desk(
    said_so: str, paraphrased: str
) -> None:
    assert statement(said(said_so)[0]) == paraphrased


def test_the_country_is_not_a_pronoun() -> None:
    assert "US customers" in statement(said("Why do US customers pay more?")[0])


def test_a_very_long_sentence_is_cut_and_shows_it() -> None:
    assert statement(said("My hub is broken " + "and again " * 60)[0]).endswith(" …")
