"""What holds for the project as a whole: its packages, its files, its exceptions to rules."""

import re
import statistics
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)["project"]
TOO_LONG, LONG_MEDIAN = 300, 100
"""Lines. A file of more is several; where half the files are longer, they are no small parts."""


def _name(requirement: str) -> str:
    """The package, with its extras, of a requirement or of a row in a table."""
    found = re.match(r"[\w.-]+(?:\[[\w,-]+\])?", requirement)
    assert found
    return found.group()


def _declared() -> set[str]:
    extras = PROJECT["optional-dependencies"].values()
    listed = [*PROJECT["dependencies"], *(one for extra in extras for one in extra)]
    return {_name(one) for one in listed} - {"assist-desk[evals]"}


def test_every_dependency_has_its_line_and_every_line_its_dependency() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?!package |-)(.+?) \| (.*) \|$", page, re.MULTILINE)

    assert {_name(package) for package, _ in rows} == _declared()
    assert all(reason for _, reason in rows)


def test_every_dependency_of_a_development_install_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.sub(r"[-_.]+", "-", pin.partition("==")[0]).lower() for pin in pins}
    # Ray outgrows a development machine: `dev` leaves it out (ADR 0008).
    scale = {_name(one) for one in PROJECT["optional-dependencies"]["scale"]}
    needed = {name.partition("[")[0].lower() for name in _declared() - scale}

    assert needed <= pinned
    assert all("==" in pin for pin in pins)


def _lines() -> dict[str, int]:
    files = [
        file
        for package in ("assist", "evals")
        for file in (ROOT / package).rglob("*")
        if file.is_file()
        and "__pycache__" not in file.parts
        and file.parts[-2] != "runs"
        and file.suffix not in {".npy", ".png"}
        # Cases are data that their authors wrote: a situation is long where it states every fact.
        and "cases" not in file.parts
    ]
    return {
        file.relative_to(ROOT).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in files
    }


def test_no_file_is_too_long_and_most_are_short() -> None:
    lines = _lines()
    code = [count for name, count in lines.items() if name.endswith(".py")]

    assert {name for name, count in lines.items() if count > TOO_LONG} == set()
    assert len(code) > 100
    assert statistics.median(code) <= LONG_MEDIAN


def _exceptions() -> list[str]:
    """The lines of `pyproject.toml` that switch a rule off."""
    lint = PYPROJECT.partition("[tool.ruff.lint]\n")[2]
    ignored = re.search(r"^ignore = \[\n(.*?)^\]", lint, re.MULTILINE | re.DOTALL)
    per_file = re.search(r"per-file-ignores\]\n(.*?)^\[", lint, re.MULTILINE | re.DOTALL)
    assert ignored
    assert per_file
    lines = [*ignored.group(1).splitlines(), *per_file.group(1).splitlines()]
    return [line.strip() for line in lines if re.search(r'"[A-Z]+\d+"', line)]


@pytest.mark.parametrize("line", _exceptions())
def test_every_rule_that_is_switched_off_says_why(line: str) -> None:
    assert re.search(r"[\],] *# \S", line), line


def test_every_suppression_in_the_code_names_its_rule() -> None:
    for package in ("assist", "evals", "tests"):
        for file in (ROOT / package).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"# (?:noqa(?!: [A-Z])|type: ignore(?!\[))", text), file
