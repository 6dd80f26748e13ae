"""What every suggestion must hold, one breach at a time."""

from datetime import date

import pytest

from assist.domain.knowledge import Passage
from assist.domain.suggestion import Suggestion
from evals.scorers import SCORERS
from evals.scorers.grounds import Grounds
from tests.builders import a_passage
from tests.evals.builders import (
    FILTER,
    GROUNDS,
    STAFF,
    a_candidate,
    a_case,
    a_citation,
    a_draft,
    a_fact,
    a_promise,
    a_sentence,
    a_suggestion,
    an_abstained_suggestion,
    an_abstention,
    an_issue,
)


def breaches(suggestion: Suggestion) -> str:
    """Why integrity is broken; empty where it is not."""
    score = SCORERS["integrity"].score(a_case(), suggestion, GROUNDS)
    assert (score.value == 1) == (score.explanation == "")
    return score.explanation


@pytest.mark.parametrize("suggestion", [a_suggestion(), an_abstained_suggestion()])
def test_what_is_in_order_has_no_breach(suggestion: Suggestion) -> None:
    assert breaches(suggestion) == ""


def test_a_quote_is_verbatim_with_white_space_folded() -> None:
    folded = a_citation("lasts 90 days. Rinse it")
    assert breaches(a_suggestion(draft=a_draft(a_fact(citations=(folded,))))) == ""


@pytest.mark.parametrize(
    ("citation", "breach"),
    [
        (a_citation("The water filter lasts 60 days."), "not verbatim in filter#1"),
        (a_citation("the water filter"), "not verbatim in filter#1"),
        (a_citation(" "), "an empty quote from filter#1"),
        (a_citation(passage_id="gone#1"), "cites gone#1, which does not exist"),
        (a_citation(document_id="hours"), "filter#1 is of filter, not hours"),
    ],
)
def test_a_citation_that_does_not_hold_is_a_breach(citation: object, breach: str) -> None:
    cited = a_fact(citations=(citation,))
    assert breach in breaches(a_suggestion(draft=a_draft(cited)))
    candidate = a_candidate(citations=(citation,))
    assert breach in breaches(a_suggestion(candidates=(candidate,)))


def test_a_fact_without_a_citation_is_a_breach() -> None:
    bare = a_fact(citations=())
    assert "fact without citation" in breaches(a_suggestion(draft=a_draft(bare)))


def test_an_internal_passage_informs_a_candidate_and_is_never_quoted_to_the_customer() -> None:
    internal = a_citation("Refund at once.", passage_id=STAFF.id, document_id="staff")
    assert breaches(a_suggestion(candidates=(a_candidate(citations=(internal,)),))) == ""
    quoted = a_suggestion(draft=a_draft(a_fact("Refund at once.", citations=(internal,))))
    assert breaches(quoted) == "cites internal kb passage staff#1 to the customer"


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ({"effective": date(2026, 11, 20)}, 1.0),
        ({"effective": date(2026, 11, 21)}, 0.0),
        ({"expires": date(2026, 11, 21)}, 1.0),
        ({"expires": date(2026, 11, 20)}, 0.0),
    ],
)
def test_a_cited_passage_is_in_force_on_the_day_of_the_ticket(
    fields: dict[str, date], value: float
) -> None:
    passage = a_passage(FILTER.text, document_id="filter", **fields)

    def only(_: str) -> Passage:
        return passage

    score = SCORERS["integrity"].score(a_case(), a_suggestion(), Grounds(passage=only))
    assert score.value == value


def test_choice_and_abstention_exclude_each_other() -> None:
    both = an_issue(abstention=an_abstention())
    assert "s-1 has both of choice and abstention" in breaches(a_suggestion(issue=both))
    neither = an_issue(choice=None)
    assert "i1 has neither of choice and abstention" in breaches(a_suggestion(issue=neither))


def test_the_chosen_candidate_exists() -> None:
    suggestion = a_suggestion(candidates=())
    assert breaches(suggestion) == "i1 chooses i1.c1, which is no candidate"


def test_an_abstention_states_no_fact() -> None:
    suggestion = an_abstained_suggestion().model_copy(update={"draft": a_draft(a_fact())})
    assert "abstains, yet states" in breaches(suggestion)


def test_facts_may_answer_one_issue_beside_an_abstention_on_another() -> None:
    open_issue = an_issue(id="i2", choice=None, abstention=an_abstention())
    assert breaches(a_suggestion(issues=(an_issue(), open_issue))) == ""


def test_every_sentence_stands_in_the_text_of_the_draft() -> None:
    draft = a_draft(a_fact()).model_copy(update={"text": "Hello."})
    assert "not in the draft's text" in breaches(a_suggestion(draft=draft))


def test_an_empty_draft_is_a_breach() -> None:
    assert breaches(a_suggestion(draft=a_draft())) == "the draft is empty"


def test_a_promise_stands_in_a_sentence_of_its_kind() -> None:
    said = a_sentence("We will call you on Monday.", "promise")
    kept = a_suggestion(draft=a_draft(said), promises=(a_promise(),))
    assert breaches(kept) == ""
    as_courtesy = a_draft(a_sentence("We will call you on Monday.", "courtesy"))
    unsaid = a_suggestion(draft=as_courtesy, promises=(a_promise(),))
    assert "no promise sentence says" in breaches(unsaid)
    lost = a_suggestion(draft=a_draft(said))
    assert "not among the promises" in breaches(lost)


def test_every_issue_has_a_priority() -> None:
    second = an_issue(id="i2", priority=None)
    assert breaches(a_suggestion(issues=(an_issue(), second))) == "i2 has no priority"
