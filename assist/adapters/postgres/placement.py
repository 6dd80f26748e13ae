"""Where the embedded server's data lies, and as whom its programs run.

PostgreSQL refuses to run as root. Run as root, its programs run as a system user of their own,
which must be able to reach data and programs. We never open folders of others for that: what the
user cannot reach is kept or copied below `/var/lib/assist` instead.
"""

import hashlib
import os
import pwd
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path

from assist.adapters.postgres.programs import (
    make_passable,
    packaged_programs,
    reachable_programs,
    traversable,
)
from assist.errors import StoreUnavailable

SYSTEM_USER = "pgserver"
SYSTEM_FOLDER = Path("/var/lib/assist")
LOCATION = "postgres.location"
"""In the home, names where its data lies when that is not in the home."""


@dataclass(frozen=True)
class Account:
    """The operating-system user that the server's programs run as."""

    uid: int
    gid: int

    def own(self, path: Path) -> None:
        """Make this user the owner of `path`."""
        os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Placement:
    """Where data and programs lie; `account` is None where we run them as ourselves."""

    data: Path
    programs: Path
    account: Account | None
    note: str = ""

    def run(self, program: str, *arguments: str, log: Path) -> int:
        """Run one of the programs, its output appended to `log`; returns the exit code.

        The environment is cut to what it needs: a `PGPORT` of the caller would move the server.
        """
        log.touch(mode=0o600)
        with log.open("ab") as output:
            return subprocess.run(  # noqa: S603  our own program, and no shell
                [self.programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "PGDATA": str(self.data)},
                check=False,
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
            ).returncode


def place(home: Path) -> Placement:
    """Choose data folder, programs and user for this home; may create the user and copy programs.

    Raises `StoreUnavailable` where no user can run the server on the data; `OSError` as it comes.
    """
    if os.geteuid() != 0:
        data = _kept(home) or home / "postgres"
        if data.exists() and data.stat().st_uid != os.geteuid():
            raise StoreUnavailable(
                f"the database in {data} belongs to another user",
                cure="run as the user who made it, or name another home with --home",
            )
        return Placement(data, packaged_programs(), None)
    data, note = _reachable_data(home)
    account = _owner(data) if data.exists() else _system_account()
    return Placement(data, reachable_programs(packaged_programs(), SYSTEM_FOLDER), account, note)


def _kept(home: Path) -> Path | None:
    location = home / LOCATION
    return Path(location.read_text(encoding="utf-8").strip()) if location.exists() else None


def _reachable_data(home: Path) -> tuple[Path, str]:
    kept, inside = _kept(home), home / "postgres"
    if kept is None and (inside.exists() or traversable(home)):
        return inside, ""
    if kept is None:
        # A token beside the hash: a home deleted and made again must not find its old data.
        name = f"{hashlib.sha256(os.fsencode(home)).hexdigest()[:12]}-{secrets.token_hex(4)}"
        kept = SYSTEM_FOLDER / name
        make_passable(SYSTEM_FOLDER)
        (home / LOCATION).write_text(f"{kept}\n", encoding="utf-8")
    reason = "run as root, and other users cannot pass through the home"
    return kept, f"the database of {home} is kept in {kept}: {reason}"


def _owner(data: Path) -> Account:
    stat = data.stat()
    return Account(stat.st_uid, stat.st_gid) if stat.st_uid != 0 else _system_account()


def _system_account() -> Account:
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def _create_system_user() -> None:
    command = ["useradd", "--system", "--no-create-home", SYSTEM_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603  a fixed command
    except (OSError, subprocess.CalledProcessError) as error:
        raise StoreUnavailable(
            f"run as root, PostgreSQL needs a system user {SYSTEM_USER!r}; it could not be created",
            cure="create it, run as an ordinary user, or set ASSIST_DATABASE_URL",
        ) from error
