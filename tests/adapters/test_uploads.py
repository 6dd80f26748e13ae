"""What programs upload lies in its own folder under names that do no harm."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.adapters import uploads
from assist.adapters.uploads import MOST_FILES, FolderUploads, safe_name
from assist.errors import AssistError, BadInput, DiskFull, NotFound, TooMany

HOSTILE = {
    "../../etc/passwd": "passwd",
    "/etc/cron.d/job.md": "job.md",
    "C:\\Windows\\system.md": "system.md",
    "..\\..\\up.md": "up.md",
    "a\x00b.md": "a-b.md",
    "line\r\nbreak.md": "line-break.md",
    ".hidden.md": "hidden.md",
    ".md": "file.md",
    "😀.md": "file.md",
    "returns?*|<>:.md": "returns.md",
    "a\u202egpj.md": "a-gpj.md",
    "x" * 5_000 + ".md": "x" * 118 + ".md",
    "Rückgabe (neu).md": "Rückgabe (neu).md",
}


@pytest.fixture
def store(tmp_path: Path) -> FolderUploads:
    return FolderUploads(tmp_path / "uploads", limit=1_000)


def received(store: FolderUploads, *names: str, job_id: str = "j-1") -> list[str]:
    """Names of the files as they lie there, after these came in with their name as content."""
    with store.receive(job_id) as upload:
        for name in names:
            upload.begin(name)
            upload.write(name.encode("utf-8", "replace"))
    return sorted(path.name for path in store.folder(job_id).iterdir())


@pytest.mark.parametrize(("given", "kept"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_a_hostile_name_becomes_a_plain_one_in_the_jobs_own_folder(
    store: FolderUploads, tmp_path: Path, given: str, kept: str
) -> None:
    assert received(store, given) == [kept]
    assert {path.name for path in tmp_path.iterdir()} == {"uploads"}


@given(st.text(max_size=400))
def test_any_name_is_refused_or_safe_and_stays_the_same_when_made_safe_again(name: str) -> None:
    try:
        safe = safe_name(name)
    except BadInput:
        return
    assert safe not in {"", ".", ".."}
    assert not safe.startswith(".")
    assert not set(safe) & set("/\\\x00")
    assert safe.isprintable()
    assert len(safe.encode()) <= 255
    assert safe_name(safe) == safe


@pytest.mark.parametrize("name", ["", "..", "/", "a/b/", " . "])
def test_a_name_that_is_none_is_refused_and_nothing_stays(store: FolderUploads, name: str) -> None:
    with pytest.raises(BadInput, match="no name of a file"):
        received(store, "good.md", name)
    with pytest.raises(NotFound, match="send them again"):
        store.folder("j-1")


def test_files_of_one_name_are_told_apart_whatever_their_case(store: FolderUploads) -> None:
    assert received(store, "a/x.md", "b/x.md", "X.MD") == ["X-3.MD", "x-2.md", "x.md"]


def test_only_the_owner_may_look_into_the_folder(store: FolderUploads) -> None:
    received(store, "a.md")
    assert store.folder("j-1").stat().st_mode & 0o077 == 0


def test_too_many_files_at_once_are_refused(store: FolderUploads) -> None:
    with pytest.raises(TooMany, match=str(MOST_FILES)):
        received(store, *(f"{number}.md" for number in range(MOST_FILES + 1)))


@pytest.mark.parametrize("job_id", ["..", "a/b", "", "j\x00"])
def test_what_is_no_id_of_a_job_leads_nowhere(store: FolderUploads, job_id: str) -> None:
    for look in (store.folder, store.remove):
        with pytest.raises(NotFound):
            look(job_id)


def test_a_job_that_ended_loses_its_files_and_only_those(store: FolderUploads) -> None:
    received(store, "a.md")
    received(store, "b.md", job_id="j-2")

    store.remove("j-1")
    store.remove("j-1")

    assert [path.name for path in store.folder("j-2").iterdir()] == ["b.md"]


def test_files_of_jobs_that_nobody_knows_are_deleted(store: FolderUploads) -> None:
    store.keep(set())
    received(store, "a.md")
    received(store, "b.md", job_id="j-2")

    store.keep({"j-2"})

    assert store.folder("j-2").is_dir()
    with pytest.raises(NotFound):
        store.folder("j-1")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is full")
@pytest.mark.parametrize("size", [10, 100_000], ids=["noticed at the end", "noticed at once"])
def test_a_full_disk_is_told_as_such_and_leaves_nothing(
    store: FolderUploads, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(Path, "open", lambda *_: open("/dev/full", "wb"))  # noqa: PTH123, SIM115

    def receive() -> None:
        with store.receive("j-1") as upload:
            upload.begin("a.md")
            upload.write(b"x" * size)

    with pytest.raises(DiskFull, match="no space left"):
        receive()
    with pytest.raises(NotFound):
        store.folder("j-1")


def test_data_before_a_file_is_refused(store: FolderUploads) -> None:
    with pytest.raises(AssistError, match="before a file"), store.receive("j-1") as upload:
        upload.write(b"x")


def test_names_leave_room_for_a_number() -> None:
    assert uploads.LONGEST_NAME * 2 < 255
