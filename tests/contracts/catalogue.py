"""The contract of `Catalogue`: every catalogue passes it, the fake too."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assist.errors import StoreUnavailable
from assist.retrieval.rows import in_rows, scope_runs
from tests.builders import a_passage


def the_passages(document, count, **fields):
    """Passages of one document."""
    return [
        a_passage(f"{document} says {n}", document_id=document, id=f"{document}#{n}", position=n)
        .model_copy(update=fields)
        for n in range(count)
    ]  # fmt: skip


PASSAGES = in_rows(
    [
        *the_passages("hub", 3),
        *the_passages("plug", 2, language="de", regions=("EU",)),
        *the_passages("rule", 1, kind="policy"),
        *the_passages("cable", 1),
    ]
)
ODD_IDS = ["", " ", "a\u2028b", "a\nb", "\x00", "ключ", "😀#1", '"', "a/../b", "\x85", "x" * 5_000]


class CatalogueContract:
    """Subclasses give the fixture `catalogue`: an empty one."""

    def test_passages_read_back_as_they_were_given_in_the_order_asked_for(self, catalogue):
        catalogue.build("g1", PASSAGES)
        assert catalogue.count("g1") == len(PASSAGES)
        assert catalogue.passages("g1", range(len(PASSAGES))) == PASSAGES
        asked = np.array([4, 0, 4], np.int64)
        assert catalogue.passages("g1", asked) == tuple(PASSAGES[row] for row in (4, 0, 4))
        assert catalogue.passages("g1", []) == ()

    def test_a_passage_is_found_by_its_id_and_no_other_is(self, catalogue):
        catalogue.build("g1", PASSAGES)
        assert [catalogue.row("g1", p.id) for p in PASSAGES] == list(range(len(PASSAGES)))
        assert catalogue.row("g1", "hub#9") is None

    def test_a_document_is_its_rows_by_position(self, catalogue):
        catalogue.build("g1", PASSAGES)
        for name in ("hub", "plug", "rule", "cable"):
            rows = catalogue.document_rows("g1", name)
            held = catalogue.passages("g1", rows)
            assert {passage.document_id for passage in held} == {name}
            assert [passage.position for passage in held] == list(range(len(rows)))
        assert catalogue.document_rows("g1", "none") == ()

    def test_a_document_in_two_scopes_still_comes_by_position(self, catalogue):
        first, second, third = the_passages("hub", 3)
        second = second.model_copy(update={"audience": "internal"})
        catalogue.build("g1", in_rows([first, second, third]))
        held = catalogue.passages("g1", catalogue.document_rows("g1", "hub"))
        assert held == (first, second, third)

    def test_documents_are_numbered_in_order_of_their_first_row(self, catalogue):
        catalogue.build("g1", PASSAGES)
        ids, numbers = catalogue.document_ids("g1"), catalogue.document_numbers("g1")
        assert ids == tuple(dict.fromkeys(passage.document_id for passage in PASSAGES))
        assert numbers.dtype == np.int32
        assert [ids[number] for number in numbers] == [p.document_id for p in PASSAGES]

    def test_scopes_cover_all_rows(self, catalogue):
        catalogue.build("g1", PASSAGES)
        assert catalogue.scopes("g1") == scope_runs(PASSAGES)

    @pytest.mark.parametrize("row", [-1, len(PASSAGES), 10**9])
    def test_a_row_that_is_not_there_is_an_error(self, catalogue, row):
        catalogue.build("g1", PASSAGES)
        with pytest.raises(IndexError):
            catalogue.passages("g1", [row])

    @pytest.mark.parametrize("name", ODD_IDS)
    def test_ids_may_be_any_text(self, catalogue, name):
        odd = a_passage("Text\u2028 of\r\n two \x85 lines", id=name, document_id=name)
        catalogue.build("g1", in_rows([*PASSAGES, odd]))
        row = catalogue.row("g1", name)
        assert catalogue.passages("g1", [row]) == (odd,)
        assert catalogue.document_rows("g1", name) == (row,)
        assert name in catalogue.document_ids("g1")

    def test_an_id_that_no_file_could_hold_is_not_there(self, catalogue):
        catalogue.build("g1", PASSAGES)
        assert catalogue.row("g1", "\ud800") is None
        assert catalogue.document_rows("g1", "\ud800") == ()

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(names=st.lists(st.text(st.characters(exclude_categories=["Cs"])), unique=True))
    def test_every_id_leads_to_its_passage(self, catalogue, names):
        passages = in_rows(a_passage(name, id=name, document_id=name[:1]) for name in names)
        catalogue.build("g1", passages)
        assert [catalogue.row("g1", p.id) for p in passages] == list(range(len(passages)))
        rows = [row for name in catalogue.document_ids("g1") for row in sorted(
            catalogue.document_rows("g1", name)
        )]  # fmt: skip
        assert rows == list(range(len(passages)))
        assert catalogue.faults("g1") == ()

    def test_an_empty_generation_is_complete(self, catalogue):
        catalogue.build("g1", [])
        assert catalogue.has("g1")
        assert catalogue.count("g1") == 0
        assert catalogue.document_ids("g1") == catalogue.scopes("g1") == ()
        assert catalogue.document_numbers("g1").tolist() == []
        assert catalogue.row("g1", "hub#0") is None
        assert catalogue.document_rows("g1", "hub") == ()
        assert catalogue.faults("g1") == ()

    def test_generations_do_not_mix_and_are_replaced(self, catalogue):
        catalogue.build("g1", PASSAGES[:1])
        catalogue.build("g2", PASSAGES)
        assert (catalogue.count("g1"), catalogue.count("g2")) == (1, len(PASSAGES))
        catalogue.build("g1", PASSAGES[1:3])
        assert catalogue.passages("g1", [0, 1]) == PASSAGES[1:3]

    def test_dropping_keeps_what_is_named_and_no_other(self, catalogue):
        for generation in ("g1", "g2", "g3"):
            catalogue.build(generation, PASSAGES)
        catalogue.drop(["g2"])
        kept = [catalogue.has(generation) for generation in ("g1", "g2", "g3")]
        assert kept == [False, True, False]
        assert catalogue.passages("g2", [0]) == PASSAGES[:1]

    def test_what_was_never_built_is_unavailable_and_not_empty(self, catalogue):
        assert not catalogue.has("g1")
        assert catalogue.faults("g1") != ()
        for asked in (
            lambda: catalogue.count("g1"),
            lambda: catalogue.passages("g1", [0]),
            lambda: catalogue.row("g1", "hub#0"),
            lambda: catalogue.document_ids("g1"),
            lambda: catalogue.scopes("g1"),
        ):
            with pytest.raises(StoreUnavailable):
                asked()
