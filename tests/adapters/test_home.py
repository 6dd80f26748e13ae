"""A home has one owner, is private, and names what its disk refuses."""

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from assist.adapters.clock import SystemClock
from assist.adapters.home import Home, writing
from assist.errors import BadSetting, DiskFull, HomeBusy, StoreUnavailable

ROOT = Path(__file__).parents[2]
OWN = """
import sys
from pathlib import Path
from assist.adapters.home import Home
with Home(Path(sys.argv[1])).lock():
    print("owns", flush=True)
    sys.stdin.read(1)
"""
OWN_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from assist.adapters.home import Home
from assist.errors import DiskFull
home = Home(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    with home.lock():
        print("owns")
except DiskFull as error:
    print(error)
"""


@contextmanager
def run(script: str, home: Path) -> Iterator[subprocess.Popen]:
    command = [sys.executable, "-c", script, str(home)]
    pipe = subprocess.PIPE
    env = {**os.environ, "PYTHONPATH": "."}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=pipe, stdout=pipe) as process:
        yield process
        process.kill()


def test_a_home_is_made_with_its_parents_and_others_cannot_list_it(tmp_path):
    home = Home(tmp_path / "a" / "b")
    assert home.path.is_dir()
    assert home.path.stat().st_mode & 0o066 == 0
    assert home.folder("chroma").stat().st_mode & 0o077 == 0
    assert home.folder("chroma") == home.path / "chroma"


def test_a_file_is_no_home(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BadSetting, match="not a folder"):
        Home(tmp_path / "file")


def test_a_second_process_is_refused_and_told_who_owns_the_home(tmp_path):
    with run(OWN, tmp_path) as owner:
        owner.stdout.readline()
        said = rf"process {owner.pid} \(-c .*--home"
        with pytest.raises(HomeBusy, match=said) as caught, Home(tmp_path).lock():
            pass
        assert str(tmp_path) in str(caught.value)
        owner.communicate(b"x")
    with Home(tmp_path).lock():
        pass


def test_the_lock_of_a_killed_process_is_free(tmp_path):
    with run(OWN, tmp_path) as owner:
        owner.stdout.readline()
        owner.kill()
    with Home(tmp_path).lock():
        assert str(os.getpid()) in (tmp_path / "owner.json").read_text()


def test_an_owner_that_has_not_signed_yet_is_still_the_owner(tmp_path):
    with Home(tmp_path).lock():
        (tmp_path / "owner.json").write_text("")
        with pytest.raises(HomeBusy, match="just started"), Home(tmp_path).lock():
            pass


def test_an_error_in_the_block_frees_the_home(tmp_path):
    home = Home(tmp_path)
    with pytest.raises(KeyError), home.lock():
        raise KeyError("ours")
    with home.lock():
        pass


def test_a_process_that_may_write_nothing_more_finds_the_disk_full(tmp_path):
    with run(OWN_ON_A_FULL_DISK, tmp_path) as process:
        said = process.communicate()[0].decode()
    assert "no space left to write" in said
    assert str(tmp_path) in said
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("number", "kind", "cure"),
    [
        (errno.ENOSPC, DiskFull, "free some space"),
        (errno.EDQUOT, DiskFull, "free some space"),
        (errno.EACCES, StoreUnavailable, "--home"),
        (errno.EROFS, StoreUnavailable, "--home"),
        (errno.EIO, StoreUnavailable, "check the disk"),
    ],
)
def test_what_a_disk_refuses_is_named_with_place_and_cure(tmp_path, number, kind, cure):
    with pytest.raises(kind, match=cure) as caught, writing(tmp_path):
        raise OSError(number, os.strerror(number), str(tmp_path / "file"))
    assert caught.value.where == str(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_where_we_may_not_write_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnavailable, match="no permission"):
        Home(tmp_path / "home")


def test_the_clock_runs_forward_and_knows_its_zone():
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second
