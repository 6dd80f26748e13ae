"""A run that was written before, by its folder or its file."""

from pathlib import Path

from assist.domain.evaluation import EvalRun
from assist.errors import BadInput
from evals.running.files import read

RUN = "run.json"
CURE = "give the folder or the run.json of a finished `assist-evals run --out`"


def read_run(path: Path) -> EvalRun:
    """The run. Raises `BadInput` naming the field that is wrong, or that it is not finished."""
    if path.is_dir():
        if not (path / RUN).exists() and (path / "begun.json").exists():
            problem = "holds a run that is not finished"
            raise BadInput(problem, where=str(path), cure="start it again with the same --out")
        path /= RUN
    return read(path, EvalRun, CURE)
