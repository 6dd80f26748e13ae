"""`assist check-policies`: is everything right with a knowledge base's rules? For leads and CI."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist import __version__
from assist.cli.options import fails_cleanly, say
from assist.errors import BadInput

if TYPE_CHECKING:
    from assist.policies.audit.findings import Finding


@fails_cleanly
def check_policies_command(
    root: Annotated[Path, typer.Argument(metavar="KB_ROOT", help="A knowledge base's folder.")],
    as_json: Annotated[
        bool,
        typer.Option("--json", metavar="", help="Print a SARIF 2.1.0 log on stdout, for programs."),
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", metavar="", help="Warnings count as errors.")
    ] = False,
    on: Annotated[
        str,
        typer.Option(
            "--on", metavar="DATE", help="Also name reviews that are overdue then: 2026-11-20."
        ),
    ] = "",
) -> None:
    """Check the rules of a folder: form, unreachable clauses, conflicts, holes, prose.

    Exits 0 when all is well, 1 when something must be mended, 2 when the folder cannot be read.
    """
    findings = _findings(root, _day(on))
    if as_json:
        from assist.policies.audit.sarif import sarif

        print(json.dumps(sarif(findings, __version__), indent=2, ensure_ascii=False))
    else:
        for finding in findings:
            print(_line(finding))
    counts = Counter(finding.severity for finding in findings)
    say(f"{_counted(counts['error'], 'error')}, {_counted(counts['warning'], 'warning')}")
    if counts["error"] or (strict and counts["warning"]):
        raise typer.Exit(1)


def _findings(root: Path, on: date | None) -> list["Finding"]:
    from assist.policies.audit.whole import audit
    from assist.wiring import kb_source

    reading = kb_source().read(root, None)
    found = audit(reading.files, reading.documents, on, reading.problems)
    named = [f.model_copy(update={"file": _named(f.file, root)}) for f in found]
    return sorted(named, key=lambda f: (f.file, f.line, f.code, f.message))


def _named(file: str, root: Path) -> str:
    """The file as seen from where the command runs, below the folder it was given."""
    base = root if root.is_dir() else root.parent
    path = Path(file)
    if path.is_absolute() and path.is_relative_to(base.resolve()):
        return (base / path.relative_to(base.resolve())).as_posix()
    inside = not path.is_absolute() and not path.is_relative_to(base)
    return (base / path if inside else path).as_posix()


def _line(finding: "Finding") -> str:
    where = f"{finding.file}:{finding.line}" if finding.line else finding.file
    cure = f" ({finding.cure})" if finding.cure else ""
    return f"{where}: {finding.severity} {finding.code}: {finding.message}{cure}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        problem = f"{text!r} is no date"
        raise BadInput(problem, where="--on", cure="write it as 2026-11-20") from error
