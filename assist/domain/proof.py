"""A verdict as a short proof: what was asked, what each rule says to it, what follows."""

from typing import Literal

from assist.domain.base import Model

ProofPart = Literal["asked", "clause", "requirement", "limit", "authority", "cap", "conclusion"]
ProofOutcome = Literal["decides", "holds", "fails", "unknown", "stated"]


class ProofLine(Model):
    """One line of a proof, to be read by an agent.

    `outcome` of a rule: it `decides` the verdict, `holds` without deciding it, `fails` to apply
    or to be kept, or is `unknown` for want of facts; `stated` for what is no rule. `because` are
    the values it rests on, one each: `order.delivered_at is 2026-11-02: 18 days before 2026-11-20`.
    """

    part: ProofPart
    outcome: ProofOutcome
    text: str
    clause_id: str | None = None
    because: tuple[str, ...] = ()
