import itertools

from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.parts import PARTS, parts
from tests.builders import a_passage

TEXTS = st.text(alphabet="ab .!?\n,A1", min_size=1, max_size=200)


def read(passage):
    return [passage.reading[start:end] for start, end in parts(passage)]


def test_title_and_headings_are_a_part_of_their_own_and_sentences_share_the_rest():
    passage = a_passage("One. Two. Three. Four. Five. Six.", title="Reset", headings=("Hub",))

    assert read(passage) == ["Reset > Hub", "One.", "Two. Three.", "Four.", "Five. Six."]


def test_a_short_passage_has_a_part_for_each_sentence():
    assert read(a_passage("Hold it. Wait.", title="")) == ["Hold it.", "Wait."]


@given(TEXTS, st.sampled_from(["", "A title"]))
def test_parts_are_few_in_order_and_hold_every_character_of_the_text(text, title):
    passage = a_passage(text, title=title)
    found = parts(passage)

    assert 1 <= len(found) <= PARTS
    assert all(0 <= start < end <= len(passage.reading) for start, end in found)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))
    outside = [c for n, c in enumerate(passage.reading) if not any(a <= n < b for a, b in found)]
    assert not "".join(outside).strip()
