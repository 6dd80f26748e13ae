"""One line of `assist doctor`."""

from collections.abc import Callable

from assist.domain.base import Model
from assist.errors import AssistError


class Finding(Model):
    """One check: what was looked at, whether it is fine, and what to do if not."""

    check: str
    ok: bool
    detail: str


def checked(check: str, work: Callable[[], str]) -> Finding:
    """What the work says, or what is wrong."""
    try:
        return Finding(check=check, ok=True, detail=work())
    except AssistError as error:
        return Finding(check=check, ok=False, detail=str(error))
