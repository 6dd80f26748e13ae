"""ragas is imported late, is one we know, and keeps to itself."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from assist.errors import NotReady
from evals.ragas_run.versions import KNOWN, require_ragas
from tests import refuse_network

FITTING = {"ragas": KNOWN, "langchain-community": "0.4.1"}
MEASURE = """\
import asyncio, sys
import evals.cli
assert "ragas" not in sys.modules, "importing the evals imports ragas"
from evals import ragas_scores
assert "ragas" not in sys.modules, "importing its host imports ragas"
from tests.evals.ragas.builders import a_sample
from tests.fake_embedder import ToyEmbedder
found = asyncio.run(ragas_scores.scored(a_sample(), ragas_scores.model_free(ToyEmbedder())))
assert "ragas" in sys.modules
assert not any(score.failed for score in found.values()), found
from ragas._analytics import do_not_track
assert do_not_track()
"""


def installed(package: str, **versions: str | None) -> str:
    found = (FITTING | {name.replace("_", "-"): one for name, one in versions.items()})[package]
    if found is None:
        raise PackageNotFoundError(package)
    return found


def test_the_version_that_is_installed_is_the_one_we_know() -> None:
    assert require_ragas() == KNOWN


@pytest.mark.parametrize(
    ("versions", "problem"),
    [
        ({"ragas": None}, "ragas is not installed"),
        ({"langchain_community": None}, "langchain-community is not installed"),
        ({"ragas": "0.3.9"}, "ragas is 0.3.9, and 0.4.3 is the one we know"),
        ({"ragas": "0.5.0"}, "ragas is 0.5.0, and 0.4.3 is the one we know"),
        ({"langchain_community": "0.4.2"}, "fails beside langchain-community 0.4.2"),
        ({"langchain_community": "0.4.10"}, "fails beside langchain-community 0.4.10"),
        ({"langchain_community": "1.0"}, "fails beside langchain-community 1.0"),
    ],
)
def test_a_version_that_would_not_work_is_said_before_anything_is_imported(
    versions: dict[str, str | None], problem: str
) -> None:
    with pytest.raises(NotReady, match=problem) as caught:
        require_ragas(lambda package: installed(package, **versions))
    assert "pip install 'assist-desk[evals]'" in str(caught.value)


def test_a_patch_of_a_fitting_version_fits() -> None:
    assert require_ragas(lambda p: installed(p, langchain_community="0.4.1.post1")) == KNOWN


def test_it_is_imported_only_when_asked_for_and_sends_and_leaves_nothing(tmp_path: Path) -> None:
    path, home, log = tmp_path / "path", tmp_path / "home", tmp_path / "refused.log"
    path.mkdir()
    home.mkdir()
    shutil.copy(refuse_network.__file__, path / "sitecustomize.py")
    tempting = {
        "RAGAS_DO_NOT_TRACK": "false",
        "LANGSMITH_TRACING": "true",
        "LANGSMITH_API_KEY": "x",
    }
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PYTHONPATH": str(path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", MEASURE],
        cwd=Path(__file__).parents[3],
        env=os.environ | tempting | places | {refuse_network.LOG: str(log)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not log.exists()
    assert not (home / "data").exists()
