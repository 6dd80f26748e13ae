"""The contract of `KnowledgeStore`: every store passes it, the fake too."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assist.domain.knowledge import Refusal
from assist.errors import BadInput, NotFound, NotReady
from assist.ports import KnowledgeStore
from tests.contracts.store_builders import a_document, a_generation, a_passage

HUB, PLUG = a_document("hub"), a_document("plug")
REFUSAL = Refusal(
    at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    where="policies/goodwill.md:12",
    problem="unknown key 'efect'",
    cure="correct or remove the key",
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def publish(store: KnowledgeStore, number: int = 1, document=HUB, files=None) -> str:
    generation = a_generation(number)
    store.stage(generation, [document], [a_passage(document)], files or {})
    store.publish(generation.id)
    return generation.id


class KnowledgeStoreContract:
    """Subclasses give the fixture `store`: an empty one."""

    def test_a_store_tells_the_time_it_has(self, store):
        assert abs((store.store_time() - datetime.now(UTC)).total_seconds()) < 600

    def test_nothing_serves_before_anything_is_published(self, store):
        assert store.current() is None
        assert store.generations() == ()

    def test_a_refusal_is_kept_until_something_is_taken(self, store):
        publish(store, 1)
        assert store.refused() is None
        store.refuse(REFUSAL)
        assert store.refused() == REFUSAL
        newer = REFUSAL.model_copy(update={"problem": "the fact 'x' is not declared"})
        store.refuse(newer)
        assert store.refused() == newer
        publish(store, 2)
        assert store.refused() is None

    def test_a_refusal_can_be_taken_back(self, store):
        store.refuse(REFUSAL)
        store.refuse(None)
        assert store.refused() is None

    def test_a_staged_generation_can_be_read_but_does_not_serve(self, store):
        publish(store, 1)
        store.stage(a_generation(2), [HUB], [a_passage(HUB)], {})
        assert store.documents("g2") == (HUB,)
        assert store.current() == a_generation(1)
        assert store.generations() == (a_generation(1),)

    def test_what_is_published_reads_back_as_it_was_given(self, store):
        document = a_document(
            "a/b ü",
            'quote " back \\ slash \\u0000 \u2028 tab\t😀\r\n',
            kind="policy",
            audience="internal",
            regions=("UK", "EU"),
            effective="2026-01-01",
            front_matter={"clauses": [{"limit": 1.50, "big": 2**70, "none": None}], "a": {}},
            metadata={"z": 1, "a": [True, 1e-7]},
            content_hash="abc",
        )
        passage = a_passage(document, headings=("A", "B"), expires="2027-01-01")
        files = {"sla.yaml": "a: 1\r\n# ü\n", "facts.yaml": ""}
        store.stage(a_generation(1), [document], [passage], files)
        store.publish("g1")
        assert store.current() == a_generation(1)
        assert store.documents("g1") == (document,)
        assert list(store.documents("g1")[0].metadata) == ["z", "a"]
        assert store.passages("g1") == (passage,)
        assert store.files("g1") == files

    def test_the_lines_of_front_matter_are_not_kept(self, store):
        document = a_document(front_matter={"tags": []}, front_matter_lines={"tags": 2})
        publish(store, document=document)
        (kept,) = store.documents("g1")
        assert (kept.front_matter, kept.front_matter_lines) == ({"tags": []}, {})

    @settings(
        max_examples=25,
        deadline=None,
        # The suite runs once per store, and each example stages anew over the last.
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.differing_executors,
        ],
    )
    @given(text=TEXT)
    def test_any_text_reads_back_exactly(self, store, text):
        document = a_document(text=text)
        store.stage(a_generation(1), [document], [a_passage(document)], {"notes.yaml": text})
        assert store.documents("g1")[0].text == text
        assert store.passages("g1")[0].text == text
        assert store.files("g1") == {"notes.yaml": text}

    def test_documents_come_by_id_and_passages_by_document_and_position(self, store):
        documents = [a_document(name) for name in ("b", "a", "ä", "B", "a-1", "a 1")]
        passages = [a_passage(d, position) for position in (10, 2, 0) for d in documents]
        store.stage(a_generation(1), documents, passages, {})
        names = ["B", "a", "a 1", "a-1", "b", "ä"]
        assert [document.id for document in store.documents("g1")] == names
        assert [p.id for p in store.passages("g1")] == [
            f"{n}#{i}" for n in names for i in (0, 2, 10)
        ]

    def test_an_empty_generation_is_a_generation(self, store):
        store.stage(a_generation(1), [], [], {})
        store.publish("g1")
        assert store.documents("g1") == store.passages("g1") == ()
        assert store.files("g1") == {}

    def test_publishing_leaves_the_old_generation_readable(self, store):
        changed = a_document("hub", "Press the button.")
        publish(store, 1, files={"sla.yaml": "a: 1"})
        publish(store, 2, changed, files={"sla.yaml": "a: 2"})
        assert store.current() == a_generation(2)
        assert store.generations() == (a_generation(2), a_generation(1))
        assert store.documents("g1") == (HUB,)
        assert store.documents("g2") == (changed,)
        assert store.files("g1") == {"sla.yaml": "a: 1"}

    @pytest.mark.parametrize("generation", ["g1", "g2", "unknown"])
    def test_only_a_staged_generation_can_be_published(self, store, generation):
        publish(store, 1)
        publish(store, 2)
        with pytest.raises(NotReady, match=generation):
            store.publish(generation)
        assert store.current() == a_generation(2)

    def test_what_was_staged_and_never_published_is_gone_after_the_next_stage(self, store):
        store.stage(a_generation(1), [HUB], [a_passage(HUB)], {})
        store.stage(a_generation(2), [HUB], [a_passage(HUB)], {})
        with pytest.raises(NotFound, match="g1"):
            store.documents("g1")
        with pytest.raises(NotReady, match="g1"):
            store.publish("g1")
        assert store.passages("g2") == (a_passage(HUB),)

    def test_staging_again_under_the_same_id_replaces_what_was_staged(self, store):
        other = a_document("plug")
        store.stage(a_generation(1), [HUB], [a_passage(HUB)], {"a.yaml": "1"})
        store.stage(a_generation(1), [other], [a_passage(other)], {})
        assert store.documents("g1") == (other,)
        assert store.files("g1") == {}

    def test_a_published_generation_cannot_be_staged_over(self, store):
        publish(store, 1)
        with pytest.raises(NotReady, match="g1"):
            store.stage(a_generation(1), [], [], {})
        assert store.documents("g1") == (HUB,)

    def test_the_newest_five_old_generations_are_kept(self, store):
        for number in range(1, 9):
            publish(store, number, a_document("hub", f"Text {number}."))
        assert [kept.number for kept in store.generations()] == [8, 7, 6, 5, 4, 3]
        assert store.documents("g3") == (a_document("hub", "Text 3."),)
        with pytest.raises(NotFound, match="g2"):
            store.documents("g2")

    @pytest.mark.parametrize("read", ["documents", "passages", "files"])
    def test_an_unknown_generation_is_not_found(self, store, read):
        with pytest.raises(NotFound, match="nowhere"):
            getattr(store, read)("nowhere")

    @pytest.mark.parametrize("bad", ["NUL \x00 here", "half \ud83d here"])
    def test_text_that_cannot_be_kept_is_refused_naming_its_document(self, store, bad):
        publish(store, 1)
        broken = a_document("broken/one", bad)
        documents = [a_document("fine"), broken]
        with pytest.raises(BadInput, match="broken/one"):
            store.stage(a_generation(2), documents, [], {})
        with pytest.raises(BadInput, match=r"sla\.yaml"):
            store.stage(a_generation(2), [], [], {"sla.yaml": bad})
        with pytest.raises(NotFound):
            store.documents("g2")
        assert store.current() == a_generation(1)

    def test_an_id_that_occurs_twice_is_refused(self, store):
        with pytest.raises(BadInput, match="hub"):
            store.stage(a_generation(1), [HUB, HUB], [], {})
        with pytest.raises(BadInput, match="hub#0"):
            store.stage(a_generation(1), [HUB], [a_passage(HUB), a_passage(HUB)], {})

    def test_a_passage_of_no_document_is_refused(self, store):
        with pytest.raises(BadInput, match="plug#0"):
            store.stage(a_generation(1), [HUB], [a_passage(a_document("plug"))], {})

    def test_an_erased_document_is_in_no_old_generation_and_the_others_stay(self, store):
        publish(store, 1, HUB)
        store.stage(a_generation(2), [HUB, PLUG], [a_passage(HUB), a_passage(PLUG)], {})
        store.publish("g2")
        publish(store, 3, PLUG)
        store.stage(a_generation(4), [HUB], [a_passage(HUB)], {})

        assert store.erase(["hub", "never-there"]) == 2

        assert store.documents("g1") == ()
        assert store.documents("g2") == store.documents("g3") == (PLUG,)
        assert store.passages("g2") == (a_passage(PLUG),)
        counted = [(g.id, g.documents, g.passages) for g in store.generations()[1:]]
        assert counted == [("g2", 1, 1), ("g1", 0, 0)]
        with pytest.raises(NotFound):
            store.documents("g4")
        assert store.erase(["hub"]) == 0

    def test_a_document_that_serves_cannot_be_erased(self, store):
        publish(store, 1, HUB)
        publish(store, 2, HUB)

        with pytest.raises(NotReady):
            store.erase(["hub"])

        assert store.documents("g1") == store.documents("g2") == (HUB,)
