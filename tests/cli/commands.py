"""Running the command line as a user does: a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

ASSIST = (sys.executable, "-c", "from assist.cli import main; main()")

EACH = """\
import contextlib, io, json, sys
from assist.cli import app
for arguments in json.loads(sys.argv[1]):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        code = app(arguments, standalone_mode=False)
    print(json.dumps([code or 0, out.getvalue()]))
"""


def surroundings() -> dict[str, str]:
    """The environment without settings of ours: a test says itself what it sets."""
    kept = {"ASSIST_COMPILED"}
    return {k: v for k, v in os.environ.items() if not k.startswith("ASSIST_") or k in kept}


def assist(
    *arguments: str, home: Path | None = None, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """`assist ARGUMENTS` with this home; output as text."""
    chosen = {} if home is None else {"ASSIST_HOME": str(home)}
    done = subprocess.run(
        [*ASSIST, *arguments],
        input=stdin,
        capture_output=True,
        env=surroundings() | chosen | environment,
        timeout=300,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def assist_each(
    *commands: tuple[str, ...], folder: Path | None = None, **environment: str
) -> list[str]:
    """Commands in one process, one after the other; all must end well. Output of each.

    A process of its own for each loads the model each time, which takes seconds.
    """
    done = subprocess.run(
        [sys.executable, "-c", EACH, json.dumps(commands)],
        cwd=folder,
        capture_output=True,
        env=surroundings() | environment,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ended = [json.loads(line) for line in done.stdout.splitlines()]
    assert [code for code, _ in ended] == [0] * len(commands), done.stderr
    return [output for _, output in ended]


def check_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Exit 2, nothing on stdout, one line on stderr that says these words, no traceback."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr
