"""The gaps that were found, kept in a file from one run to the next."""

import os
from pathlib import Path

from pydantic import ValidationError

from assist.errors import BadInput
from assist.insights.gaps.identity import KeptGaps


def read_kept(path: Path) -> KeptGaps:
    """What an earlier run kept; nothing where there is no such file yet. Raises `BadInput`."""
    try:
        return KeptGaps.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return KeptGaps()
    except (OSError, ValidationError) as error:
        cure = "name a file that `assist gaps --state` wrote, or a new one"
        raise BadInput("holds no gaps that were kept", where=str(path), cure=cure) from error


def write_kept(path: Path, kept: KeptGaps) -> None:
    """Whole or not at all. Raises `BadInput` where it cannot be written."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        unfinished.write_text(kept.model_dump_json(), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise BadInput("cannot be written", where=str(path), cure="check the folder") from error
