from typing import Any

from assist.cli.proofs import proof_lines, short_lines
from assist.domain.proof import ProofLine


def a_line(text: str, outcome: Any = "holds", part: Any = "clause", **fields: Any) -> ProofLine:
    return ProofLine(part=part, outcome=outcome, text=text, **fields)


ASKED = a_line("refund", "stated", "asked")
LATE = a_line("late", "fails")
THEREFORE = a_line("allowed", "decides", "conclusion")


def test_a_short_proof_leaves_out_rules_that_do_not_apply_and_counts_them() -> None:
    kept = (ASKED, a_line("rules", "decides"), a_line("is so"), a_line("may be", "unknown"))
    away = (LATE, a_line("know", "fails", "requirement"), a_line("most", "fails", "limit"))

    lines = list(short_lines((*kept, *away, THEREFORE)))

    assert lines[:-1] == list(proof_lines((*kept, THEREFORE)))
    assert lines[-1] == "  3 rules do not apply (--all shows them)"
    assert list(short_lines((LATE,))) == ["  1 rule does not apply (--all shows it)"]
    assert list(short_lines((ASKED, THEREFORE))) == list(proof_lines((ASKED, THEREFORE)))


def test_what_fails_and_tells_why_somebody_else_decides_stays() -> None:
    passed = a_line(
        "at most 50.00 GBP", "fails", "limit", clause_id="p.most",
        because=("55.00 GBP > 50.00 GBP, the limit of p.most in 30 days",),
    )  # fmt: skip
    telling = (passed, a_line("the agent", "fails", "authority"), a_line("a year", "fails", "cap"))

    assert list(short_lines(telling)) == list(proof_lines(telling))
    assert next(iter(short_lines(telling))).startswith("  ✗ limit")
