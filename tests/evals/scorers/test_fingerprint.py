"""The grader's fingerprint moves with any letter of a scorer, and with nothing else."""

import re
import shutil
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from evals.scorers import grader
from evals.scorers.fingerprint import VERSION

SCORERS_FOLDER = Path(__file__).parents[3] / "evals" / "scorers"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the scorers' folder that a test may change."""
    folder = tmp_path / "scorers"
    return shutil.copytree(SCORERS_FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))


def fingerprint_of(folder: Path) -> str:
    """What the fingerprint's own code says where it lies in this folder."""
    spec = spec_from_file_location("copied_fingerprint", folder / "fingerprint.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    found: str = module.grader()
    return found


def test_it_names_the_version_and_a_short_hash() -> None:
    assert re.fullmatch(rf"{VERSION}-[0-9a-f]{{16}}", grader())


def test_it_does_not_depend_on_where_the_folder_lies(copied: Path) -> None:
    assert fingerprint_of(copied) == grader()


def _edited(folder: Path) -> None:
    file = folder / "tone.py"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def _added(folder: Path) -> None:
    (folder / "further.py").touch()


def _renamed(folder: Path) -> None:
    (folder / "tone.py").rename(folder / "tones.py")


def _raised(folder: Path) -> None:
    file = folder / "fingerprint.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f"VERSION = {VERSION}", "VERSION = 99"), encoding="utf-8")


@pytest.mark.parametrize("change", [_edited, _added, _renamed, _raised])
def test_any_change_of_a_scorer_moves_it(copied: Path, change: Callable[[Path], None]) -> None:
    change(copied)
    assert fingerprint_of(copied) != grader()


def test_what_is_no_scorer_does_not_move_it(copied: Path) -> None:
    (copied / "notes.txt").write_text("Look at the tone.", encoding="utf-8")
    assert fingerprint_of(copied) == grader()
