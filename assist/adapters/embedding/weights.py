"""The hashes of a model's weights, kept so that a start need not read half a gigabyte."""

import hashlib
import json
import os
from pathlib import Path

from assist.adapters.home import writing

KEPT = "hashes.json"


class WeightHashes:
    """SHA-256 of files, each read once and again when its size or time of change differ."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / KEPT

    def of(self, file: Path) -> str:
        """The file's SHA-256 in hex."""
        state = file.stat()
        key = f"{file.resolve()} {state.st_size} {state.st_mtime_ns}"
        kept = self._kept()
        if key not in kept:
            kept[key] = _sha256(file)
            self._keep(kept)
        return kept[key]

    def _kept(self) -> dict[str, str]:
        if not self._file.is_file():
            return {}
        try:
            kept = json.loads(self._file.read_text("utf-8"))
        except ValueError:  # cut short by a full disk: the files are read again
            return {}
        return kept if isinstance(kept, dict) else {}

    def _keep(self, hashes: dict[str, str]) -> None:
        beside = self._file.with_suffix(f".{os.getpid()}.staged")
        with writing(self._file.parent):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(hashes), "utf-8")
            beside.replace(self._file)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
