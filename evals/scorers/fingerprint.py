"""What tells two states of the scorers apart: runs that they scored are not compared unseen."""

import hashlib
from functools import cache
from pathlib import Path

VERSION = 2
"""Raise it where scores change by something that lies outside this folder."""
LETTERS = 16


@cache
def grader() -> str:
    """A short hash that changes with any letter of a scorer, and with the version."""
    folder = Path(__file__).parent
    mark = hashlib.sha256(f"version {VERSION}".encode())
    for file in sorted(folder.rglob("*.py")):
        mark.update(f"\n{file.relative_to(folder).as_posix()}\n".encode())
        mark.update(file.read_bytes())
    return f"{VERSION}-{mark.hexdigest()[:LETTERS]}"
