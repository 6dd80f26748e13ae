"""The benches of what lasts: kills during ingests, and re-index after re-index."""

from pathlib import Path

import pytest

from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from evals.bench.crash import crash
from evals.bench.editions import edition_served, write_edition
from evals.bench.reindexing import folder_mb, reindex


@pytest.mark.model
def test_whatever_moment_an_ingest_is_killed_at_one_edition_is_served_whole() -> None:
    told: list[str] = []

    crashes = crash(2, 4, seed=3, report=told.append)

    assert crashes.passed
    assert crashes.kills == len(told) == crashes.served_old + crashes.served_new == 2
    assert crashes.broken == 0
    assert {part.checked for part in crashes.verified.parts} == {crashes.verified.passages}


@pytest.mark.model
def test_a_mixture_of_editions_is_not_served_whole(home: Path, tmp_path: Path) -> None:
    with opened(Settings(home=home)) as desk:
        write_edition(tmp_path, 1, 3)
        desk.ingest(tmp_path, progress=silent)
        assert edition_served(desk, 3) == 1
        assert edition_served(desk, 4) is None
        write_edition(tmp_path, 2, 2)
        desk.ingest(tmp_path, progress=silent)
        assert edition_served(desk, 3) is None


@pytest.mark.model
def test_disk_stays_flat_over_re_indexes() -> None:
    sizes = reindex(12, 4, report=lambda _: None)

    assert [size.times for size in sizes] == list(range(13))
    assert 0 < sizes[12].index_mb <= sizes[2].index_mb * 1.05
    # Five old generations are kept; from then on the room of the oldest is used again.
    assert 0 < sizes[12].database_mb <= sizes[8].database_mb * 1.005


def test_the_size_of_a_folder_is_what_its_files_take(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(b"x" * 4_000_000)

    assert folder_mb(tmp_path) == pytest.approx(4.0, rel=0.01)
