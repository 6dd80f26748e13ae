"""`assist init`: a new knowledge base from the packaged template."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from assist.cli.options import fails_cleanly
from assist.errors import BadSetting


@fails_cleanly
def init_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Start a knowledge base in DIR: sample articles, a policy, and every YAML file."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadSetting("is not empty", where=str(folder), cure="name a new or empty folder")
    try:
        for part in ("defaults", "template"):
            with as_file(files("assist") / part) as source:
                shutil.copytree(source, folder, dirs_exist_ok=True, ignore=_no_code)
    except OSError as error:
        raise BadSetting(
            error.strerror or "cannot be written", where=str(folder), cure="check the path"
        ) from error
    print(
        f"{folder} is ready. Next: assist ingest {folder} && "
        f"assist suggest {folder}/tickets/sample.json"
    )


def _no_code(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name.endswith((".py", ".pyc")) or name == "__pycache__"}
