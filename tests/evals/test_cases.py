"""Reading cases: what is read, and how each fault is named."""

from pathlib import Path

import pytest

from assist.errors import BadInput
from evals.cases import load_cases

DATA = Path(__file__).parents[1] / "data" / "evals"
CASE = """\
id: a-case
at: 2026-11-20T10:00:00Z
ticket: {text: Hello}
expect: {outcome: answer}
"""


def wrong(folder: Path, text: str) -> str:
    """The error for a file of cases with this text."""
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load_cases(folder)
    return str(caught.value).removeprefix(str(folder))


def test_a_case_is_read_with_its_ticket_and_its_time() -> None:
    first, second = load_cases(DATA / "cases")
    assert (first.id, second.id) == ("filter-how-to", "foreign-question")
    assert first.ticket.asked[0].text.startswith("How do I change")
    assert first.at.isoformat() == "2026-11-20T10:00:00+00:00"
    assert first.level == "agent"
    assert first.expect.priority == ()


def test_cases_are_read_by_file_name_and_other_files_are_not(tmp_path: Path) -> None:
    for name in ("b", "a"):
        text = CASE.replace("a-case", f"case-{name}")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a case", encoding="utf-8")
    assert [case.id for case in load_cases(tmp_path)] == ["case-a", "case-b"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("outcome: answer", "outcom: answer", "/a.yaml:4: expect.outcom: unknown key"),
        ("outcome: answer", "outcome: maybe", "/a.yaml:4: expect.outcome: input should"),
        ("outcome: answer", "issues: 0", "/a.yaml:4: expect.issues: input should"),
        ("outcome: answer", "priority: P2", "/a.yaml:4: expect.priority: input should"),
        (
            "outcome: answer",
            "outcome: answer, abstention: no_evidence",
            "/a.yaml:4: expect: abstention is a code for outcome: abstain",
        ),
        (
            "outcome: answer",
            "escalation: {needed: false, codes: [legal]}",
            "/a.yaml:4: expect.escalation: codes are given although",
        ),
        ("10:00:00Z", "10:00:00", "/a.yaml:2: at: input should have timezone"),
        ("text: Hello", "text: ''", "/a.yaml:3: ticket: messages: the ticket is empty"),
        ("id: a-case", "id: A case", "/a.yaml:1: id: string should match"),
        ("at: 2026-11-20T10:00:00Z\n", "", "/a.yaml:1: at: is missing"),
        ("id: a-case", "- id: a-case", "/a.yaml:2: not YAML"),
        ("{text: Hello}", "{text: Hello", "/a.yaml:4: not YAML"),
    ],
)
def test_a_fault_names_file_line_and_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert wrong(tmp_path, CASE.replace(old, new)).startswith(said)


def test_an_id_that_stands_twice_is_named_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "0.yaml").write_text(CASE, encoding="utf-8")
    said = wrong(tmp_path, CASE)
    assert said.startswith("/a.yaml:1: the case id 'a-case' stands twice")
    assert "the first is in 0.yaml" in said


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no \.yaml file with a case"):
        load_cases(tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="cannot be read"):
        load_cases(tmp_path)
