import multiprocessing
import re
import signal
from pathlib import Path

import pytest

from assist.errors import NoIndex
from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.service.killed import ingest_and_die
from tests.service.parts import a_kb

OLD, NEW = "Hold the round button for nine seconds.", "Slide the cover off and press the pin."

BESIDE = ("vectors", "parts", "statements", "lexical")
POINTS = {
    "read:2": (),
    "cut into passages:2": (),
    "embed:1": (),
    "knowledge.stage": (),
    "vectors:1": ("staged",),
    "vectors:2": ("staged",),
    "parts.build": ("staged", "vectors"),
    "statements.build": ("staged", "vectors", "parts"),
    "lexical.build": ("staged", "vectors", "parts", "statements"),
    "catalogue.build": ("staged", *BESIDE),
    "vectors.unfindable": ("staged", *BESIDE, "catalogue"),
    "knowledge.publish": ("staged", *BESIDE, "catalogue"),
    "catalogue.drop": ("staged", *BESIDE, "catalogue", "serving"),
    "vectors.drop": ("staged", *BESIDE, "catalogue", "serving"),
}
"""Where the process dies, and what of the new generation is there, whole, afterwards."""


@pytest.fixture(scope="module")
def forks() -> multiprocessing.context.ForkServerContext:
    """Processes that begin with what is slow to import; none of it has run yet."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.service.killed", "chromadb", "onnxruntime"])
    return context


def a_small_kb(folder: Path) -> Path:
    """Two articles and a policy, so that there are two graphs of vectors to write."""
    a_kb(folder, reset=OLD, wifi="Join the network.")
    (folder / "policies").mkdir()
    policy = "---\nid: returns\n---\nA device can be returned within 30 days."
    (folder / "policies/returns.md").write_text(policy)
    return folder


def check_found(desk: Desk, text: str, *, not_text: str) -> None:
    """The reset article reads like this in search, and no passage like that."""
    hits = desk.search("reset the hub with the button, pin or cover", top_k=10, filters={})
    texts = [hit.passage.text for hit in hits]
    assert text in texts
    assert not_text not in texts


def killed(
    forks: multiprocessing.context.ForkServerContext,
    settings: Settings,
    kb: Path,
    point: str,
    note: Path,
) -> None:
    """An ingest of `kb` in a process of its own has been killed at this point."""
    process = forks.Process(target=ingest_and_die, args=(settings, kb, point, note))
    process.start()
    process.join(300)
    assert process.exitcode == -signal.SIGKILL


def folders(settings: Settings) -> dict[str, int]:
    """How many generations each derived index has on disk, half-built ones included."""
    index = settings.home / "index" / settings.workspace
    return {part.name: len(list(part.iterdir())) for part in index.iterdir()}


@pytest.mark.model
@pytest.mark.parametrize("point", POINTS)
def test_a_killed_ingest_leaves_a_whole_generation_serving_and_the_next_one_succeeds(
    shared_folder: Path,
    tmp_path: Path,
    forks: multiprocessing.context.ForkServerContext,
    point: str,
) -> None:
    settings = Settings(home=shared_folder, workspace=re.sub(r"\W+", "-", point))
    kb, note, there = a_small_kb(tmp_path / "kb"), tmp_path / "staged", POINTS[point]
    with opened(settings) as desk:
        desk.ingest(kb, progress=silent)
        old = desk.parts.knowledge.current()
    a_kb(kb, reset=NEW)

    killed(forks, settings, kb, point, note)

    assert note.exists() == ("staged" in there)
    with opened(settings) as desk:
        if note.exists():
            new = note.read_text()
            for part in (*BESIDE, "catalogue"):
                assert getattr(desk.parts, part).has(new) == (part in there)
        if "serving" in there:
            assert desk.opened().library.generation.id == new
            check_found(desk, NEW, not_text=OLD)
        else:
            assert desk.parts.knowledge.generations() == (old,)
            check_found(desk, OLD, not_text=NEW)
        assert desk.opened().library.notes == ()

        report = desk.ingest(kb, progress=silent)

        assert report.published == ("serving" not in there)
        assert (report.documents, report.passages) == (3, 3)
        check_found(desk, NEW, not_text=OLD)
        desk.tidy()
    assert set(folders(settings).values()) == {1}


@pytest.mark.model
def test_a_first_ingest_that_is_killed_leaves_nothing_that_serves(
    shared_folder: Path, tmp_path: Path, forks: multiprocessing.context.ForkServerContext
) -> None:
    settings = Settings(home=shared_folder, workspace="first")
    kb = a_small_kb(tmp_path / "kb")

    killed(forks, settings, kb, "lexical.build", tmp_path / "staged")

    with opened(settings) as desk:
        with pytest.raises(NoIndex, match="nothing has been ingested"):
            desk.search("reset", filters={})
        assert desk.ingest(kb, progress=silent).added == 3
        check_found(desk, OLD, not_text=NEW)
    assert set(folders(settings).values()) == {1}
