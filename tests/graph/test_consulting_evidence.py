"""A colleague is asked for the answer where no evidence has it, and only what can be answered."""

import pytest

from assist.domain.issue import Abstention
from assist.domain.language import TicketLanguage
from assist.domain.suggestion import TicketSignal
from tests.builders import a_hit
from tests.graph.consultations import NO_ANSWER, TEXT, a_refund_that_waits, an_issue, asked


def test_missing_evidence_is_asked_of_the_categorys_owner() -> None:
    (found,) = asked(issue=an_issue(abstention=NO_ANSWER))
    assert found.owner == "Returns Desk"
    assert found.question == "What is the answer? The customer's matter: “The hub fails.”"
    assert found.why == "no article covers it; Returns Desk knows the subject"


def test_a_precedent_is_named_and_whoever_owns_its_category_is_asked() -> None:
    hit = a_hit("It was the cable.", kind="precedent", document_id="t-77", title="Dead hub")
    article = a_hit("Press the button.", document_id="hub")
    hits = {"i1": (article, hit), "i2": ()}
    (found,) = asked(issue=an_issue(abstention=NO_ANSWER), hits=hits, filed="repairs")
    assert found.owner == "Workshop"
    assert found.question == (
        "Does what solved “Dead hub” (t-77) hold here too? The customer's matter: “The hub fails.”"
    )
    assert found.why == (
        "no article covers it; “Dead hub” (t-77) was solved before; Workshop knows the subject"
    )
    (other,) = asked(issue=an_issue(abstention=NO_ANSWER), hits=hits, filed=None)
    assert other.owner == "Returns Desk"


def test_articles_that_contradict_each_other_are_asked_about_by_their_figures() -> None:
    two = Abstention(
        code="conflicting_evidence", reason="two articles give different figures: 14, 30",
        would_help="",
    )  # fmt: skip
    (found,) = asked(issue=an_issue(abstention=two))
    assert found.question == (
        "Which is right: two articles give different figures: 14, 30? "
        "The customer's matter: “The hub fails.”"
    )


@pytest.mark.parametrize("code", ["missing_facts", "out_of_authority"])
def test_what_is_not_a_lack_of_evidence_is_no_question_about_evidence(code: str) -> None:
    abstention = NO_ANSWER.model_copy(update={"code": code})
    assert asked(issue=an_issue(abstention=abstention)) == ()


@pytest.mark.parametrize(("text", "questions"), [("It is not good at all, no", 0), (TEXT, 1)])
def test_whoever_writes_too_little_is_asked_themselves(text: str, questions: int) -> None:
    assert len(asked(issue=an_issue(text, abstention=NO_ANSWER))) == questions


def test_eight_words_are_enough_to_ask_a_colleague_and_seven_are_not() -> None:
    for words, questions in ((7, 0), (8, 1)):
        issue = an_issue(" ".join(["word"] * words), abstention=NO_ANSWER)
        assert len(asked(issue=issue)) == questions


def test_a_long_statement_is_quoted_up_to_a_word() -> None:
    short, long = "a" * 200, "hub " * 60
    (kept,) = asked(issue=an_issue(abstention=NO_ANSWER, statement=short))
    (cut,) = asked(issue=an_issue(abstention=NO_ANSWER, statement=long))
    assert kept.question.endswith(f"“{short}”")
    assert cut.question.endswith("hub hub …”")
    assert len(cut.question) < 260


def test_what_nobody_has_read_and_what_is_solved_is_asked_about_by_nobody() -> None:
    issue, waits = an_issue(abstention=NO_ANSWER), a_refund_that_waits("order.repairs")
    unread = TicketLanguage(
        code="fi", confidence=0.99, source="detected", reply="en", lacks=("articles",)
    )
    assert asked(waits, issue=issue, language=unread) == ()
    solved = an_issue("The hub works again, by your hints, and it blinks white now.",
                      abstention=NO_ANSWER)  # fmt: skip
    signal = (TicketSignal(name="solved", span="works again"),)
    assert asked(issue=solved)
    assert asked(issue=solved, signals=signal) == ()
