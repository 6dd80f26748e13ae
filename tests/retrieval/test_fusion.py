from hypothesis import given
from hypothesis import strategies as st

from assist.retrieval.fusion import TRUST, Found, fuse, weight_of_words

SCORES = st.none() | st.floats(0, 40, allow_nan=False)
COSINES = st.none() | st.floats(-1, 1, allow_nan=False)
SHARES = st.floats(0, 1, allow_nan=False)


@st.composite
def found(draw: st.DrawFn) -> list[Found]:
    ids = draw(st.lists(st.text("abcdef", min_size=1, max_size=3), unique=True, max_size=12))
    return [Found(passage_id=i, dense=draw(COSINES), lexical=draw(SCORES)) for i in ids]


@given(found(), SHARES, st.randoms())
def test_fusion_does_not_depend_on_the_order_of_its_input(
    passages: list[Found], share: float, shuffler: object
) -> None:
    shuffled = list(passages)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]

    assert fuse(passages, share) == fuse(shuffled, share)


@given(found(), SHARES)
def test_every_passage_comes_out_once_best_first_with_a_score_between_0_and_1(
    passages: list[Found], share: float
) -> None:
    fused = fuse(passages, share)

    assert sorted(f.passage_id for f in fused) == sorted(p.passage_id for p in passages)
    assert all(0 <= f.score <= 1 for f in fused)
    assert [f.score for f in fused] == sorted((f.score for f in fused), reverse=True)


@given(found(), SHARES, st.floats(0.01, 0.5))
def test_a_passage_that_is_likelier_in_meaning_never_sinks(
    passages: list[Found], share: float, gain: float
) -> None:
    if not passages:
        return
    raised = passages[0].model_copy(update={"dense": (passages[0].dense or 0.0) + gain})

    def place(candidates: list[Found]) -> int:
        return [f.passage_id for f in fuse(candidates, share)].index(raised.passage_id)

    assert place([raised, *passages[1:]]) <= place(passages)


@given(SHARES, SHARES)
def test_words_weigh_more_the_more_of_the_rare_words_their_best_match_holds(
    one: float, other: float
) -> None:
    low, high = sorted((one, other))

    assert 0 <= weight_of_words(low) <= weight_of_words(high) < 1


def test_where_words_share_little_meaning_ranks() -> None:
    near = Found(passage_id="near", dense=0.8)
    wordy = Found(passage_id="wordy", dense=0.4, lexical=9.0)

    assert [f.passage_id for f in fuse([near, wordy], 0.3)] == ["near", "wordy"]
    assert [f.passage_id for f in fuse([near, wordy], 1.0)] == ["wordy", "near"]


def test_without_any_match_by_words_the_order_is_that_of_meaning() -> None:
    fused = fuse([Found(passage_id="b", dense=0.2), Found(passage_id="a", dense=0.9)], 0.0)

    assert [f.passage_id for f in fused] == ["a", "b"]


def test_a_full_match_in_words_beats_a_moderate_likeness_in_meaning() -> None:
    fused = fuse(
        [
            Found(passage_id="alike", dense=0.5),
            Found(passage_id="code", dense=0.3, lexical=12.0),
            Found(passage_id="partly", dense=0.3, lexical=1.0),
        ],
        1.0,
    )

    words = weight_of_words(1.0, TRUST)
    assert [f.passage_id for f in fused] == ["code", "alike", "partly"]
    assert fused[0].score == (1 - words) * 0.3 + words
    assert [(f.dense_rank, f.lexical_rank) for f in fused] == [(2, 1), (1, None), (3, 2)]


def test_equal_passages_come_in_order_of_their_ids() -> None:
    fused = fuse([Found(passage_id=i, dense=0.5, lexical=2.0) for i in ("c", "a", "b")], 0.7)

    assert [f.passage_id for f in fused] == ["a", "b", "c"]


def test_nothing_found_fuses_to_nothing() -> None:
    assert fuse([], 0.5) == ()
