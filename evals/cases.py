"""Files of curated cases -> cases, each fault named with file, line and field."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from assist.domain.eval_case import (
    CasePlace,
    EvalCase,
    Expect,
    ExpectedEscalation,
    ExpectedPath,
    ExpectedPromise,
    Review,
)
from assist.errors import BadInput, BadKnowledgeBase
from assist.policies.located import load_page

__all__ = [
    "EvalCase",
    "Expect",
    "ExpectedEscalation",
    "ExpectedPath",
    "ExpectedPromise",
    "Review",
    "load_cases",
]


def load_cases(folders: Path | Iterable[Path]) -> tuple[EvalCase, ...]:
    """The cases of a folder, or of several in their order: one `.yaml` file each, by file name.

    Raises `BadInput` naming file, line and field where one is wrong, an id that stands twice, and
    a folder that holds none.
    """
    cases: dict[str, EvalCase] = {}
    for folder in (folders,) if isinstance(folders, Path) else folders:
        for case in _cases_in(folder):
            if first := cases.get(case.id):
                raise BadInput(
                    f"the case id {case.id!r} stands twice",
                    where=case.where("id"),
                    cure=f"rename it; the first is in {_beside(first, case)}",
                )
            cases[case.id] = case
    return tuple(cases.values())


def _cases_in(folder: Path) -> Iterator[EvalCase]:
    files = sorted(folder.glob("*.yaml"))
    if not files:
        raise BadInput("no .yaml file with a case", where=str(folder), cure="see evals/README.md")
    yield from map(_read, files)


def _beside(first: EvalCase, second: EvalCase) -> str:
    """The first one's file: by name where both lie in one folder."""
    one, other = (Path(case.where().rpartition(":")[0]) for case in (first, second))
    return one.name if one.parent == other.parent else str(one)


def _read(file: Path) -> EvalCase:
    try:
        page = load_page(str(file), file.read_text(encoding="utf-8"))
        if "place" in page.data:
            raise page.fault(("place",), "unknown key 'place'", cure="correct or remove the key")
        case = page.read(EvalCase)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {error}", where=str(file), cure="save UTF-8") from error
    except BadKnowledgeBase as error:
        raise BadInput(error.problem, where=error.where, cure=error.cure) from error
    return case.model_copy(update={"place": CasePlace(file=str(file), lines=page.lines)})
