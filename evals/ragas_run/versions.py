"""Whether the ragas that is installed is one that we know, before any of it is imported."""

import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from assist.errors import NotReady

KNOWN = "0.4.3"
"""This one alone: metrics by ids stand only in its older interface, which it says will go."""
COMMUNITY = (0, 4, 2)
"""Beside this langchain-community, and later ones, ragas 0.4.3 fails as it is imported."""
CURE = "pip install 'assist-desk[evals]'"
Installed = Callable[[str], str]
"""A package's name -> its version. Raises `PackageNotFoundError`."""


def require_ragas(installed: Installed = version) -> str:
    """The version of ragas. Raises `NotReady` where it is missing, or would not work, and why."""
    ragas = _installed("ragas", installed)
    if ragas != KNOWN:
        raise _unfit(f"ragas is {ragas}, and {KNOWN} is the one we know")
    community = _installed("langchain-community", installed)
    if _numbers(community) >= COMMUNITY:
        raise _unfit(f"ragas {ragas} fails beside langchain-community {community}")
    return ragas


def _installed(package: str, installed: Installed) -> str:
    try:
        return installed(package)
    except PackageNotFoundError as error:
        raise _unfit(f"{package} is not installed") from error


def _numbers(told: str) -> tuple[int, ...]:
    """`0.4.2.post1` as (0, 4, 2)."""
    first = re.match(r"\d+(?:\.\d+)*", told)
    return tuple(int(part) for part in first.group().split(".")) if first else ()


def _unfit(problem: str) -> NotReady:
    return NotReady(problem, where="ragas", cure=CURE)
