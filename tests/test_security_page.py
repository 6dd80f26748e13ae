"""What `docs/security.md` says of threats and of what scanners find is so."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
THREATS = [f"LLM{number:02}" for number in range(1, 11)]
SCANNED = re.compile(r"^\| ((?:B\d{3},? ?)+) \| (.+?) \| .+ \|$", re.MULTILINE)


def test_each_of_the_ten_threats_has_a_row_and_a_test() -> None:
    rows = dict(re.findall(r"^\| (LLM\d\d) [^|]+(\|.+)$", PAGE, re.MULTILINE))
    assert list(rows) == THREATS
    assert all("::test_" in row for row in rows.values())


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_exists(file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    functions |= {node.name for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)}
    assert name in functions


def test_everything_that_bandit_finds_is_explained() -> None:
    pytest.importorskip("bandit", reason="pip install 'assist-desk[dev]'")
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-r", "assist", "-f", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = {(one["test_id"], one["filename"]) for one in json.loads(done.stdout)["results"]}
    explained = [
        (code, place)
        for codes, places in SCANNED.findall(PAGE)
        for code in re.findall(r"B\d{3}", codes)
        for place in re.findall(r"`([^`]+)`", places)
    ]
    assert found, done.stderr
    new = [one for one in found if not any(_is(one, said) for said in explained)]
    assert new == [], "look at it; mend it, or say in docs/security.md why it stays"
    gone = [said for said in explained if not any(_is(one, said) for one in found)]
    assert gone == [], "take it out of docs/security.md"


def _is(found: tuple[str, str], said: tuple[str, str]) -> bool:
    return found[0] == said[0] and found[1].startswith(said[1])
