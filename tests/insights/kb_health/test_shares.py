"""Small numbers are told as counts, and faults that many see come first."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assist.domain.kb_health import FEW, ArticleHealth, Fault, Share
from assist.insights.kb_health.attention import with_attention
from assist.service.kb_health.tables import short


@given(of=st.integers(0, 500), part=st.floats(0, 1))
def test_the_interval_holds_what_was_seen_and_narrows_with_more(of: int, part: float) -> None:
    share = Share(count=round(part * of), of=of)
    low, high = share.interval
    tenfold = Share(count=10 * share.count, of=10 * of).interval

    assert 0 <= low <= high <= 1
    assert of == 0 or low - 1e-9 <= share.count / of <= high + 1e-9
    assert tenfold[1] - tenfold[0] <= high - low


@given(of=st.integers(1, FEW - 1))
def test_a_few_are_never_told_as_a_rate(of: int) -> None:
    share = Share(count=of, of=of)

    assert share.rate is None
    assert "%" not in share.says + short(share)


def an_article(**changes: object) -> ArticleHealth:
    """Nothing speaks against it."""
    none = Share(count=0, of=0)
    given = {"document_id": "a", "title": "A", "shown": 8, "taken": none, "solved": none}
    return ArticleHealth.model_validate(given | changes)


def test_the_same_fault_wants_more_attention_where_more_see_it() -> None:
    fault = (Fault(kind="contradictory", message="it says 5 and 9 days"),)
    seldom, often = (with_attention(an_article(faults=fault, shown=n), 99) for n in (1, 50))

    assert 0 < seldom.attention < often.attention
    assert seldom.reasons == often.reasons == ("it contradicts another article or itself",)


def test_what_works_wants_no_review() -> None:
    works = an_article(taken=Share(count=19, of=20), review_due=date(2030, 1, 1))

    assert with_attention(works, 99).reasons == ()


def test_an_article_that_fails_for_sure_is_told_with_its_numbers() -> None:
    fails = with_attention(an_article(solved=Share(count=2, of=20)), 99)

    assert fails.reasons == ("solved: 10% of 20 (3% to 30%)",)


def test_an_open_gap_is_a_reason_to_look() -> None:
    one, two = (with_attention(an_article(gaps=gaps), 9) for gaps in (("g",), ("g", "h")))

    assert (one.reasons, two.reasons) == (("1 open gap names it",), ("2 open gaps name it",))
