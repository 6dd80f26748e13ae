"""An erased document is in no generation, and nobody finds it."""

from pathlib import Path

import pytest

from assist.errors import BadKnowledgeBase, NoIndex, NotFound, NotReady
from assist.service.erasing import Erasure, erase
from assist.service.index_care import verify
from assist.service.indexing import silent
from assist.service.jobs import Guest
from assist.service.library import Library
from assist.service.merging import Prune
from assist.service.parts import Parts
from tests.service.parts import a_kb, ingested, some_parts

HUB, PLUG = "articles/hub.md", "articles/plug.md"


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """Two articles, one of them in a second edition."""
    parts = some_parts()
    ingested(parts, a_kb(tmp_path / "kb", hub="The secret is 4711.", plug="Pull the plug."))
    ingested(parts, a_kb(tmp_path / "kb", hub="The secret is 4712."))
    return parts


def erased(parts: Parts, *ids: str) -> Erasure:
    return erase(parts, ids, check=lambda _files, _documents: None, progress=silent)


def everything(parts: Parts) -> str:
    """All text of all generations."""
    kept = [g.id for g in parts.knowledge.generations()]
    return " ".join(d.text for g in kept for d in parts.knowledge.documents(g))


def test_an_erased_document_is_in_no_generation_and_the_others_serve_on(parts: Parts) -> None:
    before = [g.id for g in parts.knowledge.generations()]

    erasure = erased(parts, HUB)

    assert everything(parts) == "Pull the plug. Pull the plug. Pull the plug."
    assert (erasure.documents, erasure.older) == ((HUB,), 2)
    serving = parts.knowledge.current()
    assert serving is not None
    assert (erasure.generation, serving.documents) == (serving.id, 1)
    assert Library.open(parts).search("secret plug", top_k=5)[0].document_id == PLUG
    for old in before:
        assert not parts.catalogue.has(old)
        assert not parts.lexical.has(old)
        assert not parts.vectors.has(old)


def test_a_document_that_only_old_generations_have_is_erased_there(
    parts: Parts, tmp_path: Path
) -> None:
    (tmp_path / "kb" / HUB).unlink()
    pruned = ingested(parts, tmp_path / "kb", prune=Prune.GONE)

    erasure = erased(parts, HUB)

    assert (erasure.generation, erasure.older) == (pruned.generation, 2)
    assert "secret" not in everything(parts)


def test_erasing_again_after_a_kill_goes_on_where_it_was(parts: Parts) -> None:
    class KilledError(Exception):
        pass

    def killed(_ids: object) -> int:
        raise KilledError

    whole, parts.knowledge.erase = parts.knowledge.erase, killed  # type: ignore[method-assign]
    with pytest.raises(KilledError):
        erased(parts, HUB)
    parts.knowledge.erase = whole  # type: ignore[method-assign]
    assert "secret" in everything(parts)

    erased(parts, HUB)

    assert "secret" not in everything(parts)


def test_an_unknown_document_is_named_with_the_nearest_and_nothing_is_erased(parts: Parts) -> None:
    with pytest.raises(NotFound, match="no generation has a document") as caught:
        erased(parts, HUB, "articles/plog.md")

    assert PLUG in caught.value.cure
    assert "secret" in everything(parts)


def test_what_the_rules_need_is_not_erased(parts: Parts) -> None:
    def refuse(_files: object, _documents: object) -> None:
        raise BadKnowledgeBase("the clause names a policy that is not there")

    before = parts.knowledge.current()
    with pytest.raises(BadKnowledgeBase):
        erase(parts, [HUB], check=refuse, progress=silent)

    assert parts.knowledge.current() == before


def test_while_an_ingest_waits_that_may_bring_it_back_nothing_is_erased(
    parts: Parts, tmp_path: Path
) -> None:
    guest = Guest(parts.jobs, parts.source, parts.clock)
    guest.send(tmp_path / "kb", kind=None, prune=Prune.NOTHING, progress=silent)

    with pytest.raises(NotReady, match="1 ingest jobs wait"):
        erased(parts, HUB)


def test_nothing_can_be_erased_before_anything_is_ingested() -> None:
    with pytest.raises(NoIndex):
        erased(some_parts(), HUB)


def test_when_everything_is_erased_what_is_left_is_sound_and_finds_nothing(parts: Parts) -> None:
    erased(parts, HUB, PLUG)
    library = Library.open(parts)

    assert library.search("plug") == ()
    assert verify(parts, library.generation, silent).sound
