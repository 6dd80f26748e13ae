"""The reply's manner, scored: its tone, how easily it is read, its language."""

from collections.abc import Mapping

import pytest

from assist.adapters.language import NaiveBayesLanguages
from assist.domain.draft import Draft
from assist.domain.evaluation import CaseScore
from assist.domain.language import TicketLanguage
from assist.domain.suggestion import Suggestion, TicketSignal
from evals.scorers import SCORERS
from evals.scorers.grounds import Grounds
from evals.scorers.tone import RULES
from tests.builders import a_ticket
from tests.evals.builders import (
    GROUNDS,
    a_case,
    a_draft,
    a_fact,
    a_sentence,
    a_suggestion,
    known_passages,
)
from tests.evals.scorers.scoring import ALL_MET, missed, replied, scored, value

GOOD = "Hello, thank you for writing. The filter lasts 90 days."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The filter lasts long.", "opens without a greeting"),
        (f"{GOOD} Great!?", "has a chain of exclamation or question marks"),
        (f"{GOOD} Great! It is done!", "has 2 exclamation marks"),
        (f"{GOOD} READ THIS NOW please.", "shouts “READ THIS NOW”"),
        (f"{GOOD} It is your fault.", "blames: “your fault”"),
        (f"{GOOD} I am so sorry.", "claims a feeling: “i am so sorry”"),
        (f"{GOOD} Our knowledge base says so.", "says our own word: “knowledge base”"),
        (f"{GOOD} Bye, {{agent.name}}", "leaves {agent.name}"),
        (f"{GOOD} Bye, [name]", "leaves [name]"),
        (
            f"{GOOD} The filter lasts 90 days for sure. The filter lasts 90 days for sure.",
            "says twice “the filter lasts 90 days for sure.”",
        ),
    ],
)
def test_a_rule_of_tone_that_is_broken_is_named_and_costs_its_share(text: str, why: str) -> None:
    assert scored("tone", replied(GOOD)) == ALL_MET
    score = scored("tone", replied(text))
    assert score.value == pytest.approx(1 - 1 / len(RULES))
    assert score.explanation == why


@pytest.mark.parametrize(
    "text",
    [
        f"{GOOD} Send the RMA by USB.",
        f"{GOOD} You wrote “it is your fault!! READ THIS NOW”.",
        f"{GOOD} Thank you!",
        f"{GOOD} Escalators are slow.",
        f"{GOOD} Press it in. Press it in.",
    ],
)
def test_codes_quotes_and_parts_of_words_break_no_rule(text: str) -> None:
    assert scored("tone", replied(text)) == ALL_MET


def toned(text: str, *, told: str = "Hi", **customer: str) -> CaseScore:
    """The tone of a reply to a ticket with these words from this customer."""
    fields = {"channel": customer.pop("channel")} if "channel" in customer else {}
    case = a_case().model_copy(update={"ticket": a_ticket(told, **fields, **customer)})
    return SCORERS["tone"].score(case, replied(text), GROUNDS)


def test_words_of_ours_are_the_customers_where_they_used_them() -> None:
    reply = f"{GOOD} The SLA is 4 hours."
    assert toned(reply, told="What is your SLA?") == ALL_MET
    assert toned(reply).explanation == "says our own word: “sla”"


def test_what_an_article_says_is_no_tone_of_ours() -> None:
    told = "It is your fault if you open the sealed box."
    quoted = a_draft(a_sentence("Hello, thank you for writing.", "courtesy"), a_fact(told))
    assert scored("tone", a_suggestion(draft=quoted)) == ALL_MET
    said = a_draft(
        a_sentence("Hello, thank you for writing.", "courtesy"), a_sentence(told, "fact")
    )
    assert scored("tone", a_suggestion(draft=said)).explanation == "blames: “your fault”"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hello Maria, it works now.", ""),
        ("Hello Jonas, it works now.", "greets Jonas, who is not the customer"),
        ("Hello there, it works now.", "greets nobody, and the customer is Maria Rossi"),
    ],
)
def test_a_customer_is_greeted_by_their_own_name(text: str, why: str) -> None:
    assert toned(text, name="Maria Rossi").explanation == why


def test_where_everybody_reads_along_no_name_is_needed() -> None:
    reply = "Hello there, it works now."
    assert toned(reply, name="Maria Rossi", channel="social") == ALL_MET


def test_nobody_apologizes_to_somebody_who_only_praises() -> None:
    praise = TicketSignal(name="praise", span="great")
    sorry = f"{GOOD} We are sorry for the trouble."
    praised = replied(sorry, signals=(praise,))
    assert "apologizes to somebody who praises" in scored("tone", praised).explanation
    assert scored("tone", replied(sorry)) == ALL_MET


def test_short_sentences_of_short_words_are_easy_to_read() -> None:
    score = scored("reading", replied("Hello. It works now."))
    assert (score.value, score.explanation) == (1, "")


def test_the_grade_is_the_automated_readability_index_by_hand() -> None:
    nine_words = "The water filter lasts for about ninety days now."
    grade = 4.71 * 40 / 9 + 0.5 * 9 - 21.43
    assert scored("reading", replied(nine_words)).amount == pytest.approx(grade, abs=0.005)


def test_long_words_in_long_sentences_are_hard_to_read() -> None:
    hard = "Notwithstanding considerations concerning " + "administrative circumstances " * 30
    score = scored("reading", replied(hard))
    assert score.value == 0
    assert score.amount is not None
    assert score.amount > 16
    assert score.explanation == f"reads like school grade {score.amount:.0f}"


def written_in(code: str) -> TicketLanguage:
    """What is said of a reply in this language."""
    return TicketLanguage(code=code, confidence=1.0, source="detected", reply=code)


def test_the_index_is_made_for_english_and_for_a_reply() -> None:
    german = replied("Es geht jetzt wieder.", language=written_in("de"))
    assert scored("reading", german) == CaseScore(
        value=None, explanation="the index is made for English"
    )
    silent = a_suggestion(draft=Draft(text="", sentences=()))
    assert scored("reading", silent).explanation == "there is no reply"
    assert value("reading", silent) is None


DETECTING = Grounds(passage=known_passages, languages=NaiveBayesLanguages().likely)
ENGLISH = "Thank you for writing to us. The water filter lasts for about ninety days."
GERMAN = "Vielen Dank für Ihre Nachricht. Der Wasserfilter hält ungefähr neunzig Tage."


def language(suggestion: Suggestion, wanted: str, grounds: Grounds = DETECTING) -> CaseScore:
    return scored("language", suggestion, grounds, language=wanted)


def test_a_reply_is_in_the_language_that_it_should_be_in() -> None:
    assert language(replied(GERMAN, language=written_in("de")), "de") == ALL_MET
    assert language(replied(ENGLISH), "en") == ALL_MET


def test_what_is_written_counts_though_something_else_is_said_of_it() -> None:
    called_german = replied(ENGLISH, language=written_in("de"))
    assert language(called_german, "de") == missed("is written in en, not de")
    assert language(called_german, "en") == missed("is said to be in de, not en")


@pytest.mark.parametrize(("share", "value"), [(0.9, 0.0), (0.89, 1.0)])
def test_nine_in_ten_is_sure_enough_to_say_another_language(share: float, value: float) -> None:
    grounds = Grounds(passage=known_passages, languages=lambda _: {"de": share, "en": 1 - share})
    assert language(replied(ENGLISH, language=written_in("en")), "en", grounds).value == value


def unsure(_: str) -> Mapping[str, float]:
    """What a detector says of two words."""
    return {"de": 0.6, "en": 0.4}


def test_where_the_detector_is_unsure_what_is_said_of_it_counts() -> None:
    grounds = Grounds(passage=known_passages, languages=unsure)
    assert language(replied("Ok.", language=written_in("en")), "en", grounds) == ALL_MET
    assert language(replied("Ok.", language=written_in("de")), "en", grounds).value == 0


def test_where_nothing_tells_the_language_it_is_not_scored() -> None:
    score = language(replied(ENGLISH), "en", GROUNDS)
    assert score == CaseScore(value=None, explanation="nothing tells what language it is in")
