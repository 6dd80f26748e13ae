"""What readers found of texts -> a scale that fits this knowledge base better."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import StrictBool, ValidationError

from assist.domain.base import Model
from assist.errors import BadInput
from assist.retrieval.covering.scale import FEW_LABELS, refitted
from assist.service.covering import Covering


class Label(Model):
    """A reader's word on one text: whether the answer was found in what the KB has."""

    text: str
    covered: StrictBool


def read_labels(path: Path) -> tuple[Label, ...]:
    """JSON Lines, a label each. Raises `BadInput`, naming the line, and where there are too few."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("cannot be read as UTF-8 text", where=str(path)) from error
    found = tuple(
        _label(line, f"{path}:{number}")
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
    )
    if len(found) < FEW_LABELS:
        raise BadInput(
            f"{len(found)} labels are too few to calibrate by",
            where=str(path),
            cure=f"give {FEW_LABELS} or more, or leave --labels out",
        )
    return found


def calibrated(covering: Covering, labels: Sequence[Label]) -> Covering:
    """The same, its scale moved to what the labels say. Raises `NoIndex`."""
    coverer = covering.coverer()
    evidence = coverer.evidence_of([label.text for label in labels])
    told = [label.covered for label in labels]
    return replace(covering, scale=refitted(coverer.scale, evidence.tolist(), told))


def _label(line: str, where: str) -> Label:
    try:
        return Label.model_validate(json.loads(line))
    except (ValueError, ValidationError, RecursionError) as error:
        raise BadInput(
            "not a label", where=where, cure='write {"text": "...", "covered": true}'
        ) from error
