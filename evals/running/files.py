"""JSON files of runs: written in one move, read back with the field that is wrong."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from assist.domain.base import Model
from assist.errors import BadInput

_M = TypeVar("_M", bound=Model)


def made(folder: Path) -> Path:
    """The folder, made where it is missing. Raises `BadInput`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    return folder


def write(file: Path, text: str) -> None:
    """Write the text in one move, so that a killed process leaves no half. Raises `BadInput`."""
    unfinished = file.with_name(f"{file.name}.new")
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    except OSError as error:
        raise unwritable(file, error) from error


def read(file: Path, model: type[_M], cure: str) -> _M:
    """The file as `model`. Raises `BadInput` naming the field that is wrong."""
    return parsed(text_of(file, cure), model, str(file), cure)


def text_of(file: Path, cure: str) -> str:
    """The file's text. Raises `BadInput`."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = error.strerror if isinstance(error, OSError) else "not text in UTF-8"
        raise BadInput(f"cannot be read: {said}", where=str(file), cure=cure) from error


def parsed(text: str, model: type[_M], where: str, cure: str) -> _M:
    """The JSON as `model`. Raises `BadInput` naming the field that is wrong."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        problem = f"{field}: {first['msg']}" if field else first["msg"]
        raise BadInput(problem, where=where, cure=cure) from error


def unwritable(file: Path, error: OSError) -> BadInput:
    """What cannot be written and why."""
    why = error.strerror or str(error)
    return BadInput(f"cannot be written: {why}", where=str(file), cure="check --out")
