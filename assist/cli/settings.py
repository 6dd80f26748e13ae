"""`assist settings`: every setting, what it says and its default, from the code that reads it."""

from collections.abc import Callable, Iterator
from textwrap import wrap
from typing import Annotated, Literal

import typer
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from assist.cli.options import fails_cleanly
from assist.settings import Settings

Form = Literal["markdown", "env"]
WIDTH = 98
MARKDOWN_HEAD = """# Settings

Every setting is an environment variable. An option given on the command line (`--home`,
`--workspace`, `--mode`) wins over it. Each may stand in a file instead, for secrets:
`ASSIST_X_FILE` names the file that holds `ASSIST_X`. This page is what `assist settings` prints;
`.env.example` is what `assist settings --format env` prints.

| variable | what it says | default |
|---|---|---|"""
ENV_HEAD = """# Every setting of assist, with its default. Nothing reads this file by itself:
#   cp .env.example .env, change what you need, then: set -a; . ./.env; set +a
# An option given on the command line (--home, --workspace, --mode) wins over the environment.
# A secret may stand in a file instead: ASSIST_X_FILE names the file that holds ASSIST_X."""


@fails_cleanly
def settings_command(
    form: Annotated[
        Form, typer.Option("--format", help="A table, or an .env file to start from.")
    ] = ("markdown"),
) -> None:
    """Print every environment variable that is read, with its default."""
    print("\n".join(FORMS[form]()))


def _markdown() -> Iterator[str]:
    yield MARKDOWN_HEAD
    for name, field in setting_fields(Settings):
        default = f"`{field.default}`" if _has_default(field) else "none"
        said = (field.description or "").replace("|", "\\|")
        example = f" Example: `{_example(field)}`" if _example(field) else ""
        yield f"| `{_variable(name)}` | {said}{example} | {default} |"


def _env() -> Iterator[str]:
    yield ENV_HEAD
    for name, field in setting_fields(Settings):
        yield ""
        yield from (f"# {line}" for line in wrap(field.description or "", WIDTH))
        if _has_default(field):
            yield f"{_variable(name)}={field.default}"
        else:
            example = _example(field)
            quoted = f"'{example}'" if " " in example else example
            yield f"# {_variable(name)}={quoted}"


def setting_fields(settings: type[BaseModel], above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every setting by its name; those of a group with the group's name before them."""
    for name, field in settings.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from setting_fields(inner, f"{above}{name}__")
        else:
            yield f"{above}{name}", field


def _variable(name: str) -> str:
    return f"ASSIST_{name.upper()}"


def _has_default(field: FieldInfo) -> bool:
    return field.default not in (None, (), {}, "", SecretStr(""))


def _example(field: FieldInfo) -> str:
    return str(field.examples[0]) if field.examples else ""


FORMS: dict[Form, Callable[[], Iterator[str]]] = {"markdown": _markdown, "env": _env}
