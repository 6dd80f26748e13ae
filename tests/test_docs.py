"""What the documents show exists: commands, options, targets, links, packages, settings."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup
from typer.testing import CliRunner

import assist.cli
import evals.cli
from assist.cli.settings import setting_fields
from assist.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = (
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "evals/README.md",
    ROOT / "kb_corpus/README.md",
    ROOT / "assist/template/README.md",
)
APPS: dict[str, typer.Typer] = {"assist": assist.cli.app, "assist-evals": evals.cli.app}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

_FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_COMMAND = re.compile(r"(?:assist|assist-evals|make) \S")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_OPTION = re.compile(r"--[a-z][a-z-]+")


def shown_commands() -> Iterator[tuple[str, str]]:
    """(page, command) for each command line in a code block and each command in a sentence."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        lines = [line for block in _FENCED.findall(text) for line in block.splitlines()]
        spans = [" ".join(span.split()) for span in _SPAN.findall(_FENCED.sub("", text))]
        for line in (*lines, *spans):
            said = re.sub(r"\s#.*", "", line).strip().removeprefix("$ ")
            for command in re.split(r"&&|\||;", said):
                if _COMMAND.match(command.strip()):
                    yield page.name, command.strip()


SHOWN = sorted(set(shown_commands()))


def test_the_documents_show_the_commands_a_newcomer_needs() -> None:
    shown = {" ".join(command.split()[:2]) for _, command in SHOWN}
    assert shown >= {"make demo", "make test", "assist init", "assist ingest", "assist suggest"}


@pytest.mark.parametrize(("page", "command"), [s for s in SHOWN if not s[1].startswith("make ")])
def test_a_command_that_is_shown_exists_with_its_options(page: str, command: str) -> None:
    name, *words = shlex.split(command)
    found, named = typer.main.get_command(APPS[name]), [name]
    while isinstance(found, TyperGroup):
        named.append(words.pop(0) if words else "")
        assert named[-1] in found.commands, f"{page}: there is no `{' '.join(named)}`"
        found = found.commands[named[-1]]

    shown = CliRunner().invoke(APPS[name], [*named[1:], "--help"], env={"COLUMNS": "200"})

    options = {option for word in words for option in _OPTION.findall(word)}
    assert options <= set(_OPTION.findall(shown.output)), f"{page}: {command}"


@pytest.mark.parametrize(("page", "command"), [s for s in SHOWN if s[1].startswith("make ")])
def test_a_target_that_is_shown_is_in_the_makefile(page: str, command: str) -> None:
    targets = set(re.findall(r"^(\w+):", MAKEFILE, re.MULTILINE))
    variables = set(re.findall(r"^(\w+) *[?:]?=", MAKEFILE, re.MULTILINE))
    for word in shlex.split(command)[1:]:
        known = variables if "=" in word else targets
        assert word.partition("=")[0] in known, f"{page}: {command}"


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ +(.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = _LINK.findall(_FENCED.sub("", page.read_text(encoding="utf-8")))
    inner = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inner if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    place, _, anchor = link.partition("#")
    target = page.parent / place if place else page
    return target.exists() and (not anchor or anchor in _anchors(target))


@pytest.mark.parametrize(
    ("page", "form"), [("docs/settings.md", "markdown"), (".env.example", "env")]
)
def test_the_settings_page_and_the_example_are_what_the_code_says(page: str, form: str) -> None:
    printed = CliRunner().invoke(assist.cli.app, ["settings", "--format", form])

    assert printed.output == (ROOT / page).read_text(encoding="utf-8"), (
        f"run `assist settings --format {form} > {page}`"
    )


def test_every_setting_says_what_it_is_and_shows_a_value() -> None:
    for name, field in setting_fields(Settings):
        assert field.description, name
        assert field.examples or field.default not in (None, (), {}), name


def test_the_example_sets_what_is_the_default_anyway(monkeypatch: pytest.MonkeyPatch) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    fields = dict(setting_fields(Settings))
    for name, value in re.findall(r"^(ASSIST_\w+)=(.*)$", example, re.MULTILINE):
        field = name.removeprefix("ASSIST_").lower()
        assert str(fields[field].default) == value
