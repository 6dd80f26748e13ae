"""The wheel holds everything that is needed, and works where there is no checkout."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assist.domain.suggestion import Suggestion
from tests.cli.commands import assist_each, surroundings

ROOT = Path(__file__).parent.parent
DATA = (
    "assist/py.typed",
    "assist/defaults/sla.yaml",
    "assist/drafting/tone/plain.md",
    "assist/migrations/versions/0001_knowledge_and_suggestions.py",
    "assist/template/articles/reset-password.md",
    "assist/template/tickets/sample.json",
    "assist/web/static/assist.css",
    "assist/web/templates/sample.html",
    "evals/suites.yaml",
    "evals/cases/core/01-us-return-change-of-mind.yaml",
)
"""One of each sort of file that is no module of ours, or is found by its place."""


def _tracked() -> tuple[str, ...]:
    """The files of a clean checkout; one that is deleted here is none."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy of the tracked files."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in _tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, source]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel, and nothing else, is installed in."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run([*pip, "--no-index", "--no-deps", "--target", folder, wheel], check=True)
    return folder


def test_the_wheel_holds_every_tracked_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert held == {name for name in _tracked() if name.startswith(("assist/", "evals/"))}
    assert set(DATA) <= held


def test_the_wheel_names_its_commands_its_license_and_what_it_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = {name.partition(".dist-info/")[2]: name for name in archive.namelist()}
        commands = archive.read(about["entry_points.txt"]).decode().splitlines()
        metadata = archive.read(about["METADATA"]).decode().splitlines()

    assert commands[1:] == ["assist = assist.cli:main", "assist-evals = evals.cli:main"]
    assert {"licenses/LICENSE", "licenses/NOTICE"} <= set(about)
    assert "Name: assist-desk" in metadata
    assert "Requires-Python: >=3.11" in metadata
    assert any(line.startswith("Requires-Dist: sentence-transformers") for line in metadata)


def test_the_installed_scripts_start_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    environment = surroundings() | {"PYTHONPATH": str(installed)}
    said = {}
    for script in ("assist", "assist-evals"):
        started = [installed / "bin" / script, "--help"]
        said[script] = subprocess.run(
            started, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        ).stdout

    assert "Read PATH into the knowledge base" in said["assist"]
    assert "Run SUITE" in said["assist-evals"]


def test_the_installed_package_goes_from_nothing_to_a_suggestion(
    installed: Path, home: Path
) -> None:
    where = [sys.executable, "-c", "import assist, evals; print(assist.__file__, evals.__file__)"]
    environment = {"PYTHONPATH": str(installed)}
    everything = surroundings() | environment
    imported = subprocess.run(
        where, cwd=home, env=everything, capture_output=True, text=True, check=True
    ).stdout.split()
    assert all(Path(file).is_relative_to(installed) for file in imported)

    _, ingested, suggested = assist_each(
        ("init", "kb"),
        ("ingest", "kb", "--json"),
        ("suggest", "kb/tickets/sample.json", "--json"),
        folder=home,
        **environment,
    )

    assert json.loads(ingested)["published"] is True
    suggestion = Suggestion.model_validate_json(suggested)
    assert suggestion.ticket_id == "sample"
    assert suggestion.choice is not None
    assert suggestion.draft.text
