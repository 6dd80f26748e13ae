"""The contract of `LexicalIndex`: every index passes it, the fake too."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assist.errors import StoreUnavailable
from tests.builders import a_passage

HUB = a_passage("Hold the button of the hub for ten seconds.", document_id="hub")
PLUG = a_passage("The plug shows error E-217 when it gets too warm.", document_id="plug")
CAMERA = a_passage("The camera shows error E-218 in the rain.", document_id="camera")
RULE = a_passage("Buttons are never refunded.", document_id="rule", kind="policy")
ALL = (HUB, PLUG, CAMERA, RULE)
QUERY_LANGUAGE = [
    "body:hub AND -plug",
    '"hold the',
    "hub~2 (",
    "[a TO b]",
    "*",
    "kind:policy",
    "\\",
]


class LexicalIndexContract:
    """Subclasses give the fixture `index`: an empty one."""

    def ids(self, index, text, kind="kb", limit=10):
        return [passage_id for passage_id, _ in index.search("g1", kind, text, limit)]

    def test_the_passage_with_the_words_of_the_query_comes_first(self, index):
        index.build("g1", ALL)
        hits = index.search("g1", "kb", "which button of the hub do I hold", 10)
        assert hits[0][0] == HUB.id
        assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)

    def test_other_forms_of_a_word_find_it(self, index):
        index.build("g1", ALL)
        assert self.ids(index, "holding buttons") == [HUB.id]

    @pytest.mark.parametrize("code", ["E-217", "e217", "E_217", "(E‑217)", "e-217."])
    def test_a_code_finds_its_passage_however_it_is_written(self, index, code):
        index.build("g1", ALL)
        assert self.ids(index, f"what is {code}")[0] == PLUG.id

    def test_a_passage_without_any_word_of_the_query_is_not_found(self, index):
        index.build("g1", ALL)
        assert self.ids(index, "mortgage") == []

    def test_each_kind_is_a_pool_of_its_own(self, index):
        index.build("g1", ALL)
        assert self.ids(index, "button") == [HUB.id]
        assert self.ids(index, "button", kind="policy") == [RULE.id]
        assert self.ids(index, "button", kind="precedent") == []

    def test_titles_and_headings_are_searched(self, index):
        passage = a_passage("Press it.", title="Thermostat", headings=("Warranty",))
        index.build("g1", [passage])
        assert self.ids(index, "thermostat") == self.ids(index, "warranty") == [passage.id]

    @pytest.mark.parametrize("text", ["", "   ", "!?…", "😀", "\ud83d", "\x00", *QUERY_LANGUAGE])
    def test_marks_in_a_query_are_only_marks(self, index, text):
        index.build("g1", ALL)
        assert set(self.ids(index, text)) <= {p.id for p in ALL if p.kind == "kb"}

    @settings(
        max_examples=30,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
    def test_any_text_can_be_indexed_and_asked_for(self, index, text):
        passage = a_passage(text, title="")
        index.build("g1", [passage, HUB])
        found = self.ids(index, text)
        assert passage.id in found or not index.rarity("g1", text)
        assert all(0 <= value < 1 for value in index.rarity("g1", text).values())

    @pytest.mark.parametrize(("limit", "found"), [(0, 0), (1, 1), (2, 2), (10**9, 2)])
    def test_no_more_come_than_asked_for_or_are_there(self, index, limit, found):
        index.build("g1", ALL)
        assert len(self.ids(index, "error", limit=limit)) == found

    def test_equal_passages_come_in_order_of_id(self, index):
        index.build("g1", [a_passage("same text", document_id=name) for name in ("b", "c", "a")])
        assert self.ids(index, "same") == ["a#1", "b#1", "c#1"]

    def test_a_term_is_rarer_the_fewer_passages_hold_it(self, index):
        index.build("g1", ALL)
        rarity = index.rarity("g1", "The errors of a hub and its mortgage, E-217 and E-999")
        assert rarity.keys() == {"error", "hub", "mortgag", "e217", "e999"}
        assert rarity["mortgag"] == rarity["e999"] == 1.0
        assert 0 < rarity["error"] < rarity["hub"] == rarity["e217"] < 1

    def test_a_term_in_every_passage_is_not_rare(self, index):
        index.build("g1", [a_passage("hub", document_id=name) for name in "ab"])
        assert index.rarity("g1", "hubs") == {"hub": 0.0}

    def test_function_words_are_no_terms(self, index):
        index.build("g1", ALL)
        assert index.rarity("g1", "How do I do this, please?") == {}

    def test_in_an_empty_generation_nothing_is_found_and_everything_is_rare(self, index):
        index.build("g1", [])
        assert index.has("g1")
        assert self.ids(index, "hub") == []
        assert index.rarity("g1", "hub") == {"hub": 1.0}

    def test_generations_do_not_mix(self, index):
        index.build("g1", [HUB])
        index.build("g2", [PLUG])
        assert self.ids(index, "hub plug") == [HUB.id]
        assert index.search("g2", "kb", "hub plug", 5)[0][0] == PLUG.id

    def test_building_a_generation_again_replaces_it(self, index):
        index.build("g1", [HUB])
        assert self.ids(index, "hub plug") == [HUB.id]
        index.build("g1", [PLUG])
        assert self.ids(index, "hub plug") == [PLUG.id]

    def test_dropping_keeps_what_is_named_and_no_other(self, index):
        for generation in ("g1", "g2", "g3"):
            index.build(generation, ALL)
        index.drop(["g1"])
        assert [index.has(generation) for generation in ("g1", "g2", "g3")] == [True, False, False]
        assert self.ids(index, "hub") == [HUB.id]

    def test_what_was_never_built_is_unavailable_and_not_empty(self, index):
        assert not index.has("g1")
        with pytest.raises(StoreUnavailable):
            index.search("g1", "kb", "hub", 5)
        with pytest.raises(StoreUnavailable):
            index.rarity("g1", "hub")
