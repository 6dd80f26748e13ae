"""Two workspaces of one home: each finds its own text, and no file of one holds that of another."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.service.desk import Desk
from assist.service.indexing import silent
from assist.settings import Settings
from assist.wiring import opened
from tests.service.parts import a_kb

MARKS = {"ours": "Quillon", "theirs": "Zebrano"}
"""A word that stands in every article of a workspace, and nowhere else."""
QUESTIONS = 30


@pytest.fixture(scope="module")
def home(shared_folder: Path) -> Path:
    """Both have been ingested into it."""
    home = shared_folder / "home"
    for workspace, mark in MARKS.items():
        kb = a_kb(
            shared_folder / workspace,
            reset=f"# Reset the {mark} hub\n\nHold the button of the {mark} hub for ten seconds.",
            refund=f"# Refunds\n\n{mark} refunds a purchase within ten days.",
        )
        with opened(Settings(home=home, workspace=workspace)) as desk:
            desk.ingest(kb, progress=silent)
    return home


@pytest.fixture(scope="module")
def ours(home: Path) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield stack.enter_context(opened(Settings(home=home, workspace="ours")))


@settings(max_examples=QUESTIONS)
@given(
    words=st.lists(
        st.sampled_from(["reset", "hub", "button", "refund", "purchase", "days", *MARKS.values()]),
        min_size=1,
        max_size=5,
    ),
    top_k=st.integers(1, 50),
)
def test_whatever_is_asked_only_text_of_the_own_workspace_is_found(
    ours: Desk, words: list[str], top_k: int
) -> None:
    for hit in ours.search(" ".join(words), top_k=top_k, filters={}):
        text = ours.passage(hit.passage_id).text
        assert MARKS["theirs"] not in text
        assert MARKS["ours"] in text


def test_no_derived_file_of_a_workspace_holds_text_of_another(home: Path) -> None:
    for workspace, mark in MARKS.items():
        (other,) = set(MARKS.values()) - {mark}
        files = [file for file in (home / "index" / workspace).rglob("*") if file.is_file()]
        assert files
        for file in files:
            content = file.read_bytes().lower()
            assert other.lower().encode() not in content, file
