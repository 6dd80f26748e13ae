"""Everything that can move a score, as it is now: written into each run."""

from collections.abc import Callable
from importlib.resources import files
from urllib.parse import urlsplit

from pydantic import JsonValue

from assist import __version__
from assist.domain.endpoint import ChatSettings, ModelRole
from assist.domain.evaluation import EvalVersions
from assist.graph.prompts import prompt
from assist.settings import Settings
from evals.decisions.grading import grader as decisions_grader
from evals.running.checkout import git_dirty, git_sha
from evals.running.fingerprints import of_product
from evals.scorers.fingerprint import grader
from evals.suites import SuiteKind

ROLES: tuple[ModelRole, ...] = ("understand", "propose", "draft", "judge")
GRADERS: dict[SuiteKind, Callable[[], str]] = {
    "suggestions": grader,
    "decisions": decisions_grader,
}
"""The fingerprint of what scores a suite of each kind."""
SHARED = "rules"
"""The file of rules that every prompt holds: its letters are in all fingerprints."""


def versions_of(
    kind: SuiteKind, *, cases: str, seed: int, settings: Settings | None = None
) -> EvalVersions:
    """The versions of a run over cases of this fingerprint; `settings` where a home takes part.

    Generation, policies and embedder are known once the corpus has been read.
    """
    return EvalVersions(
        assist=__version__,
        code=of_product(),
        git_sha=git_sha(),
        git_dirty=git_dirty(),
        prompts=prompts() if settings else {},
        models=_models(settings.llm) if settings else {},
        settings=_that_matter(settings) if settings else {},
        grader=GRADERS[kind](),
        cases=cases,
        seed=seed,
    )


def prompts() -> dict[str, str]:
    """The fingerprint of each prompt of the product, by its name."""
    found = (file.name for file in files("assist.graph.prompts").iterdir())
    names = sorted(name.removesuffix(".md") for name in found if name.endswith(".md"))
    return {name: prompt(name).fingerprint for name in names if name != SHARED}


def _models(llm: ChatSettings) -> dict[str, str]:
    if not llm.base_url:
        return {}
    return {role: model for role in ROLES if (model := llm.model_of(role))}


def _that_matter(settings: Settings) -> dict[str, JsonValue]:
    """No key and no password is among them: a run is handed round."""
    told = settings.model_dump(
        mode="json",
        include={"mode", "embedder", "embedder_languages", "privacy", "privacy_ner"},
        exclude_none=True,
    )
    if settings.llm.base_url:
        llm = settings.llm.model_dump(
            mode="json", exclude={"api_key", "base_url", "model", "models"}
        )
        told["llm"] = llm | {"host": urlsplit(settings.llm.base_url).hostname}
    return told
