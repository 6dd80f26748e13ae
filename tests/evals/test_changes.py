"""`python -m evals.changes`: how well changes are found in made-up days."""

import pytest

from evals import changes


def test_a_row_is_printed_for_each_length_and_mean(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(changes, "SERIES", 20)
    monkeypatch.setattr(changes, "DAYS", (91,))

    changes.main()

    head, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("days  a day")
    assert [row.split()[1] for row in rows] == ["0.3", "1.0", "4.0", "20.0"]
    assert float(rows[3].split()[3]) == 1
    assert all(float(row.split()[2]) <= 0.1 for row in rows)
