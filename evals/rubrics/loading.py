"""A file, or the name of a packaged rubric -> the rubric."""

from pathlib import Path

from assist.errors import BadInput, BadKnowledgeBase
from assist.policies.located import load_page, suggestion
from evals.rubrics.rubric import Rubric

FOLDER = Path(__file__).parent


def packaged() -> tuple[str, ...]:
    """The names of the rubrics that come with us."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))


def load_rubric(which: str) -> Rubric:
    """The rubric in a file, or the packaged one of this name.

    Raises `BadInput` naming file, line and field where it is wrong.
    """
    file = Path(which)
    if not file.suffix and not file.exists():
        if which not in packaged():
            raise BadInput(
                f"there is no rubric {which!r}",
                where="--rubric",
                cure=f"give a file, or a packaged one: {suggestion(which, packaged())}",
            )
        file = FOLDER / f"{which}.yaml"
    try:
        return load_page(str(file), file.read_text(encoding="utf-8")).read(Rubric)
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"cannot be read: {error}", where=str(file), cure="give a YAML file in UTF-8"
        ) from error
    except BadKnowledgeBase as error:
        raise BadInput(error.problem, where=error.where, cure=error.cure) from error
