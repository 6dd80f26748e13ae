import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.domain.draft import Citation
from assist.drafting.conflicts import conflict_among, contradict


def cite(document_id: str, quote: str) -> Citation:
    return Citation(passage_id=f"{document_id}#1", document_id=document_id, quote=quote)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("You can return a device within 30 days.", "You can return the device within 14 days."),
        ("A label costs $7.00 per parcel.", "A label costs £5.00 per parcel."),
    ],
)
def test_the_same_words_with_other_figures_contradict(one: str, other: str) -> None:
    assert contradict(one, other)
    assert contradict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Standard delivery takes 5 days.", "Express orders reach you in 1 day."),
        ("You can return a device within 30 days.", "You can return a device within 30 days."),
        ("The light is green.", "The light is red."),
        ("Press it for 5 seconds.", "The warranty lasts 2 years."),
        ("10", "20"),
    ],
)
def test_different_things_do_not_contradict(one: str, other: str) -> None:
    assert not contradict(one, other)


@given(st.text(max_size=60))
def test_nothing_contradicts_itself(text: str) -> None:
    assert not contradict(text, text)


def test_one_document_may_name_two_figures() -> None:
    quotes = (cite("a", "A refund takes 5 days here."), cite("a", "A refund takes 9 days here."))
    assert conflict_among(quotes[:1], quotes[1:]) is None
    found = conflict_among(quotes[:1], (cite("b", "A refund takes 9 days here."),))
    assert found is not None
    assert "(a)" in str(found)
    assert "(b)" in str(found)
