"""Proofs and verdicts as lines of text that an agent reads from top to bottom."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap

from assist.domain.proof import ProofLine, ProofOutcome
from assist.domain.solution import Action
from assist.domain.verdict import Verdict

NARROWEST, WIDEST = 40, 100
"""Columns: less breaks words, more tires the eye."""
MARKS: dict[ProofOutcome, str] = {
    "decides": "➤",
    "holds": "✓",
    "fails": "✗",
    "unknown": "?",
    "stated": "·",
}
LABELS = {
    "asked": "asked",
    "clause": "rule",
    "requirement": "must know",
    "limit": "limit",
    "authority": "authority",
    "cap": "cap",
    "conclusion": "therefore",
}
SAID = {
    "allowed": "within your authority",
    "needs_approval": "needs approval",
    "forbidden": "not permitted",
    "unknown": "depends on missing facts",
}
ProofWriter = Callable[[Sequence[ProofLine]], Iterator[str]]
_LABEL = max(map(len, LABELS.values()))


def said(verdict: Verdict | None) -> str:
    """The verdict in a few words."""
    if verdict is None:
        return "not judged"
    level = f" ({verdict.level})" if verdict.level and verdict.value == "needs_approval" else ""
    approved = f", approved by {verdict.approved_by}" if verdict.approved_by else ""
    return SAID[verdict.value] + level + approved


def named(action: Action) -> str:
    """The action in a line: `refund of 120.00 GBP`, `callback (at: 2026-11-21)`."""
    values = {name: str(value) for name, value in action.parameters.items()}
    if not values:
        return action.kind
    return f"{action.kind} ({', '.join(f'{name}: {value}' for name, value in values.items())})"


def proof_lines(proof: Sequence[ProofLine]) -> Iterator[str]:
    """Each line with its mark and part, what it rests on below it."""
    for line in proof:
        mark = MARKS[line.outcome]
        clause = (
            f" [{line.clause_id}]" if line.clause_id and line.clause_id not in line.text else ""
        )
        decides = line.outcome == "decides" and line.part != "conclusion"
        deciding = " (this decides)" if decides else ""
        head = f"  {mark} {LABELS[line.part]:<{_LABEL}}  "
        yield from folded(head, f"{line.text}{clause}{deciding}")
        for reason in line.because:
            yield from folded(" " * len(head) + "- ", reason)


def short_lines(proof: Sequence[ProofLine]) -> Iterator[str]:
    """The proof without the rules that do not apply, and how many they are."""
    telling = [line for line in proof if _applies(line)]
    yield from proof_lines(telling)
    left_out = len(proof) - len(telling)
    if left_out == 1:
        yield "  1 rule does not apply (--all shows it)"
    elif left_out:
        yield f"  {left_out} rules do not apply (--all shows them)"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """What a verdict alone says, where there is no proof."""
    for label, texts in (
        ("why", (verdict.reason,) if verdict.reason else ()),
        ("clauses", verdict.clauses),
        ("sums", verdict.arithmetic),
        ("unknown", verdict.facts),
    ):
        for text in texts:
            yield from folded(f"  · {label:<{_LABEL}}  ", text)


def _applies(line: ProofLine) -> bool:
    """Grants and caps that fail tell why it is somebody else's, and so does a limit in force.

    A limit is reckoned with only where its condition holds or may hold.
    """
    if line.outcome != "fails" or line.part in ("authority", "cap"):
        return True
    return any(f"the limit of {line.clause_id}" in reason for reason in line.because)


def folded(head: str, text: str) -> list[str]:
    """The text after its head, folded to the terminal's width, further lines below its start."""
    width = min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)
    return wrap(text, width, initial_indent=head, subsequent_indent=" " * len(head)) or [head]
