"""The fingerprint of what scores decisions: runs scored otherwise are not compared."""

from pathlib import Path

from evals.running.fingerprints import of_files


def grader() -> str:
    """Changes with any letter of what reads, judges or scores a decision case."""
    return of_files(Path(__file__).parent)
