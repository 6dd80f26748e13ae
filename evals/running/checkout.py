"""Which commit the checkout we run from is at, and whether its files have been changed since."""

import subprocess
from pathlib import Path

from evals.suites import ROOT


def git_sha(root: Path = ROOT) -> str | None:
    """The commit of the checkout we run from; none where it is no checkout or has no commit."""
    return _git(root, "rev-parse", "--verify", "--quiet", "HEAD") or None


def git_dirty(root: Path = ROOT) -> bool:
    """Whether a file that the checkout tracks has been changed since its commit."""
    return bool(_git(root, "status", "--porcelain", "--untracked-files=no"))


def _git(root: Path, *words: str) -> str:
    if not (root / ".git").exists():
        return ""
    command = ["git", "-C", str(root), *words]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""
