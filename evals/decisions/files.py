"""A folder of decision cases -> the cases, each knowing where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from assist.errors import BadInput, BadKnowledgeBase
from assist.policies.located import Page, load_page
from evals.decisions.cases import DecisionCase

_HEAD = "cases"


@dataclass(frozen=True, slots=True)
class Filed:
    """A case, and its place in its file."""

    case: DecisionCase
    page: Page
    index: int

    @property
    def file(self) -> str:
        """The file's name without folder and suffix."""
        return Path(self.page.name).stem

    def fault(self, path: str, problem: str, *, cure: str) -> BadInput:
        """What is wrong at a part of the case, such as `expect/facts`, with file, line and id."""
        line = self.page.line((_HEAD, self.index, *path.split("/")))
        named = f"case {self.case.id}: {path.replace('/', '.')}: {problem}"
        return BadInput(named, where=f"{self.page.name}:{line}", cure=cure)


def load_decisions(folder: Path) -> tuple[Filed, ...]:
    """The cases of a folder's `.yaml` files, by file name, each file a list under `cases`.

    Raises `BadInput` naming file, line, case and field where one is wrong or an id stands twice.
    """
    found: dict[str, Filed] = {}
    for file in sorted(folder.glob("*.yaml")):
        for filed in _read(file):
            first = found.setdefault(filed.case.id, filed)
            if first is not filed:
                cure = f"rename it; the first is in {Path(first.page.name).name}"
                raise filed.fault("id", "stands twice", cure=cure)
    if not found:
        raise BadInput("no .yaml file with a case", where=str(folder), cure="see evals/README.md")
    return tuple(found.values())


def _read(file: Path) -> Iterator[Filed]:
    page = _page(file)
    listed = page.data.get(_HEAD)
    unknown = [key for key in page.data if key != _HEAD]
    if unknown or not isinstance(listed, list) or not listed:
        path = (unknown[0],) if unknown else ()
        problem = f"the file must be a list of cases under `{_HEAD}`, and nothing else"
        raise _moved(page.fault(path, problem, cure="see evals/README.md"))
    for index, raw in enumerate(listed):
        try:
            yield Filed(DecisionCase.model_validate(raw), page, index)
        except ValidationError as error:
            raise _misfit(page, index, raw, error) from error


def _page(file: Path) -> Page:
    try:
        return load_page(str(file), file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {error}", where=str(file), cure="save UTF-8") from error
    except BadKnowledgeBase as error:
        raise _moved(error) from error


def _misfit(page: Page, index: int, raw: object, error: ValidationError) -> BadInput:
    found = next(page.misfits(error, (_HEAD, index)))
    place = f"{_HEAD}.{index}"
    name = raw.get("id") if isinstance(raw, dict) else None
    problem = found.problem.removeprefix(place).lstrip(".: ")
    return BadInput(f"case {name or index + 1}: {problem}", where=found.where, cure=found.cure)


def _moved(error: BadKnowledgeBase) -> BadInput:
    return BadInput(error.problem, where=error.where, cure=error.cure)
