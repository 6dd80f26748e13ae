import json
from pathlib import Path
from typing import Any

import pytest

from assist.errors import BadKnowledgeBase, StoreUnavailable
from assist.service.library import Library
from assist.service.merging import Prune
from assist.service.parts import Parts
from tests.fake_embedder import ToyEmbedder
from tests.fakes import InMemoryKnowledge
from tests.service.parts import a_kb, ingested, some_parts


class CountingEmbedder(ToyEmbedder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed_corpus(self, texts: Any, parts: Any, done: Any) -> Any:
        self.seen += texts
        return super().embed_corpus(texts, parts, done)


def documents(parts: Parts) -> dict[str, str]:
    serving = parts.knowledge.current()
    return {d.id: d.text for d in parts.knowledge.documents(serving.id)} if serving else {}


def found(parts: Parts, query: str) -> list[str]:
    return [hit.document_id for hit in Library.open(parts).search(query)]


def test_a_first_ingest_publishes_what_it_read(tmp_path: Path) -> None:
    parts = some_parts()

    report = ingested(parts, a_kb(tmp_path, reset="Hold the button.", wifi="Join the network."))

    serving = parts.knowledge.current()
    assert serving is not None
    assert report.published
    assert (report.added, report.changed, report.removed, report.unchanged) == (2, 0, 0, 0)
    assert (report.documents, report.passages, report.generation) == (2, 2, serving.id)
    assert (serving.number, serving.embedder, serving.passages) == (1, "toy", 2)
    assert found(parts, "button")[0] == "articles/reset.md"


def test_the_same_folder_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    parts = some_parts()
    kb = a_kb(tmp_path, reset="Hold the button.")
    first = ingested(parts, kb)

    second = ingested(parts, kb)

    assert not second.published
    assert second.generation == first.generation
    assert second.summary == "nothing changed: 1 documents, 1 passages"
    assert len(parts.knowledge.generations()) == 1


def test_a_changed_a_new_and_an_unchanged_document_are_counted(tmp_path: Path) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, reset="Hold the button.", wifi="Join the network."))

    report = ingested(parts, a_kb(tmp_path, reset="Press it twice.", lock="Turn the key."))

    assert (report.added, report.changed, report.removed, report.unchanged) == (1, 1, 0, 1)
    assert report.summary == "1 added, 1 changed, 0 removed, 1 unchanged: 3 documents, 3 passages"
    assert found(parts, "press it twice")[0] == "articles/reset.md"


def test_front_matter_that_reads_the_same_is_unchanged_beside_a_change(tmp_path: Path) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, wifi="---\ntags: [radio]\n---\nJoin.", reset="Hold it."))

    report = ingested(parts, a_kb(tmp_path, reset="Press it twice."))

    assert (report.changed, report.unchanged) == (1, 1)


def test_only_what_reads_differently_is_embedded_again(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    parts = some_parts(embedder=embedder)
    ingested(parts, a_kb(tmp_path, reset="Hold the button.", wifi="Join the network."))
    embedder.seen.clear()

    ingested(parts, a_kb(tmp_path, wifi="---\ntitle: Radio\n---\nJoin the network."))

    assert embedder.seen == ["Radio\nJoin the network."]


def test_vectors_that_are_reused_are_those_a_fresh_ingest_would_make(tmp_path: Path) -> None:
    grown, fresh = some_parts(), some_parts()
    ingested(grown, a_kb(tmp_path, reset="Hold the button."))
    a_kb(tmp_path, wifi="Join the network.", lock="Turn the key.")
    ingested(grown, tmp_path)
    ingested(fresh, tmp_path)

    for query in ("hold the button", "key", "network"):
        ours, theirs = Library.open(grown).search(query), Library.open(fresh).search(query)
        assert [(h.passage_id, h.score) for h in ours] == [(h.passage_id, h.score) for h in theirs]


def test_a_document_that_is_gone_stays_until_pruned(tmp_path: Path) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, reset="Hold the button.", wifi="Join the network."))
    (tmp_path / "articles/wifi.md").unlink()

    kept = ingested(parts, tmp_path)
    pruned = ingested(parts, tmp_path, prune=Prune.GONE)

    assert not kept.published
    (told,) = kept.problems
    assert (told.severity, told.problem, told.cure) == (
        "warning",
        "'articles/wifi.md' is gone from the folder and goes on serving",
        "ingest with --prune to take it out",
    )
    assert pruned.problems == ()
    assert (pruned.removed, pruned.unchanged) == (1, 1)
    assert documents(parts) == {"articles/reset.md": "Hold the button."}


def test_pruning_one_folder_leaves_what_came_from_another(tmp_path: Path) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path / "kb", reset="Hold the button."))
    ingested(parts, a_kb(tmp_path / "kb-two", wifi="Join the network.", lock="Turn the key."))
    (tmp_path / "kb-two/articles/wifi.md").unlink()

    ingested(parts, tmp_path / "kb-two", prune=Prune.GONE)

    assert documents(parts).keys() == {"articles/reset.md", "articles/lock.md"}


def test_a_file_that_broke_keeps_its_previous_version_even_when_pruned(tmp_path: Path) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, reset="Hold the button.", wifi="---\nid: wifi\n---\nJoin."))
    (tmp_path / "articles/wifi.md").write_bytes(b"\xff\xfe\x00")

    report = ingested(parts, tmp_path, prune=Prune.GONE)

    assert (report.errors, report.removed) == (1, 0)
    assert documents(parts) == {"articles/reset.md": "Hold the button.", "wifi": "Join."}


def test_a_row_that_broke_keeps_its_previous_version_even_when_pruned(tmp_path: Path) -> None:
    parts = some_parts()
    rows = [json.dumps({"_id": i, "text": f"Text {i}."}) for i in "abc"]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("\n".join(rows))
    ingested(parts, tmp_path)
    corpus.write_text(f'{rows[0]}\n{{"_id": "b", "text": \n')

    report = ingested(parts, tmp_path, prune=Prune.GONE)

    assert (report.errors, report.removed) == (1, 1)
    assert documents(parts).keys() == {"a", "b"}


def test_company_files_are_replaced_by_name_and_dropped_only_by_pruning(tmp_path: Path) -> None:
    parts = some_parts()
    kb = a_kb(tmp_path, reset="Hold the button.")
    (kb / "sla.yaml").write_text("a: 1")
    (kb / "facts.yaml").write_text("b: 1")
    ingested(parts, kb)
    (kb / "facts.yaml").unlink()
    (kb / "sla.yaml").write_text("a: 2")

    first = ingested(parts, kb)
    assert parts.knowledge.files(first.generation) == {"sla.yaml": "a: 2", "facts.yaml": "b: 1"}
    second = ingested(parts, kb, prune=Prune.GONE)
    assert parts.knowledge.files(second.generation) == {"sla.yaml": "a: 2"}


def test_empty_documents_are_counted_warnings_and_make_no_passage(tmp_path: Path) -> None:
    report = ingested(some_parts(), a_kb(tmp_path, reset="Hold it.", later="   "))

    assert (report.documents, report.passages) == (2, 1)
    assert (report.warnings, report.errors) == (1, 0)


def test_what_the_check_refuses_is_not_served(tmp_path: Path) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, reset="Hold the button."))

    def refuse(_files: object, _documents: object) -> None:
        raise BadKnowledgeBase("unknown key 'hwen'", where="policies/returns.md:9", cure="when")

    with pytest.raises(BadKnowledgeBase, match="unknown key") as raised:
        ingested(parts, a_kb(tmp_path, reset="Changed."), check=refuse)
    assert documents(parts) == {"articles/reset.md": "Hold the button."}
    assert raised.value.cure == "when; generation 1 keeps serving"


class Failing:
    """Another part that fails at one call, as a full disk or a killed process would."""

    def __init__(self, part: object, call: str) -> None:
        self._part, self._call = part, call

    def __getattr__(self, name: str) -> Any:
        if name == self._call:
            raise StoreUnavailable("the disk is gone")
        return getattr(self._part, name)


@pytest.mark.parametrize(
    ("part", "call"),
    [
        ("embedder", "embed_corpus"),
        ("knowledge", "stage"),
        ("vectors", "build"),
        ("parts", "build"),
        ("statements", "build"),
        ("lexical", "build"),
        ("catalogue", "build"),
        ("knowledge", "publish"),
    ],
)
def test_a_failure_at_any_step_leaves_the_old_serving_and_a_second_try_works(
    tmp_path: Path, part: str, call: str
) -> None:
    parts = some_parts()
    ingested(parts, a_kb(tmp_path, reset="Hold the button."))
    before = parts.knowledge.current()
    a_kb(tmp_path, reset="Press it twice.")
    shared = ("knowledge", "catalogue", "vectors", "parts", "statements", "lexical", "embedder")
    broken = some_parts(
        **{name: getattr(parts, name) for name in shared}
        | {part: Failing(getattr(parts, part), call)}
    )

    with pytest.raises(StoreUnavailable):
        ingested(broken, tmp_path)

    assert parts.knowledge.current() == before
    assert found(parts, "button") == ["articles/reset.md"]
    assert ingested(parts, tmp_path).changed == 1
    assert documents(parts) == {"articles/reset.md": "Press it twice."}


def test_another_embedder_indexes_everything_anew(tmp_path: Path) -> None:
    parts = some_parts()
    kb = a_kb(tmp_path, reset="Hold the button.")
    ingested(parts, kb)
    other = CountingEmbedder()
    other.name = "other"
    moved = some_parts(knowledge=parts.knowledge, vectors=parts.vectors, embedder=other)

    report = ingested(moved, kb)

    assert (report.published, report.unchanged) == (True, 1)
    assert len(other.seen) == 1


def test_only_what_serves_and_what_is_still_searched_stays_derived(tmp_path: Path) -> None:
    parts, names = some_parts(), list[str]()
    for number in range(3):
        kb = a_kb(tmp_path, reset=f"Version {number}.")
        names.append(ingested(parts, kb, in_use=lambda: names[1:2]).generation)

    for part in (parts.catalogue, parts.lexical, parts.vectors, parts.parts, parts.statements):
        assert [part.has(name) for name in names] == [False, True, True]


def test_progress_reaches_the_end_of_every_stage(tmp_path: Path) -> None:
    seen: dict[str, tuple[int, int]] = {}

    def note(stage: str, done: int, total: int) -> None:
        seen[stage] = (done, total)

    kb = a_kb(tmp_path, a="One.", b="Two.")
    ingested(some_parts(knowledge=InMemoryKnowledge()), kb, progress=note)

    assert {"read", "cut into passages", "embed"} <= seen.keys()
    assert all(done == total for done, total in seen.values())
