"""Communicate, scored: what the reply says, what it rests on, what it promises."""

from datetime import timedelta
from typing import Any

import pytest

from assist.domain.draft import Draft, Sentence
from assist.domain.evaluation import CaseScore
from assist.domain.suggestion import Suggestion
from evals.scorers.grounds import Grounds
from tests.builders import NOW
from tests.evals.builders import (
    FILTER,
    a_citation,
    a_draft,
    a_fact,
    a_promise,
    a_sentence,
    a_suggestion,
    known_passages,
)
from tests.evals.scorers.scoring import ALL_MET, missed, replied, scored, value
from tests.fake_embedder import ToyEmbedder


def saying(*sentences: Sentence) -> Suggestion:
    """A suggestion whose reply is these sentences."""
    return a_suggestion(draft=a_draft(*sentences))


def test_wording_ignores_case_and_line_breaks() -> None:
    draft = a_draft(a_fact("The water\nfilter lasts 90 days."))
    assert scored("wording", a_suggestion(draft=draft), says=["WATER FILTER lasts"]) == ALL_MET


def test_wording_is_the_share_of_what_must_be_said() -> None:
    score = scored("wording", a_suggestion(), says=["90 days", "rinse"], never_says=["refund"])
    assert (score.value, score.explanation) == (0.5, "does not say “rinse”")
    silent = replied("Hello.")
    assert value("wording", silent, says=["90 days"], never_says=["refund", "loan"]) == 0
    assert scored("wording", silent, never_says=["refund"]) == ALL_MET


def test_a_word_that_must_not_be_said_outweighs_all_that_is() -> None:
    score = scored("wording", a_suggestion(), says=["90 days"], never_says=["filter"])
    assert score == missed("says “filter”")


BARE = a_fact("It is blue.", citations=())


def test_every_fact_stands_on_a_quote_that_is_there() -> None:
    assert scored("citations", a_suggestion()) == ALL_MET
    wrong = a_fact(citations=(a_citation("The water filter lasts 99 days."),))
    score = scored("citations", saying(a_fact(), wrong, BARE))
    assert score.value == pytest.approx(1 / 3)
    assert score.explanation == (
        "not verbatim in filter#1: “The water filter lasts 99 days.”; "
        "cites nothing for “It is blue.”"
    )


def test_each_of_several_quotes_of_a_sentence_must_stand() -> None:
    both = a_fact(citations=(a_citation(), a_citation(passage_id="gone#1")))
    assert scored("citations", saying(both)) == missed("cites gone#1, which does not exist")


@pytest.mark.parametrize("name", ["citations", "grounding"])
def test_where_no_fact_is_stated_none_is_looked_at(name: str) -> None:
    score = scored(name, replied("Hello."))
    assert (score.value, score.explanation) == (None, "states no fact")


TOY = Grounds(passage=known_passages, embed=ToyEmbedder().embed)
"""With an embedder, the product's own checker looks as well."""


@pytest.mark.parametrize("grounds", [Grounds(passage=known_passages), TOY])
@pytest.mark.parametrize(
    "text", ["The water filter lasts 90 days.", "Your water filter lasts 90 days."]
)
def test_what_the_source_says_is_grounded(text: str, grounds: Grounds) -> None:
    assert scored("grounding", saying(a_fact(text)), grounds) == ALL_MET


@pytest.mark.parametrize("grounds", [Grounds(passage=known_passages), TOY])
@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        (a_fact("The water filter lasts 99 days."), "says 99, which its sources do not"),
        (
            a_fact("Every parcel travels insured through mountains."),
            "shares 0 of 6 words with its sources",
        ),
        (BARE, "has no source"),
        (a_fact(citations=(a_citation(passage_id="gone#1"),)), "has no source"),
        (a_fact(support="unsupported"), "is said to be unsupported"),
        (a_fact(flags=("changed_value",)), "is flagged for a changed value"),
    ],
)
def test_what_the_source_does_not_say_is_not_grounded(
    sentence: Sentence, why: str, grounds: Grounds
) -> None:
    score = scored("grounding", saying(sentence), grounds)
    assert score.value == 0
    assert why in score.explanation


def test_a_sentence_that_shares_words_and_says_the_contrary_needs_the_checker() -> None:
    contrary = saying(a_fact("The water filter never lasts 90 days."))
    assert value("grounding", contrary) == 1
    assert scored("grounding", contrary, TOY).value == 0


def test_each_fact_counts() -> None:
    assert value("grounding", saying(a_fact(), BARE)) == 0.5


def test_a_quote_of_a_passage_is_always_grounded() -> None:
    for quote in FILTER.text.split("\n"):
        fact = a_fact(quote, citations=(a_citation(quote),))
        assert scored("grounding", saying(fact), TOY) == ALL_MET


CALL = a_draft(a_sentence("We will call you on Monday.", "promise"))
MONDAY = NOW + timedelta(days=3)


def promising(draft: Draft = CALL, **fields: Any) -> Suggestion:
    """A suggestion that lists one promise, due on Monday unless told."""
    promise = a_promise().model_copy(update={"due": MONDAY} | fields)
    return a_suggestion(draft=draft, promises=(promise,))


def test_a_promise_is_listed_made_and_dated() -> None:
    assert scored("promises", promising()) == ALL_MET
    assert scored("promises", promising(due=NOW)) == ALL_MET


def test_where_nothing_is_promised_nothing_is_looked_at() -> None:
    score = scored("promises", a_suggestion())
    assert (score.value, score.explanation) == (None, "promises nothing")


@pytest.mark.parametrize(
    ("suggestion", "why"),
    [
        (a_suggestion(draft=CALL), "promised and not listed: “We will call you on Monday.”"),
        (promising(a_draft(a_fact())), "listed and not promised: “We will call you on Monday.”"),
        (promising(due=None), "has no day: “We will call you on Monday.”"),
        (
            promising(due=NOW - timedelta(hours=1)),
            "was due before it was made: “We will call you on Monday.”",
        ),
    ],
)
def test_a_promise_nobody_can_keep_account_of_is_named(suggestion: Suggestion, why: str) -> None:
    score = scored("promises", suggestion)
    assert score.value is not None
    assert score.value < 1
    assert score.explanation == why


def expecting(**expected: str) -> CaseScore:
    """How well a call on Monday meets an expected promise."""
    return scored("promises", promising(), promises=[expected])


def test_an_expected_promise_is_made_in_time() -> None:
    assert expecting(words="call", by="2026-11-23") == ALL_MET
    assert expecting(words="write|call") == ALL_MET


def test_an_expected_promise_that_is_late_or_missing_outweighs_the_account() -> None:
    late = expecting(words="call", by="2026-11-22")
    assert late.explanation == "does not promise “call” by 2026-11-22, only for 2026-11-23"
    assert expecting(words="refund").explanation == "does not promise “refund”"
    assert late.value == 0


def test_an_expected_promise_where_nothing_is_promised_is_zero_and_not_unscored() -> None:
    score = scored("promises", a_suggestion(), promises=[{"words": "call"}])
    assert score == missed("does not promise “call”")


def test_what_must_not_be_promised_outweighs_the_account() -> None:
    assert scored("promises", promising(), no_promises=["refund"]) == ALL_MET
    assert scored("promises", promising(), no_promises=["call"]) == missed("promises “call”")
