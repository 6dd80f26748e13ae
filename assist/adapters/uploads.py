"""Files that programs sent for ingest jobs: a private folder each, names made safe."""

import re
import shutil
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from assist.adapters.home import writing
from assist.errors import BadInput, NotFound, TooMany

LONGEST_NAME = 120
"""Characters; at most four bytes each, and file systems take 255 bytes in all but a few cases."""
MOST_FILES = 1_000
_UNSAFE = re.compile(r"[^\w .,()+@=-]+")


def safe_name(given: str) -> str:
    """The file's own name without folders or anything a file system may mind; its suffix stays.

    Raises `BadInput` where it has none.
    """
    base = given.replace("\\", "/").rpartition("/")[2]
    if not base.strip(" ."):
        raise BadInput(
            f"{given[:100]!r} is no name of a file",
            where="filename",
            cure="give each file a name with its suffix, such as returns.md",
        )
    stem, dot, suffix = unicodedata.normalize("NFC", base).rpartition(".")
    stem, suffix = (stem, _plain(suffix)[:20]) if dot else (suffix, "")
    name = _short(_plain(stem), LONGEST_NAME - len(suffix)) or "file"
    return f"{name}.{suffix}" if suffix else name


def _plain(text: str) -> str:
    return _UNSAFE.sub("-", text).strip(" .-")


def _short(stem: str, most: int) -> str:
    """At most so many characters, and at most 200 bytes."""
    return stem[:most].encode()[:200].decode(errors="ignore").rstrip(" .")


class FolderUploads:
    """A folder per job below `root`. Raises `DiskFull` and `StoreUnavailable`.

    `limit`: bytes that one request may bring.
    """

    def __init__(self, root: Path, limit: int) -> None:
        self._root = root
        self.limit = limit

    @contextmanager
    def receive(self, job_id: str) -> Iterator["FolderUpload"]:
        """Take files in; on an error nothing of them is left."""
        folder = self._folder(job_id)
        with writing(folder):
            self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
            folder.mkdir(mode=0o700)
        upload = FolderUpload(folder)
        try:
            yield upload
            upload.end()
        except BaseException:
            upload.abandon()
            raise

    def folder(self, job_id: str) -> Path:
        """Where the files of this job are. Raises `NotFound`."""
        folder = self._folder(job_id)
        if not folder.is_dir():
            raise NotFound(
                f"the files sent for job {job_id} are not in this home", cure="send them again"
            )
        return folder

    def remove(self, job_id: str) -> None:
        """Delete the files of this job, where there are any."""
        folder = self._folder(job_id)
        if folder.is_dir():
            with writing(folder):
                shutil.rmtree(folder)

    def keep(self, job_ids: Collection[str]) -> None:
        """Delete the files of every job but these. Never while files arrive."""
        if not self._root.is_dir():
            return
        with writing(self._root):
            for folder in self._root.iterdir():
                if folder.name not in job_ids:
                    shutil.rmtree(folder)

    def _folder(self, job_id: str) -> Path:
        if not re.fullmatch(r"[\w-]+", job_id, re.ASCII):
            raise NotFound(f"there is no job {job_id!r}")
        return self._root / job_id


class FolderUpload:
    """The files of one job while they arrive."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self._names: set[str] = set()

    def begin(self, name: str) -> None:
        """A new file; one of the same name as another gets a number. Raises `BadInput`."""
        self.end()
        if len(self._names) == MOST_FILES:
            raise TooMany(
                f"more than {MOST_FILES} files at once", where="files", cure="send them in parts"
            )
        free = self._free(safe_name(name))
        with writing(self._folder):
            # Exclusive: nothing that is there already is ever written into.
            self._file = (self._folder / free).open("xb")

    def write(self, data: bytes) -> None:
        """More of that file."""
        if self._file is None:
            raise BadInput("data before a file began", cure="begin a file first")
        with writing(self._folder):
            self._file.write(data)

    def end(self) -> None:
        """All there is has arrived: from now on it may be read."""
        if self._file is not None:
            file, self._file = self._file, None
            with writing(self._folder):
                file.close()

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self._file is not None:
            file, self._file = self._file, None
            with suppress(OSError):  # e.g. the disk is full; what it held is deleted anyway
                file.close()
        with writing(self._folder):
            shutil.rmtree(self._folder)

    def _free(self, name: str) -> str:
        path, number, free = PurePosixPath(name), 1, name
        # Some file systems take Returns.md and returns.md for one file.
        while free.casefold() in self._names:
            number += 1
            free = f"{path.stem}-{number}{path.suffix}"
        self._names.add(free.casefold())
        return free
