"""What stands in for what may not be granted: an action, or asking, informing, handing over."""

import shutil
from pathlib import Path

import pytest

from assist.domain.solution import Candidate
from tests.builders import NOW
from tests.service.handing_over import TEMPLATE, a_desk, a_refund, done


def asked_for_a_refund(tmp_path: Path, instead: str) -> tuple[Candidate, ...]:
    """The candidates where a refund beyond the agent's level names this kind instead."""
    kb = tmp_path / "kb"
    shutil.copytree(TEMPLATE, kb)
    actions = (kb / "actions.yaml").read_text("utf-8")
    named = f"  - kind: refund\n    in_part: false\n    alternatives: [{instead}]\n"
    changed = actions.replace("  - kind: refund\n", named)
    assert changed != actions
    (kb / "actions.yaml").write_text(changed, "utf-8")
    return done(a_desk(kb).suggest(a_refund(), at=NOW)).candidates


@pytest.mark.parametrize("instead", ["ask", "inform", "escalate"])
def test_what_needs_no_declaration_may_stand_in_for_an_action(tmp_path: Path, instead: str) -> None:
    candidates = asked_for_a_refund(tmp_path, instead)
    refund = next(c for c in candidates if c.actions[0].kind == "refund")
    assert refund.verdict is not None
    assert refund.verdict.value == "needs_approval"
    of_kind = {c.id for c in candidates if c.actions[0].kind in (instead, "escalate")}
    assert refund.alternative_id in of_kind
