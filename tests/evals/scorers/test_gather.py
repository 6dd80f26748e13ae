"""Gather, scored: what the searches found, what the reply rests on, what is asked."""

import math

import pytest

from assist.domain.knowledge import Hit, Passage
from assist.domain.suggestion import Question, Suggestion
from assist.domain.verdict import Verdict
from evals.scorers.grounds import Grounds
from tests.builders import a_passage
from tests.evals.builders import (
    FILTER,
    STAFF,
    a_candidate,
    a_citation,
    a_draft,
    a_fact,
    a_hit_on,
    a_sentence,
    a_suggestion,
    known_passages,
)
from tests.evals.scorers.scoring import ALL_MET, missed, scored, value
from tests.policies.rules import a_clause, a_policy, rules


def found(*passages: Passage) -> Suggestion:
    """A suggestion whose searches found these passages, the best first."""
    return a_suggestion(hits=tuple(_hit(one, 1 - at / 100) for at, one in enumerate(passages)))


def _hit(passage: Passage, score: float) -> Hit:
    return a_hit_on(passage).model_copy(update={"score": score})


def articles(*names: str, kind: str = "kb") -> list[Passage]:
    return [a_passage(f"About {name}.", document_id=name, kind=kind) for name in names]


GRADED = {"a": 3, "b": 2, "gone": 1}
"""`a` answers it, `b` is needed beside, `gone` is found by nobody."""
DCG = 3 / math.log2(2) + 2 / math.log2(4)
IDEAL = 3 / math.log2(2) + 2 / math.log2(3) + 1 / math.log2(4)


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        ("retrieval_recall", 2 / 3),
        ("retrieval_ndcg", DCG / IDEAL),
        ("retrieval_mrr", 1.0),
        ("retrieval_map", (1 / 1 + 2 / 3) / 3),
    ],
)
def test_retrieval_metrics_agree_with_what_is_reckoned_by_hand(name: str, by_hand: float) -> None:
    suggestion = found(*articles("a", "x", "b", "y"))
    score = scored(name, suggestion, gold=GRADED)
    assert score.value == pytest.approx(by_hand)
    assert score.explanation == "not among the hits: gone"


@pytest.mark.parametrize(
    ("name", "by_hand"),
    [
        ("retrieval_recall", 1.0),
        ("retrieval_ndcg", 1 / math.log2(3)),
        ("retrieval_mrr", 1 / 2),
        ("retrieval_map", 1 / 2),
    ],
)
def test_gold_at_the_second_place_by_hand(name: str, by_hand: float) -> None:
    suggestion = found(*articles("x", "a"))
    assert value(name, suggestion, gold={"a": 3}) == pytest.approx(by_hand)


def test_recall_and_ndcg_look_at_ten_places_and_the_others_further() -> None:
    eleventh = found(*articles(*(f"x{at}" for at in range(10)), "a"))
    recall = scored("retrieval_recall", eleventh, gold={"a": 3})
    assert recall == missed("low among the hits: a (11)")
    assert value("retrieval_ndcg", eleventh, gold={"a": 3}) == 0
    assert value("retrieval_mrr", eleventh, gold={"a": 3}) == pytest.approx(1 / 11)
    assert value("retrieval_map", eleventh, gold={"a": 3}) == pytest.approx(1 / 11)


@pytest.mark.parametrize(
    "name", ["retrieval_recall", "retrieval_ndcg", "retrieval_mrr", "retrieval_map"]
)
def test_a_search_that_finds_only_the_gold_is_perfect_and_one_that_finds_none_is_zero(
    name: str,
) -> None:
    assert scored(name, found(*articles("a", "b")), gold={"a": 3, "b": 2}) == ALL_MET
    nothing = scored(name, a_suggestion(), gold={"a": 3, "b": 2})
    assert nothing == missed("not among the hits: a, b")


def test_a_reference_counts_once_at_its_first_passage() -> None:
    second = a_passage("More about a.", document_id="a", id="a#2")
    twice = found(*articles("a"), second, *articles("b"))
    assert value("retrieval_map", twice, gold={"a": 3, "b": 3}) == 1


def test_a_heading_means_only_what_stands_below_it() -> None:
    other = a_passage("Rinse it.", document_id="a", id="a#1", headings=("Cleaning",))
    below = a_passage("It lasts.", document_id="a", id="a#2", headings=("Changing it",))
    suggestion = found(other, below)
    assert value("retrieval_mrr", suggestion, gold={"a#Changing it": 3}) == 0.5
    assert value("retrieval_mrr", suggestion, gold={"a": 3}) == 1


def test_articles_and_policies_are_ranked_apart() -> None:
    clause = articles("returns", kind="policy")
    suggestion = found(*articles("a"), *clause)
    assert value("retrieval_mrr", suggestion, gold={"a": 3, "returns": 3}) == 1


def test_a_policy_that_was_not_found_costs_the_search_for_policies_and_no_other() -> None:
    company = rules(a_policy(a_clause()))
    grounds = Grounds(passage=known_passages, rules=company)
    gold = {"a": 3, "returns": 3}
    score = scored("retrieval_ndcg", found(*articles("a")), grounds, gold=gold)
    assert score.value == pytest.approx(1 / 2)


def test_a_document_that_must_not_be_cited_is_all_that_a_case_may_state() -> None:
    assert scored("evidence", a_suggestion(), never_documents=["staff"]) == ALL_MET
    assert scored("evidence", a_suggestion(), never_documents=["filter"]) == missed("cites filter")


def test_one_of_several_documents_is_enough_evidence() -> None:
    assert scored("evidence", a_suggestion(), documents=["hours", "filter"]) == ALL_MET


def test_an_internal_document_that_was_found_is_evidence_only_where_nothing_is_told() -> None:
    silent = found(STAFF).model_copy(update={"draft": a_draft()})
    assert scored("evidence", silent, documents=["staff"]) == ALL_MET
    telling = scored("evidence", found(STAFF), documents=["staff"])
    assert telling == missed("none of staff; rests on filter")


def test_a_customer_document_that_was_only_found_is_no_evidence() -> None:
    silent = a_suggestion(hits=(a_hit_on(FILTER),), draft=a_draft())
    assert scored("evidence", silent, documents=["filter"]) == missed(
        "none of filter; rests on nothing"
    )


def test_a_document_behind_the_chosen_candidate_is_evidence() -> None:
    behind = a_candidate(citations=(a_citation(),))
    silent = a_suggestion(candidates=(behind,), draft=a_draft())
    assert scored("evidence", silent, documents=["filter"]) == ALL_MET
    passed_over = behind.model_copy(update={"id": "i1.c2"})
    silent = a_suggestion(candidates=(a_candidate(), passed_over), draft=a_draft())
    assert value("evidence", silent, documents=["filter"]) == 0


def test_a_policy_that_decides_on_what_is_chosen_is_evidence() -> None:
    grounds = Grounds(passage=known_passages, rules=rules(a_policy(a_clause())))
    policy = next(iter(grounds.rules.policies)) if grounds.rules else None
    assert policy is not None
    verdict = Verdict(value="allowed", clauses=(policy.clauses[0].id,))
    decided = a_candidate().model_copy(update={"verdict": verdict})
    silent = a_suggestion(candidates=(decided,), draft=a_draft())
    assert scored("evidence", silent, grounds, documents=[policy.id]) == ALL_MET
    assert scored("evidence", silent, documents=[policy.id]).value == 0


def test_a_document_that_must_not_be_cited_outweighs_the_right_ones() -> None:
    both = {"documents": ["filter"], "never_documents": ["filter-old"]}
    assert scored("evidence", a_suggestion(), **both) == ALL_MET
    old = a_fact(citations=(a_citation(document_id="filter-old"),))
    wrong = a_suggestion(draft=a_draft(a_fact(), old))
    assert scored("evidence", wrong, **both) == missed("cites filter-old")


def asking(**fields: str) -> Suggestion:
    """A suggestion that asks for one fact."""
    given = {"fact": "jug.model", "text": "Which jug do you have?", "settles": "which filter"}
    return a_suggestion(questions=(Question(**(given | fields)),))


@pytest.mark.parametrize("asked", ["jug.model", "WHICH JUG", "do you have", "jug.age|jug.model"])
def test_a_question_is_known_by_its_fact_or_its_words(asked: str) -> None:
    assert scored("questions", asking(), asks=[asked]) == ALL_MET


def test_a_question_in_the_reply_counts_though_it_is_not_listed() -> None:
    reply = a_draft(a_fact(), a_sentence("Which jug do you have?", "question"))
    assert scored("questions", a_suggestion(draft=reply), asks=["which jug"]) == ALL_MET


def test_a_question_that_is_not_asked_is_named_beside_those_that_are() -> None:
    nothing = scored("questions", a_suggestion(), asks=["order.id"])
    assert nothing == missed("does not ask order.id; asks nothing")
    other = scored("questions", asking(), asks=["order.id"])
    assert other == missed("does not ask order.id; asks jug.model")


def test_what_was_told_must_not_be_asked() -> None:
    told = scored("questions", asking(), never_asks=["jug.model"])
    assert told == missed("asks jug.model, which the ticket tells")
    assert scored("questions", a_suggestion(), never_asks=["jug.model"]) == ALL_MET
