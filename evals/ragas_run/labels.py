"""What people say of a run's suggestions, by case and metric: read from CSV or JSONL."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError, field_validator

from assist.domain.base import Model
from assist.errors import BadInput
from assist.policies.located import suggestion
from evals.ragas_run.names import METRICS
from evals.running.files import text_of

CURE = "a line for each label: case, metric, good (yes or no)"
SAID = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


class Label(Model):
    """A person says whether a case's suggestion is good by what a metric asks."""

    case: str
    metric: str
    good: bool

    @field_validator("good", mode="before")
    @classmethod
    def _yes_or_no(cls, told: object) -> bool:
        word = str(told).strip().casefold()
        if word not in SAID:
            raise ValueError(f"say yes or no, not {told!r}")
        return SAID[word]

    @field_validator("metric")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in METRICS:
            raise ValueError(f"ragas has no metric {name!r}; {suggestion(name, METRICS)}")
        return name


def read_labels(file: Path) -> tuple[Label, ...]:
    """The labels of a file, `.csv` or `.jsonl`. Raises `BadInput` with file, line and field."""
    text = text_of(file, CURE)
    rows = _of_csv if file.suffix.lower() == ".csv" else _of_jsonl
    found: dict[tuple[str, str], Label] = {}
    for line, row in rows(text, file):
        label = _label(row, f"{file}:{line}")
        if (label.case, label.metric) in found:
            problem = f"a second label of {label.case} for {label.metric}"
            raise BadInput(problem, where=f"{file}:{line}", cure="leave one of them")
        found[label.case, label.metric] = label
    if not found:
        raise BadInput("holds no labels", where=str(file), cure=CURE)
    return tuple(found.values())


def _of_csv(text: str, file: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    absent = {"case", "metric", "good"} - set(rows.fieldnames or ())
    if absent:
        problem = f"has no column {', '.join(sorted(absent))}"
        raise BadInput(problem, where=f"{file}:1", cure=CURE)
    for row in rows:
        yield rows.line_num, {name: row[name] for name in ("case", "metric", "good")}


def _of_jsonl(text: str, file: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadInput("is no JSON", where=f"{file}:{number}", cure=CURE) from error
        if not isinstance(row, dict):
            raise BadInput("is no JSON object", where=f"{file}:{number}", cure=CURE)
        yield number, row


def _label(row: Mapping[str, object], where: str) -> Label:
    try:
        return Label.model_validate(row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{field}: {first['msg']}", where=where, cure=CURE) from error
