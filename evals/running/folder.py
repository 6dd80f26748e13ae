"""The folder of a run: each trial kept as it finishes, so that a killed run can be taken up again.

begun.json       what was begun: suite, versions, cases' fingerprint
cases.json       the cases as they were read
results.jsonl    a line for each finished trial, in the order they finished
run.json         the whole run, once it is done
"""

import fcntl
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

from assist.domain.base import Model
from assist.domain.evaluation import EvalResult, EvalRun, EvalVersions
from assist.errors import BadInput, HomeBusy
from assist.insights.eval_figures.moved import moved
from evals.running.files import made, parsed, read, text_of, unwritable, write
from evals.running.reading import RUN

BEGUN, CASES, RESULTS = "begun.json", "cases.json", "results.jsonl"
ANEW = "give another folder with --out, or delete this one to begin anew"
Trial = tuple[str, int]
"""A case's id and the number of the trial."""


class Begun(Model):
    """What a run was begun as, and the seconds it has taken so far, but for those before a kill."""

    id: str
    suite: str
    kind: str
    started_at: datetime
    versions: EvalVersions
    seconds: float = 0.0


class RunFolder:
    """A folder that this process alone writes a run into."""

    def __init__(self, path: Path, begun: Begun, lines: IO[str], done: dict[Trial, EvalResult]):
        self.path = path
        self.begun = begun
        self.done = done
        self._lines = lines

    @classmethod
    def open(cls, path: Path, wanted: Begun, cases: Sequence[Model]) -> "RunFolder":
        """A folder for what is wanted, with what it holds of it already.

        Raises `BadInput` where it holds another run or cannot be written, `HomeBusy` where another
        process writes into it.
        """
        lines = _held(made(path))
        try:
            begun = _taken_up(path, wanted)
            if begun is None:
                begun = wanted
                write(path / BEGUN, begun.model_dump_json(indent=1) + "\n")
                listed = [case.model_dump(mode="json", exclude_defaults=True) for case in cases]
                write(path / CASES, json.dumps(listed, ensure_ascii=False, indent=1) + "\n")
            return cls(path, begun, lines, _finished(path / RESULTS))
        except BaseException:
            lines.close()
            raise

    def bind(self, versions: EvalVersions) -> None:
        """Say which generation was ingested. Raises `BadInput` where it was another before."""
        before = self.begun.versions
        if before.generation is not None:
            _require_same(self.path, before, versions)
        self._rewrite({"versions": versions})

    def keep(self, result: EvalResult) -> None:
        """Append a finished trial; whatever happens to this process now, it is not run again."""
        try:
            self._lines.write(result.model_dump_json() + "\n")
            self._lines.flush()
        except OSError as error:
            raise unwritable(self.path / RESULTS, error) from error
        self.done[result.case_id, result.trial] = result

    def finish(self, run: EvalRun) -> None:
        """Write the whole run."""
        self._rewrite({"seconds": run.seconds})
        write(self.path / RUN, run.model_dump_json(indent=1) + "\n")

    def _rewrite(self, changed: dict[str, object]) -> None:
        self.begun = self.begun.model_copy(update=changed)
        write(self.path / BEGUN, self.begun.model_dump_json(indent=1) + "\n")

    def close(self) -> None:
        """Let go of the folder."""
        self._lines.close()


def _held(path: Path) -> IO[str]:
    """The file of results, which no other process can hold. Raises `HomeBusy`, `BadInput`."""
    file = path / RESULTS
    try:
        lines = file.open("a", encoding="utf-8")
    except OSError as error:
        raise unwritable(file, error) from error
    try:
        fcntl.flock(lines, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        lines.close()
        cure = "wait for it, or give another folder with --out"
        raise HomeBusy("another process writes a run here", where=str(path), cure=cure) from error
    return lines


def _taken_up(path: Path, wanted: Begun) -> Begun | None:
    """What was begun here, where it is the same; none where nothing was."""
    if not (path / BEGUN).exists():
        if (path / RUN).exists():
            raise BadInput("holds a run that cannot be taken up", where=str(path), cure=ANEW)
        return None
    begun = read(path / BEGUN, Begun, ANEW)
    if begun.suite != wanted.suite:
        problem = f"holds a run of the suite {begun.suite!r}, not of {wanted.suite!r}"
        raise BadInput(problem, where=str(path), cure=ANEW)
    _require_same(path, begun.versions, wanted.versions)
    return begun


def _require_same(path: Path, before: EvalVersions, now: EvalVersions) -> None:
    if changed := moved(now, before):
        problem = (
            f"holds a run begun before these changed: {'; '.join(changed)}. "
            "Its trials would not be one run"
        )
        raise BadInput(problem, where=str(path), cure=ANEW)


def _finished(file: Path) -> dict[Trial, EvalResult]:
    """The trials of a file, but for a last line that was cut off as it was written."""
    text = text_of(file, ANEW)
    whole, _, cut = text.rpartition("\n")
    if cut:
        file.write_text(f"{whole}\n" if whole else "", encoding="utf-8")
    done = {}
    for number, line in enumerate(whole.splitlines(), start=1):
        result = parsed(line, EvalResult, f"{file}:{number}", ANEW)
        done[result.case_id, result.trial] = result
    return done
