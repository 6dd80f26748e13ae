"""A disk that fills up while an index is built: a clear error, and what was there serves on."""

import shutil
import subprocess
import sys

import pytest

SCRIPT = """
import sys
from pathlib import Path
import numpy as np
from assist.adapters.vectors import Choice, StoredVectors
from assist.adapters.words import TantivyLexical
from assist.errors import DiskFull
from tests.builders import a_passage

def passages(count):
    return [a_passage(" ".join(f"w{i}x{j}" for j in range(50)), id=f"p{i}") for i in range(count)]

def vectors(index, generation, count):
    rows = np.random.default_rng(1).standard_normal((count, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index.build(generation, passages(count), rows, lambda *step: None)

def words(index, generation, count):
    index.build(generation, passages(count))

root = Path(sys.argv[1])
few = Choice(exact_rows=100)
for index, build, count in (
    (StoredVectors(root / "matrix"), vectors, 4000),
    (StoredVectors(root / "graph", few), vectors, 600),
    (TantivyLexical(root / "words"), words, 4000),
):
    build(index, "g1", 2)
    try:
        build(index, "g2", count)
    except DiskFull as error:
        print(type(index).__name__, error.problem, index.has("g1"), index.has("g2"))
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare")
def test_a_full_disk_is_told_as_such_and_the_old_generation_serves_on(tmp_path):
    mount = 'mount -t tmpfs -o size=1500k none "$1" || exit 77; exec "$2" -c "$3" "$1"'
    given = [str(tmp_path), sys.executable, SCRIPT]
    run = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", mount, "sh", *given],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode == 77 or "unshare failed" in run.stderr:
        pytest.skip("a small file system cannot be mounted here")
    assert run.stdout.splitlines() == [
        "StoredVectors no space left to write True False",
        "StoredVectors no space left to write True False",
        "TantivyLexical no space left to write True False",
    ], run.stderr
