"""`OwnFiles`: every byte of every file of a home and of its database, looked through."""

import json
import mmap
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assist.adapters.home import writing
from assist.domain.forgetting import IDS, Find, Known, Searched

LEAST_BYTES = 5
"""What is shorter stands in any file by chance: five given bytes once in a million million."""
WORD = re.compile(rb"[A-Za-z0-9_]")


class HomeFiles:
    """The files below these folders, and these files. `logs` may be emptied, by whoever runs it."""

    def __init__(self, folders: Iterable[Path], logs: Iterable[Path] = ()) -> None:
        self._folders = tuple(dict.fromkeys(folders))
        self._logs = tuple(logs)

    def search(self, known: Sequence[Known]) -> Searched:
        """Look for these; what is gone before it is read held nothing. `StoreUnavailable`."""
        long = [one for one in known if len(one.value.encode()) >= LEAST_BYTES]
        found: Counter[tuple[str, Known]] = Counter()
        files = read = 0
        for path in self._paths():
            with writing(path):
                size = _count(path, long, found)
            if size is not None:
                files, read = files + 1, read + size
        short = len(known) - len(long)
        note = f"{short} ids are too short to be looked for in files; the tables were"
        return Searched(
            files=files,
            bytes=read,
            found=tuple(
                Find(where=where, kind=one.kind, count=count, why=one.doubt)
                for (where, one), count in found.items()
            ),
            notes=(note,) if short else (),
        )

    def clean(self, known: Sequence[Known]) -> tuple[str, ...]:
        """Empty the logs in which one of these stands."""
        emptied = []
        for log in self._logs:
            found: Counter[tuple[str, Known]] = Counter()
            with writing(log):
                if log.exists() and _count(log, known, found) and found:
                    # In place: whoever writes it has it open, and goes on at its end.
                    with log.open("r+b") as opened:
                        opened.truncate()
                    emptied.append(f"emptied {log}, which named them")
        return tuple(emptied)

    def _paths(self) -> Iterator[Path]:
        """Each file once, whichever way it is reached."""
        seen = set()
        for folder in self._folders:
            for path in sorted(folder.rglob("*")) if folder.is_dir() else (folder,):
                if path.is_file() and not path.is_symlink() and path.resolve() not in seen:
                    seen.add(path.resolve())
                    yield path


def _count(path: Path, known: Sequence[Known], found: Counter[tuple[str, Known]]) -> int | None:
    """Count what stands in a file; its size, or none where it is gone."""
    try:
        with path.open("rb") as file:
            if not (size := file.seek(0, 2)):
                return 0
            with mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) as content:
                for one in known:
                    if count := sum(_times(content, spelling) for spelling in _spellings(one)):
                        found[str(path), one] += count
            return size
    except FileNotFoundError:
        return None


def _times(content: mmap.mmap, wanted: bytes) -> int:
    """How often it stands there by itself: as a part of a longer word it is another's."""
    count, at = 0, content.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before = content[at - 1 : at] if at else b""
        count += not (WORD.match(before) or WORD.match(content[end : end + 1]))
        at = content.find(wanted, at + 1)
    return count


def _spellings(one: Known) -> Iterator[bytes]:
    """In the encodings of our files; of what is no id, also in small letters."""
    values = {one.value, json.dumps(one.value)[1:-1]}
    if one.kind not in IDS:
        values |= {value.lower() for value in values}
    for value in values:
        yield value.encode()
        yield value.encode("utf-16-le")
