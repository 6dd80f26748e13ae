"""Running the command line as a user does: a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ASSIST = (sys.executable, "-c", "from assist.cli import main; main()")


def assist(
    *arguments: str, home: Path | None = None, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """`assist ARGUMENTS` with this home; output as text."""
    surroundings = {k: v for k, v in os.environ.items() if not k.startswith("ASSIST_")}
    if home is not None:
        surroundings["ASSIST_HOME"] = str(home)
    done = subprocess.run(
        [*ASSIST, *arguments],
        input=stdin,
        capture_output=True,
        env=surroundings | environment,
        timeout=300,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def check_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit 2, nothing on stdout, one line on stderr that says these words, no traceback."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr
