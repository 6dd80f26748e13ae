"""The contract of `LexicalIndex`: every index passes it, the fake too."""

import numpy as np
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
SPREAD = (
    a_passage("The hub is white.", document_id="look"),
    a_passage("The hub starts blinking.", document_id="cut"),
    a_passage("It stops a minute after a power cut.", document_id="cut"),
)
"""Two documents, the second in two passages."""
QUERY_LANGUAGE = [
    "body:hub AND -plug",
    '"hold the',
    "hub~2 (",
    "[a TO b]",
    "*",
    "row:1",
    "\\",
    "'; DROP TABLE passages; --",
    "<b>hub</b> <script>",
]
WORDLESS = ["", "   ", "!?…", "😀", "👩‍🔧🔧", "\ud83d", "\x00", "\u2028"]


def everywhere(count):
    """The runs that keep every row."""
    return ((0, count),) if count else ()


class LexicalIndexContract:
    """Subclasses give the fixture `index`: an empty one."""

    def rows(self, index, text, limit=10, within=((0, 4),)):
        return index.search("g1", text, limit, within).rows.tolist()

    def test_the_passage_with_the_words_of_the_query_comes_first(self, index):
        index.build("g1", ALL)
        found = index.search("g1", "which button of the hub do I hold", 10, ((0, 4),))
        assert found.rows[0] == 0
        assert found.rows.dtype == np.int64
        assert found.scores.dtype == np.float32
        assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)

    def test_other_forms_of_a_word_find_it(self, index):
        index.build("g1", ALL)
        assert self.rows(index, "holding button")[0] == 0

    @pytest.mark.parametrize("code", ["E-217", "e217", "E_217", "(E‑217)", "e-217.", "Ｅ－２１７"])
    def test_a_code_finds_its_passage_however_it_is_written(self, index, code):
        index.build("g1", ALL)
        assert self.rows(index, f"what is {code}")[0] == 1

    def test_a_passage_without_any_word_of_the_query_is_not_found(self, index):
        index.build("g1", ALL)
        assert self.rows(index, "mortgage") == []

    @pytest.mark.parametrize(
        ("within", "found"),
        [
            ((), []),
            (((0, 1),), [0]),
            (((0, 1), (3, 4)), [0, 3]),
            (((1, 3),), []),
            (((1, 4),), [3]),
            (((0, 4),), [0, 3]),
        ],
    )
    def test_only_rows_within_the_runs_are_found(self, index, within, found):
        index.build("g1", ALL)
        assert sorted(self.rows(index, "button", within=within)) == found

    def test_a_filter_changes_no_score(self, index):
        index.build("g1", ALL)
        whole = index.search("g1", "error of the plug", 4, ((0, 4),))
        part = index.search("g1", "error of the plug", 4, ((1, 2),))
        assert part.rows.tolist() == [1]
        assert part.scores[0] == pytest.approx(whole.scores[whole.rows.tolist().index(1)], abs=1e-4)

    def test_titles_and_headings_are_searched(self, index):
        passage = a_passage("Press it.", title="Thermostat", headings=("Warranty",))
        index.build("g1", [passage])
        assert self.rows(index, "thermostat", within=((0, 1),)) == [0]
        assert self.rows(index, "warranty", within=((0, 1),)) == [0]

    @pytest.mark.parametrize("text", [*WORDLESS, *QUERY_LANGUAGE])
    def test_marks_in_a_query_are_only_marks(self, index, text):
        index.build("g1", ALL)
        found = self.rows(index, text)
        assert set(found) <= {0, 1, 2, 3}
        assert not (found and text in WORDLESS)

    def test_a_query_of_function_words_alone_finds_what_holds_them(self, index):
        index.build("g1", ALL)
        assert set(self.rows(index, "when is it for the too")) == {0, 1, 2}

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(
        text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
        language=st.sampled_from(["en", "de", "fr", "pt-BR", "ru", "ja", "th", "xx"]),
    )
    def test_any_text_can_be_indexed_and_asked_for(self, index, text, language):
        passage = a_passage(text, title="", language=language)
        index.build("g1", [passage, HUB])
        rarity = index.rarity("g1", text)
        assert 0 in self.rows(index, text, within=((0, 2),)) or not rarity
        assert all(0 <= value < 1 for value in rarity.values())

    @pytest.mark.parametrize(("limit", "found"), [(0, 0), (1, 1), (2, 2), (10**9, 2)])
    def test_no_more_come_than_asked_for_or_are_there(self, index, limit, found):
        index.build("g1", ALL)
        assert len(self.rows(index, "error", limit=limit)) == found

    def test_equal_passages_come_in_order_of_row(self, index):
        index.build("g1", [a_passage("same text", document_id=name) for name in "abcde"])
        assert self.rows(index, "same text", within=((0, 5),)) == [0, 1, 2, 3, 4]
        assert self.rows(index, "same text", limit=2, within=((1, 5),)) == [1, 2]

    def test_a_term_is_rarer_the_fewer_passages_hold_it(self, index):
        index.build("g1", ALL)
        rarity = index.rarity("g1", "The errors of a hub and its mortgage, E-217 and E-999")
        assert rarity.keys() == {"error", "hub", "mortgag", "e217", "e999"}
        assert rarity["mortgag"] == rarity["e999"] == 1.0
        assert 0 < rarity["error"] < rarity["hub"] == rarity["e217"] < 1

    def test_a_term_in_every_passage_is_not_rare(self, index):
        index.build("g1", [a_passage("hub", document_id=name) for name in "ab"])
        assert index.rarity("g1", "hubs") == {"hub": 0.0}

    @pytest.mark.parametrize("text", ["How do I do this, please?", "a 7 42 of", *WORDLESS])
    def test_what_says_nothing_about_a_subject_has_no_terms(self, index, text):
        index.build("g1", ALL)
        assert index.rarity("g1", text) == {}

    @pytest.mark.parametrize("text", [HUB.text, PLUG.text, "E-217 of the hubs, please", "🙂", ""])
    def test_the_terms_of_a_text_are_those_whose_rarity_is_told(self, index, text):
        index.build("g1", [*ALL, a_passage("Ihre Rechnungen.", document_id="de", language="de")])
        assert index.terms("g1", text) == index.rarity("g1", text).keys()

    def test_words_that_are_held_are_read_as_they_are(self, index):
        index.build("g1", ALL)
        assert dict(index.read_as("g1", "the hub and the plug")) == {}

    def test_in_an_empty_generation_nothing_is_found_and_everything_is_rare(self, index):
        index.build("g1", [])
        assert index.has("g1")
        assert self.rows(index, "hub", within=()) == []
        assert index.rarity("g1", "hub") == {"hub": 1.0}
        assert index.faults("g1") == ()

    def test_each_passage_is_found_by_the_stems_of_its_language(self, index):
        german = a_passage("Ihre Rechnungen liegen im Konto.", document_id="de", language="de")
        index.build("g1", [german, HUB])
        assert self.rows(index, "Rechnung", within=((0, 2),)) == [0]
        assert self.rows(index, "buttons", within=((0, 2),)) == [1]
        assert list(index.rarity("g1", "Rechnung button")) == ["rechnung", "button"]

    def test_what_was_built_from_passages_is_found_by_their_words(self, index):
        index.build("g1", [*ALL, a_passage("…"), HUB])
        seen = []
        everything = dict(enumerate([*ALL, a_passage("…"), HUB]))
        assert index.unfindable("g1", everything, lambda *step: seen.append(step)) == []
        assert seen[-1] == ("words", 6, 6)
        assert index.faults("g1") == ()

    def test_a_row_that_holds_another_passage_is_not_found_by_its_words(self, index):
        index.build("g1", [HUB, PLUG, CAMERA])
        stray = a_passage("Invoices arrive monthly.", title="Billing")
        assert index.unfindable("g1", {0: HUB, 1: stray}, lambda *step: None) == [1]

    def test_generations_do_not_mix(self, index):
        index.build("g1", [HUB])
        index.build("g2", [CAMERA, PLUG])
        assert self.rows(index, "hub plug", within=((0, 1),)) == [0]
        assert index.search("g2", "hub plug", 5, ((0, 2),)).rows.tolist() == [1]

    def test_building_a_generation_again_replaces_it(self, index):
        index.build("g1", [HUB])
        assert self.rows(index, "plug", within=((0, 1),)) == []
        index.build("g1", [PLUG])
        assert self.rows(index, "plug", within=((0, 1),)) == [0]

    def test_dropping_keeps_what_is_named_and_no_other(self, index):
        for generation in ("g1", "g2", "g3"):
            index.build(generation, ALL)
        index.drop(["g1"])
        assert [index.has(generation) for generation in ("g1", "g2", "g3")] == [True, False, False]
        assert self.rows(index, "hub") == [0]

    def test_what_was_never_built_is_unavailable_and_not_empty(self, index):
        assert not index.has("g1")
        assert index.faults("g1") != ()
        with pytest.raises(StoreUnavailable):
            index.search("g1", "hub", 5, ((0, 1),))
        with pytest.raises(StoreUnavailable):
            index.rarity("g1", "hub")
