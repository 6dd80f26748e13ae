"""The folder that `docs/policies.md` shows first: written out, it is clean and decides."""

import re
from datetime import date
from pathlib import Path

import pytest

from assist.adapters.documents.source import DocumentSource
from assist.domain.base import Money
from assist.domain.solution import Action
from assist.policies.audit.whole import audit
from assist.policies.reading import read_policy_set
from assist.policies.verdicts import judge

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## A folder in ten minutes")[2].partition("\n## ")[0]
_FENCE = r"```(?:yaml|markdown)\n((?:---\n)?# (\S+)\n.*?)^```"
SHOWN = re.findall(_FENCE, SECTION, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for text, name in SHOWN:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_page_shows_a_whole_folder(folder: Path) -> None:
    files = sorted(f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file())
    assert files == ["actions.yaml", "authority.yaml", "facts.yaml", "policies/returns.md"]


def test_the_folder_is_clean(folder: Path) -> None:
    reading = DocumentSource().read(folder, None)
    assert reading.problems == ()
    assert [str(found) for found in audit(reading.files, reading.documents)] == []


@pytest.mark.parametrize(
    ("day", "amount", "found"),
    [
        (1, "100.00", ("allowed", None)),
        (1, "100.01", ("needs_approval", "lead")),
        (2, "50.00", ("forbidden", None)),
    ],
)
def test_the_folder_decides(
    folder: Path, day: int, amount: str, found: tuple[str, str | None]
) -> None:
    reading = DocumentSource().read(folder, None)
    rules = read_policy_set(reading.files, reading.documents, "shown")
    refund = Action(kind="refund", parameters={"amount": Money(amount=amount, currency="EUR")})

    verdict = judge(
        refund,
        rules,
        facts={"order.delivered_at": "2026-11-01"},
        on=date(2026, 12, day),
        level="agent",
    )

    assert (verdict.value, verdict.level) == found
