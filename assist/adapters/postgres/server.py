"""Making and starting the embedded server, after whatever happened to its predecessor."""

import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path

from assist.adapters.postgres.placement import Placement
from assist.adapters.postgres.programs import MAJOR
from assist.errors import DiskFull, StoreUnavailable

PATIENCE = 60.0
"""Seconds to wait for crash recovery, or for the last processes of a killed server."""
LONGEST_SOCKET = 103
"""Bytes of a socket's path: 103 on macOS, 107 on Linux."""
LEAST_SPACE = 1_000_000
"""Bytes free below which a failure to start is put down to the disk."""
SETTINGS = {
    "fsync": "on",
    "io_method": "sync",  # no worker processes: a desk reads little
    "shared_buffers": "64MB",
    "max_connections": "50",
    "max_wal_size": "256MB",
    "max_parallel_workers_per_gather": "0",  # containers often have too little /dev/shm for it
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
INITDB = (
    "--username=postgres",
    "--auth=trust",  # the socket lies in a folder that only its owner may enter
    "--no-instructions",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--wal-segsize=4",
)


def beside(data: Path, what: str) -> Path:
    """A file of the server that stands beside its data folder."""
    return data.with_name(f"{data.name}.{what}")


def log_of(data: Path) -> Path:
    """The server's log."""
    return beside(data, "log")


def initialize(placement: Placement) -> None:
    """Make the data folder where it is missing, all at once; refuse one of another version."""
    data, version = placement.data, placement.data / "PG_VERSION"
    if not data.exists():
        unfinished = beside(data, "new")
        shutil.rmtree(unfinished, ignore_errors=True)
        _private_folder(unfinished, placement)
        if said := _attempt(placement, "initdb", *INITDB, f"--pgdata={unfinished}"):
            raise _failure(placement, said)
        unfinished.rename(data)
    found = version.read_text(encoding="ascii").strip() if version.exists() else "no version"
    if found != str(MAJOR):
        raise StoreUnavailable(
            f"the database in {data} is of PostgreSQL {found}; this release has {MAJOR}",
            cure="move it away and ingest again, or restore a backup made by the older release",
        )


def ensure_running(placement: Placement) -> None:
    """Start the server where it does not run; return when it answers. One caller at a time."""
    data = placement.data
    deadline = time.monotonic() + PATIENCE
    while (state := _state(placement)) != "ready":
        if state == "absent":
            _launch(placement)
        elif time.monotonic() > deadline:
            raise StoreUnavailable(
                f"the database in {data} is not ready after {PATIENCE:.0f} s",
                cure=f"see {log_of(data)}",
            )
        else:
            time.sleep(0.1)


def _state(placement: Placement) -> str:
    """`ready`, `starting` (or stopping), or `absent`."""
    if not (placement.data / "postmaster.pid").exists():
        return "absent"
    folder, port = socket_of(placement.data)
    if not folder:
        return "absent"
    code = placement.run(
        "pg_isready",
        "-q",
        "-h",
        folder,
        "-p",
        port,
        "-U",
        "postgres",
        "-d",
        "postgres",
        log=log_of(placement.data),
    )
    return {0: "ready", 1: "starting"}.get(code, "absent")


def _launch(placement: Placement) -> None:
    data, log = placement.data, log_of(placement.data)
    if log.exists() and log.stat().st_size > 1_000_000:
        log.unlink()
    socket_folder = _socket_folder(placement)
    for lock in (data / "postmaster.pid", socket_folder / ".s.PGSQL.5432.lock"):
        _disown_if_stale(lock, data)
    # pg_ctl hands its options to a shell: the socket's folder is chosen to need no quotes there,
    # and the data folder, which may hold anything, travels as PGDATA.
    settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    options = f"-h '' -k {socket_folder} {settings}"
    deadline = time.monotonic() + PATIENCE
    while said := _attempt(placement, "pg_ctl", "start", "-w", "-s", "-o", options):
        # A killed server's own processes finish what they do before they end.
        if "pre-existing shared memory block" not in said or time.monotonic() > deadline:
            raise _failure(placement, said)
        time.sleep(0.2)


def _disown_if_stale(lock: Path, data: Path) -> None:
    """Where a dead server's lock file names a process that is not it, name ourselves instead.

    PostgreSQL takes any process of its user with that number for its predecessor, as happens
    after a restart in a container; it knows that the process that starts it is not. The rest of
    the file must stay: by it PostgreSQL sees that processes of its predecessor still run. Where
    there is no `/proc`, its own check decides.
    """
    if not lock.exists() or not Path("/proc/self/cwd").exists():
        return
    pid, rest = lock.read_text(encoding="utf-8").split("\n", 1)
    try:
        stale = (Path("/proc") / pid.strip() / "cwd").readlink() != data
    except FileNotFoundError:  # no such process, or one that is dead and not yet buried
        stale = True
    except PermissionError:
        stale = False
    if stale:
        lock.write_text(f"{os.getpid()}\n{rest}", encoding="utf-8")


def socket_of(data: Path) -> tuple[str, str]:
    """Folder and port of the server's socket as its pid file says; empty where it does not."""
    lines = (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    return (lines[4], lines[3]) if len(lines) > 4 else ("", "")


def _socket_folder(placement: Placement) -> Path:
    digest = hashlib.sha256(os.fsencode(placement.data)).hexdigest()[:16]
    aside = Path(tempfile.gettempdir()) / f"assist-{digest}"
    for folder in (placement.data, aside):
        short = len(os.fsencode(folder / ".s.PGSQL.5432")) <= LONGEST_SOCKET
        if short and re.fullmatch(r"[\w/.-]+", str(folder), re.ASCII):
            if folder == aside:
                _private_folder(aside, placement)
            return folder
    raise StoreUnavailable(
        f"{aside} is too long a path for the database's socket",
        cure="set TMPDIR to a folder with a short, plain path",
    )


def _private_folder(folder: Path, placement: Placement) -> None:
    """Make a folder that only the server's user may enter; one of somebody else is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    owner = placement.account.uid if placement.account else os.geteuid()
    stat = folder.lstat()
    if folder.is_symlink() or stat.st_uid not in {owner, os.geteuid()}:
        raise StoreUnavailable(f"{folder} belongs to another user", cure="remove it")
    folder.chmod(0o700)
    if placement.account:
        placement.account.own(folder)


def _attempt(placement: Placement, program: str, *arguments: str) -> str:
    """Run a program; returns what it said where it failed, else nothing."""
    log = log_of(placement.data)
    before = log.stat().st_size if log.exists() else 0
    if placement.run(program, *arguments, log=log) == 0:
        return ""
    return log.read_bytes()[before:].decode(errors="replace") or "no word"


def _failure(placement: Placement, said: str) -> StoreUnavailable | DiskFull:
    log = log_of(placement.data)
    # A full disk has no room for the server's last words either.
    if "No space left on device" in said or shutil.disk_usage(log.parent).free < LEAST_SPACE:
        return DiskFull("no space left for the database", cure="free some", where=str(log.parent))
    reasons = re.findall(r"(?:FATAL|PANIC|error):\s+(.*)", said) or said.splitlines()
    return StoreUnavailable(
        f"the embedded PostgreSQL did not start: {reasons[-1]}",
        cure=f"see {log}, or set ASSIST_DATABASE_URL to a server of your own",
    )
